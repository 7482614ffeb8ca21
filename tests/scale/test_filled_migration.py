"""An office of the first version, with a row in every table, is still all there after upgrading."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from alembic.config import Config
from sqlmodel import SQLModel

from alembic import command
from barut_reflex.core import db, origin, schema

from .servers import empty_database

MOMENT = datetime(2026, 4, 20, 3, tzinfo=UTC)
WORDS = {
    (table.name, column.name): column.type.enums
    for table in SQLModel.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, sa.Enum)
}


@pytest.fixture(params=["sqlite", "postgresql"])
def first_office(request, tmp_path):
    """An engine of a database as the very first migration made it."""
    if request.param == "sqlite":
        yield from _at_first(f"sqlite:///{tmp_path}/office.db")
        return
    with empty_database() as url:
        yield from _at_first(url)


def _at_first(url: str):
    engine = db.make_engine(url)
    config = Config(schema.ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    command.upgrade(config, "0001")
    yield engine
    engine.dispose()


def fill(engine: sa.Engine) -> dict[str, dict]:
    """One row in every table; gives them by table."""
    tables = sa.MetaData()
    tables.reflect(engine)
    rows = {}
    with engine.begin() as connection:
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                rows[table.name] = {column.name: value_for(column) for column in table.columns}
                if table.name == "counter":  # the demo, which these tests are, made it
                    rows["counter"] = {
                        "key": origin.KEYS["demo"],
                        "value": int(origin.fingerprint(), 16),
                    }
                connection.execute(table.insert(), rows[table.name])
    return rows


def value_for(column: sa.Column):
    kind = column.type
    if known := WORDS.get((column.table.name, column.name)):
        return known[0]
    if isinstance(kind, sa.DateTime):
        return MOMENT
    if isinstance(kind, sa.Date):
        return MOMENT.date()
    if isinstance(kind, sa.Boolean):
        return True
    return 1 if isinstance(kind, sa.Integer) else "APPROVED"[: getattr(kind, "length", 0) or 8]


def kept(engine: sa.Engine, name: str) -> dict:
    table = sa.Table(name, sa.MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        return dict(connection.execute(sa.select(table)).mappings().one())


def plain(value):
    """SQLite gives moments without their zone, and a yes as a number or a bool."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    return value if isinstance(value, date | str) else int(value)


def test_every_fact_of_the_first_version_is_still_there(first_office):
    before = fill(first_office)
    assert {"person", "application", "card", "cardcode", "document", "profile"} <= set(before)
    schema.upgrade(first_office)
    lost = [
        (name, column, value, after.get(column))
        for name, row in before.items()
        for after in [kept(first_office, name)]
        for column, value in row.items()
        if column not in after or plain(after[column]) != plain(value)
    ]
    assert lost == []


def test_a_lost_fact_would_show(first_office):
    before = fill(first_office)
    schema.upgrade(first_office)
    with first_office.begin() as connection:
        connection.exec_driver_sql("UPDATE profile SET name = 'Lain'")
    assert plain(kept(first_office, "profile")["name"]) != plain(before["profile"]["name"])
