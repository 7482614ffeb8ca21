"""Alembic's way into the office: same settings, same tables, same engine."""

from sqlalchemy import inspect
from sqlmodel import SQLModel

from alembic import context
from barut_reflex.core import audit, db, desks, schema

desks.load_models()

with (context.config.attributes.get("engine") or db.engine).begin() as connection:
    schema.check(connection)
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        include_name=lambda name, _type, _parents: not desks.is_made_by_hand(name),
    )
    context.run_migrations()
    if inspect(connection).has_table("auditentry"):  # not yet while the first tables are drafted
        audit.protect(connection)
        schema.claim(connection)
    for finish in desks.listed(lambda desk: desk.after_migration):
        finish(connection)
