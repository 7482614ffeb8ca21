"""Enum columns are text with a CHECK; the migration to that succeeds whole or changes nothing."""

import re
from contextlib import ExitStack, contextmanager

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from alembic import command
from barut_reflex.core import db, schema
from barut_reflex.core.words import UnknownWord, allow
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role
from barut_reflex.review.queries import inbox
from probes.servers import empty_database

from .test_filled_migration import MOMENT
from .test_migrations import migrated  # noqa: F401  both databases, as the migrations make them

CONFIG = Config(schema.ROOT / "alembic.ini")
STEP = ScriptDirectory.from_config(CONFIG).get_revision("0012")
WORDS = STEP.module.WORDS
CHECKS = {(table, f"ck_{table}_{column}") for table, column in WORDS}
CHECKED_BEFORE = {("code", "kind"): ("AK1", "SIAPKERJA_ID", "ACCESS")}
ROWS = range(1, 14)  # enough for each word of the longest list, and for none
# Kept by the database itself, or made with the office.
NOT_FILLED = {"alembic_version", "deskentry", "desktally", "pagestamp", "auditentry", "counter"}
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def address(request, tmp_path_factory):
    """Where to make a new office; each call gives another place."""
    with ExitStack() as stack:
        yield {
            "sqlite": lambda: f"sqlite:///{tmp_path_factory.mktemp('office')}/office.db",
            "postgresql": lambda: stack.enter_context(empty_database()),
        }[request.param]


@pytest.fixture
def office(address):
    """A filled office as it was before this step."""
    with office_before(address()) as engine:
        yield engine


@pytest.fixture(scope="module")
def upgraded(address):
    """A filled office brought up to date; nobody changes it. Before, after, and its engine."""
    with office_before(address()) as engine:
        before = all_of(engine)
        go_to(engine, "0012")
        after = all_of(engine)
        go_to(engine, "head")
        yield before, after, engine


@contextmanager
def office_before(url):
    engine = db.make_engine(url)
    go_to(engine, STEP.down_revision)
    with engine.begin() as connection:
        for table in tables_of(engine):
            connection.execute(table.insert(), [row_of(table, number) for number in ROWS])
    yield engine
    engine.dispose()


def go_to(engine, revision):
    config = Config(schema.ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    command.upgrade(config, revision)


def tables_of(engine):
    found = sa.MetaData()
    found.reflect(engine, only=lambda name, _: name not in NOT_FILLED and "search" not in name)
    return found.sorted_tables


def row_of(table, number):
    return {column.name: value_of(column, number) for column in table.columns}


def value_of(column, number):
    """Row `number` refers to rows `number`; words go round, with none where none may stand."""
    if known := (WORDS | CHECKED_BEFORE).get((column.table.name, column.name)):
        known = [*known, None] if column.nullable else known
        return known[number % len(known)]
    if isinstance(column.type, sa.DateTime | sa.Date):
        return MOMENT if isinstance(column.type, sa.DateTime) else MOMENT.date()
    return bool(number) if isinstance(column.type, sa.Boolean) else stored_as(column, number)


def stored_as(column, number):
    return number if isinstance(column.type, sa.Integer) else str(number)


def all_of(engine):
    """Rows; what may not get lost; what is to change."""
    return rows_in(engine), shape_of(engine), columns_of(engine)


def rows_in(engine):
    with engine.connect() as connection:
        return {
            table.name: sorted(map(str, connection.execute(sa.select(table))))
            for table in tables_of(engine)
        }


def shape_of(engine):
    """Keys, references, indexes (partial ones too) and triggers: what may not get lost."""
    found = sa.inspect(engine)
    shape = [
        f"{name}: {part}"
        for name in sorted(found.get_table_names())
        for part in sorted(
            [
                str(found.get_pk_constraint(name)["constrained_columns"]),
                *map(str, found.get_foreign_keys(name)),
                *map(index_facts, found.get_indexes(name)),
                *map(str, found.get_unique_constraints(name)),
            ]
        )
    ]
    with engine.connect() as connection:
        triggers = connection.exec_driver_sql(TRIGGERS[engine.dialect.name]).scalars()
        return shape, sorted(triggers)


def index_facts(index):
    return str(index | {"dialect_options": sorted(map(str, index["dialect_options"].values()))})


def columns_of(engine):
    found = sa.inspect(engine)
    return {
        name: [(column["name"], str(column["type"])) for column in found.get_columns(name)]
        for name in found.get_table_names()
    }, checks_of(engine)


def checks_of(engine):
    """The words each CHECK names, by table and name."""
    found = sa.inspect(engine)
    return {
        (name, check["name"]): frozenset(re.findall(r"'(\w+)'", check["sqltext"]))
        for name in found.get_table_names()
        for check in found.get_check_constraints(name)
    }


def checks_wanted():
    return {
        (table.name, f"ck_{table.name}_{column.name}"): frozenset(column.type.enums)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.Enum)
    }


def test_the_migrations_check_the_words_of_the_models(migrated):  # noqa: F811
    assert len(checks_wanted()) > 12
    assert checks_of(migrated) == checks_wanted()


def test_a_word_without_a_migration_would_show(migrated):  # noqa: F811
    wanted = checks_wanted()
    wanted["person", "ck_person_role"] |= {"PARTNER"}
    assert checks_of(migrated) != wanted


def test_no_type_of_the_database_is_left(migrated):  # noqa: F811
    if migrated.dialect.name == "postgresql":
        assert sa.inspect(migrated).get_enums() == []


def test_a_filled_office_keeps_its_rows_and_what_guards_them(upgraded):
    before, after, _ = upgraded
    assert after[:2] == before[:2]
    assert before[1][1] and all(name.startswith("auditentry") for name in before[1][1])
    assert after[2] != before[2]


def test_the_desk_list_is_still_right(upgraded):
    *_, engine = upgraded
    with Session(engine) as session:
        rina = session.exec(select(Person).where(Person.role == Role.OFFICER).limit(1)).one()
        found = inbox.list_applications(session, rina, "", "", "1")
        assert found.total == len([n for n in ROWS if n % 4])  # each fourth is a draft


def test_references_hold_after_the_upgrade(upgraded):
    *_, engine = upgraded
    with engine.connect() as connection, pytest.raises(IntegrityError, match=r"(?i)foreign"):
        connection.exec_driver_sql("DELETE FROM person")


def test_the_database_refuses_a_strange_word(upgraded):
    change = "UPDATE person SET role = '{}' WHERE id = 1"
    with upgraded[2].connect() as connection:
        connection.exec_driver_sql(change.format("OFFICER"))
        with pytest.raises(IntegrityError, match="person_role"):
            connection.exec_driver_sql(change.format("PARTNER"))


class CutOff(Exception):
    pass


def test_a_new_word_is_one_call(upgraded):
    *_, engine = upgraded
    with pytest.raises(CutOff), schema.one_transaction(engine) as connection:
        with Operations.context(MigrationContext.configure(connection)):
            allow({("person", "role"): (*WORDS["person", "role"], "PARTNER")})
        connection.exec_driver_sql("UPDATE person SET role = 'PARTNER' WHERE id = 1")
        raise CutOff


def spoil(engine, table, column, word, kind):
    """Rows from a version that knows one more word."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"ALTER TYPE {kind} ADD VALUE '{word}'")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = '{word}' WHERE id < 3")


def test_strange_words_are_named_all_at_once_and_nothing_is_changed(office):
    spoil(office, "person", "role", "PARTNER", "role")
    spoil(office, "document", "kind", "LOGO", "kind")
    before = all_of(office)
    with pytest.raises(UnknownWord) as raised:
        go_to(office, "0012")
    assert all_of(office) == before
    assert 'tabel person kolom role berisi kata "PARTNER"' in raised.value.message
    assert (
        'tabel document kolom kind berisi kata "LOGO" yang tidak dikenal (2' in raised.value.message
    )
    assert raised.value.message.count(".") == 1
    with office.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET role = 'OFFICER' WHERE id < 3")
        connection.exec_driver_sql("UPDATE document SET kind = 'PHOTO' WHERE id < 3")
    go_to(office, "0012")
    assert checks_of(office).keys() >= CHECKS


@contextmanager
def cut_off_at(engine, word):
    """The power fails as the first statement with that word is sent."""

    def fail(_connection, _cursor, statement, *_rest):
        if word in statement:
            raise CutOff

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(CutOff):
        yield
    event.remove(engine, "before_cursor_execute", fail)


def test_cut_off_in_the_middle_and_run_again_it_ends_the_same(office):
    before = all_of(office)
    for place in ("ck_document_kind", "UPDATE alembic_version", "CREATE TRIGGER"):
        with cut_off_at(office, place):
            go_to(office, "0012")
        assert all_of(office) == before
    go_to(office, "0012")
    assert all_of(office)[:2] == before[:2]
    assert checks_of(office).keys() >= CHECKS
