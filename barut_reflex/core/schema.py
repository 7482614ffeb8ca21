"""Brings the database to the tables of this version."""

from pathlib import Path

from alembic.config import Config
from sqlalchemy import Engine

from alembic import command

ROOT = Path(__file__).resolve().parents[2]


def upgrade(engine: Engine | None = None) -> None:
    """Run every migration that is still missing; `engine` defaults to the office's own."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    command.upgrade(config, "head")
