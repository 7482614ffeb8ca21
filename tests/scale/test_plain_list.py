"""The migration that drops the list's triggers and their data, on filled offices."""

import pytest
import sqlalchemy as sa
from alembic.config import Config
from sqlmodel import Session, select

from alembic import command
from barut_reflex.applications.models import Application
from barut_reflex.core import db, schema
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role
from barut_reflex.review.queries import inbox

from .test_enum_checks import (
    ROWS,
    TRIGGERS,
    address,  # noqa: F401
    go_to,
    row_of,
    rows_in,
    shape_of,
    tables_of,
)

BEFORE = "0012"
GONE = {"deskentry", "desktally"}
KEPT_BY_THE_VERSION_BEFORE = {  # some of it, by its names
    "sqlite": [
        "CREATE VIRTUAL TABLE desksearch USING fts5(words, content='deskentry', "
        "content_rowid='place', columnsize=0, tokenize='trigram case_sensitive 1')",
        "CREATE VIRTUAL TABLE desksearch_terms USING fts5vocab('desksearch', 'row')",
        "CREATE TRIGGER desk_application_out AFTER DELETE ON application BEGIN "
        "DELETE FROM deskentry WHERE application_id = old.id; END",
    ],
    "postgresql": [
        "CREATE FUNCTION desk_grams(words text) RETURNS int[] AS 'SELECT ARRAY[1]' "
        "LANGUAGE sql IMMUTABLE",
        "CREATE TABLE desksearch_words (word text NOT NULL)",
        "CREATE TABLE desksearch_places (word text, place bigint)",
        "CREATE INDEX desksearch_grams ON desksearch_words USING gin (desk_grams(word))",
        "CREATE FUNCTION desk_follow_application() RETURNS trigger AS $$ BEGIN "
        "DELETE FROM deskentry WHERE application_id = OLD.id; RETURN NULL; END $$ "
        "LANGUAGE plpgsql",
        "CREATE TRIGGER desk_application AFTER DELETE ON application "
        "FOR EACH ROW EXECUTE FUNCTION desk_follow_application()",
    ],
}
FUNCTIONS = "SELECT proname FROM pg_proc WHERE starts_with(proname, 'desk_')"
NEVER_DATED = "UPDATE application SET submitted = NULL WHERE id = {}"


@pytest.fixture
def office(address):  # noqa: F811
    """A filled office as the version before left it."""
    engine = db.make_engine(address())
    go_to(engine, BEFORE)
    with engine.begin() as connection:
        for table in tables_of(engine):
            connection.execute(table.insert(), [row_of(table, number) for number in ROWS])
        for made in KEPT_BY_THE_VERSION_BEFORE[engine.dialect.name]:
            connection.exec_driver_sql(made)
    yield engine
    engine.dispose()


def names_left(engine):
    """Triggers, tables and functions of the old list."""
    with engine.connect() as connection:
        names = {*connection.exec_driver_sql(TRIGGERS[engine.dialect.name]).scalars()}
        if engine.dialect.name == "postgresql":
            names |= {*connection.exec_driver_sql(FUNCTIONS).scalars()}
    names |= {*sa.inspect(engine).get_table_names()}
    return {name for name in names if name.startswith("desk")}


def go_back(engine):
    config = Config(schema.ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    command.downgrade(config, BEFORE)


def test_all_of_it_goes_and_no_row_of_the_office_does(office):
    before = rows_in(office)
    assert len(names_left(office)) > 4
    go_to(office, "head")
    assert names_left(office) == set()
    assert rows_in(office) == before


def test_the_list_shows_everybody_who_sent(office):
    with office.begin() as connection:
        connection.exec_driver_sql(NEVER_DATED.format(5))
    go_to(office, "head")
    with Session(office) as session:
        rina = session.exec(select(Person).where(Person.role == Role.OFFICER).limit(1)).one()
        listing = inbox.list_applications(session, rina, "", "", "")
        assert listing.total == len(listing.rows) == len([n for n in ROWS if n % 4])
        assert session.get_one(Application, 5).submitted


def test_without_its_moment_one_would_be_missing(office):
    go_to(office, "head")
    with office.begin() as connection:
        connection.exec_driver_sql(NEVER_DATED.format(5))
    with Session(office) as session:
        rina = session.exec(select(Person).where(Person.role == Role.OFFICER).limit(1)).one()
        rows = inbox.list_applications(session, rina, "", "", "").rows
        assert len(rows) == len([n for n in ROWS if n % 4]) - 1


def test_there_and_back_again_is_the_same(office):
    shape, rows = shape_of(office)[0], rows_in(office)
    go_to(office, "head")
    assert shape_of(office)[0] != shape
    go_back(office)
    plain = [line for line in shape if not line.startswith("desksearch")]
    assert (shape_of(office)[0], rows_in(office)) == (plain, rows)
    assert {*sa.inspect(office).get_table_names()} >= GONE
    go_to(office, "head")
    assert (names_left(office), rows_in(office)) == (set(), rows)


THEIRS = [
    "CREATE SCHEMA others",
    "CREATE TABLE others.application (id integer)",
    "CREATE TRIGGER desk_theirs AFTER DELETE ON others.application "
    "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
]


def test_what_another_schema_has_is_left_alone(office):
    """PostgreSQL keeps the triggers of all schemas in one table; SQLite has no schemas."""
    theirs = THEIRS if office.dialect.name == "postgresql" else []
    with office.begin() as connection:
        for made in theirs:
            connection.exec_driver_sql(made)
    go_to(office, "head")
    assert names_left(office) == ({"desk_theirs"} if theirs else set())
