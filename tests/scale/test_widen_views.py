"""The migration of old views keeps their holder."""

import sqlite3

from alembic.config import Config

from alembic import command
from barut_reflex.core import db, schema

PERSON = {"id": 42, "role": "JOB_SEEKER", "staff_kind": None}
CARD = {"id": 7, "holder_id": 42, "photo_id": None, "revoked": None, "revoked_by": None}
LOOK = {"id": 1, "card_id": 7, "viewer": "PUBLIC", "viewer_id": None}


def test_an_old_view_gets_its_holder(tmp_path):
    engine = db.make_engine(f"sqlite:///{tmp_path}/office.db")
    config = Config(schema.ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    command.upgrade(config, "0003")
    with sqlite3.connect(tmp_path / "office.db") as plain:
        _insert(plain, "person", PERSON)
        _insert(plain, "card", CARD)
        _insert(plain, "cardview", LOOK)
    schema.upgrade(engine)
    with sqlite3.connect(tmp_path / "office.db") as plain:
        row = plain.execute("SELECT holder_id, card_id, place FROM cardview").fetchone()
    engine.dispose()
    assert row == (42, 7, "")


def _insert(plain, table, values):
    """A row with what is not given filled in; SQLite itself does not ask for the others' rows."""
    names = [row[1] for row in plain.execute(f"PRAGMA table_info({table})")]
    row = [values.get(name, "2026-04-20") for name in names]
    marks = ", ".join("?" for _ in row)
    plain.execute(f"INSERT INTO {table} VALUES ({marks})", row)
