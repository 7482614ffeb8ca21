"""Alembic's way into the office: same settings, same tables, same engine."""

from importlib import import_module

from sqlalchemy import inspect
from sqlmodel import SQLModel

from alembic import context
from barut_reflex.verify import stamps
from barut_reflex.core import audit
from barut_reflex.core import db
from barut_reflex.core import schema
from barut_reflex.review.index import entries

FEATURES = ("core", "seal", "accounts", "documents", "profiles", "sharing", "applications", "cards", "review")
for feature in FEATURES:
    import_module(f"barut_reflex.{feature}.models")

with (context.config.attributes.get("engine") or db.engine).begin() as connection:
    schema.check(connection)
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        include_name=lambda name, _type, _parents: not entries.is_ours(name),
    )
    context.run_migrations()
    if inspect(connection).has_table("auditentry"):  # not yet while the first tables are drafted
        audit.protect(connection)
        schema.claim(connection)
    if inspect(connection).has_table("deskentry"):
        entries.ensure(connection)
    if inspect(connection).has_table("code"):  # the youngest table whose changes are stamped
        stamps.ensure(connection)
