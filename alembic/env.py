"""Alembic's way into the office: same settings, same tables, same engine."""

from importlib import import_module

from sqlalchemy import inspect
from sqlmodel import SQLModel

from alembic import context
from barut_reflex.core import audit, db

for feature in ("core", "accounts", "documents", "profiles", "sharing", "applications", "cards"):
    import_module(f"barut_reflex.{feature}.models")

with (context.config.attributes.get("engine") or db.engine).begin() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    context.run_migrations()
    if inspect(connection).has_table("auditentry"):  # not yet while the first tables are drafted
        audit.protect(connection)
