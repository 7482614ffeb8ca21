"""An office of the first version with rows in every table keeps all of them when upgraded."""

from datetime import UTC, date, datetime, timedelta
from itertools import starmap

import pytest
import sqlalchemy as sa
from alembic.config import Config
from sqlmodel import SQLModel

from alembic import command
from barut_reflex.core import db, origin, schema
from barut_reflex.core.errors import Refusal
from probes.servers import empty_database

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
    upgrade_to("0001", engine)
    yield engine
    engine.dispose()


def upgrade_to(revision: str, engine: sa.Engine, way=command.upgrade) -> None:
    config = Config(schema.ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    way(config, revision)


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
                if (
                    table.name == "statuschange"
                ):  # SQLite does not tell which words its columns know
                    rows["statuschange"] |= {"action": "APPROVE"}
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


def stored(engine: sa.Engine, name: str) -> dict:
    table = sa.Table(name, sa.MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        return dict(connection.execute(sa.select(table)).mappings().one())


def plain(value):
    """SQLite gives moments without their zone, and a yes as a number or a bool."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    return value if isinstance(value, date | str) else int(value)


def where_now(name: str, row: dict) -> tuple[str, dict]:
    """The table and the columns in which a row of the first version lies today."""
    if name == "cardcode":
        return "code", {key: row[key] for key in row if key != "card_id"} | {
            "subject_id": row["card_id"]
        }
    if name != "statuschange":
        return name, row
    words = {column: row[column].lower() for column in ("action", "before", "after")}
    subject = {"machine": "application", "subject_id": row["application_id"]}
    same = {column: row[column] for column in ("id", "actor_id", "note", "at")}
    return "statusmove", same | words | subject


def test_every_fact_of_the_first_version_is_still_there(first_office):
    before = fill(first_office)
    assert {"person", "application", "card", "cardcode", "document", "profile"} <= set(before)
    schema.upgrade(first_office)
    lost = [
        (name, column, value, after.get(column))
        for name, row in starmap(where_now, before.items())
        for after in [stored(first_office, name)]
        for column, value in row.items()
        if column not in after or plain(after[column]) != plain(value)
    ]
    assert lost == []


def test_a_lost_fact_would_show(first_office):
    before = fill(first_office)
    schema.upgrade(first_office)
    with first_office.begin() as connection:
        connection.exec_driver_sql("UPDATE profile SET name = 'Lain'")
    assert plain(stored(first_office, "profile")["name"]) != plain(before["profile"]["name"])


# -- the history of applications goes over into the one of all machines -----------------------

STEPS = [  # id, action, before, after, note
    (3, "SUBMIT", "DRAFT", "SUBMITTED", ""),
    (4, "RETURN", "SUBMITTED", "RETURNED", "Foto KTP buram.\nUnggah lagi."),
    (9, "WITHDRAW", "SUBMITTED", "DRAFT", ""),
    (12, "APPROVE", "SUBMITTED", "APPROVED", "kata 'lain'"),
]


@pytest.fixture
def history(first_office):
    """An office just before, with a history of several moves."""
    fill(first_office)
    upgrade_to("0009", first_office)
    rows = [
        {"id": id_, "application_id": 1, "actor_id": 1, "note": note, "at": at(id_)}
        | {"action": action, "before": before, "after": after}
        for id_, action, before, after, note in STEPS
    ]
    with first_office.begin() as connection:
        table = sa.Table("statuschange", sa.MetaData(), autoload_with=connection)
        connection.execute(table.delete())
        connection.execute(table.insert(), rows)
    return first_office


def at(hours: int) -> datetime:
    return MOMENT + timedelta(hours=hours)


def all_of(engine: sa.Engine, name: str) -> list[tuple]:
    with engine.connect() as connection:
        table = sa.Table(name, sa.MetaData(), autoload_with=connection)
        found = connection.execute(sa.select(table).order_by(table.c.id))
        return [tuple(plain(value) for value in row) for row in found]


def test_every_move_goes_over_with_its_id_note_and_moment(history):
    upgrade_to("0010", history)
    assert all_of(history, "statusmove") == [
        (id_, "application", 1, 1, action.lower(), before.lower(), after.lower(), note, at(id_))
        for id_, action, before, after, note in STEPS
    ]
    assert not sa.inspect(history).has_table("statuschange")


def test_the_next_move_gets_the_next_number(history):
    upgrade_to("0010", history)
    with history.begin() as connection:
        table = sa.Table("statusmove", sa.MetaData(), autoload_with=connection)
        step = {"machine": "vacancy", "subject_id": 5, "at": MOMENT, "note": ""}
        connection.execute(
            table.insert(), step | {"action": "close", "before": "open", "after": "closed"}
        )
        [(newest, actor)] = connection.execute(
            sa.select(table.c.id, table.c.actor_id).where(table.c.machine == "vacancy")
        )
    assert (newest, actor) == (13, None)


def test_there_and_back_again_is_the_same(history):
    before = all_of(history, "statuschange")
    upgrade_to("0010", history)
    upgrade_to("0009", history, way=command.downgrade)
    assert all_of(history, "statuschange") == before
    upgrade_to("0010", history)
    assert len(all_of(history, "statusmove")) == len(STEPS)


@pytest.mark.parametrize("first_office", ["sqlite"], indirect=True)  # PostgreSQL lets none in
@pytest.mark.parametrize("column", ["action", "before", "after"])
def test_a_word_nobody_knows_is_named_and_nothing_is_changed(history, column):
    with history.begin() as connection:
        connection.exec_driver_sql(f"UPDATE statuschange SET {column} = 'Lama' WHERE id = 9")
    before = all_of(history, "statuschange")
    with pytest.raises(Refusal, match=f'{column} di tabel statuschange .*: "Lama"'):
        schema.upgrade(history)
    assert all_of(history, "statuschange") == before
    assert not sa.inspect(history).has_table("statusmove")
