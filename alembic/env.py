"""Alembic's way into the office: same settings, same tables, same engine."""

from contextlib import nullcontext

from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

from alembic import context
from barut_reflex.core import audit, db, desks, schema

desks.load_models()


def migrate(connection: Connection) -> None:
    """Run what is missing, then let the database keep again what it keeps by itself."""
    schema.check(connection)
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    is_behind = {*context.get_context().get_current_heads()} != {*context.get_head_revisions()}
    with schema.references_kept(connection) if is_behind else nullcontext():
        context.run_migrations()
    if inspect(connection).has_table("auditentry"):  # not yet while the first tables are drafted
        audit.protect(connection)
        schema.claim(connection)


with schema.one_transaction(context.config.attributes.get("engine") or db.engine) as connection:
    migrate(connection)
