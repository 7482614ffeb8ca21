"""The migration that drops the check pages' triggers and table keeps all people."""

import pytest
import sqlalchemy as sa

from alembic import command
from barut_reflex.core import db, schema
from probes.servers import empty_database

from .test_codes_moved import add
from .test_filled_migration import upgrade_to

STAMP = (
    "INSERT INTO pagestamp (person_id, stamp) VALUES (new.id, 7) "
    "ON CONFLICT (person_id) DO UPDATE SET stamp = excluded.stamp"
)
TRIGGERS = {
    "sqlite": [f"CREATE TRIGGER stamp_person_update AFTER UPDATE ON person BEGIN {STAMP}; END"],
    "postgresql": [
        "CREATE FUNCTION stamp_person_update() RETURNS trigger AS "
        f"$$ BEGIN {STAMP}; RETURN NULL; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER stamp_person_update AFTER UPDATE ON person "
        "FOR EACH ROW EXECUTE FUNCTION stamp_person_update()",
    ],
}
RENAME = "UPDATE person SET name = 'Baru'"
MADE_BY_HAND = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name LIKE 'stamp_%'",
    "postgresql": "SELECT (SELECT count(*) FROM pg_proc WHERE proname LIKE 'stamp_%') + "
    "(SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'stamp_%')",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    """An engine of an office from before, whose one person was changed and so stamped."""
    if request.param == "sqlite":
        yield from _stamped(f"sqlite:///{tmp_path}/office.db")
        return
    with empty_database() as url:
        yield from _stamped(url)


def _stamped(url):
    engine = db.make_engine(url)
    upgrade_to("0012", engine)
    tell(engine, *TRIGGERS[engine.dialect.name])
    add(engine, "person", id=1)
    tell(engine, RENAME)
    yield engine
    engine.dispose()


def tell(engine, *statements):
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def ask(engine, question):
    with engine.connect() as connection:
        return connection.scalar(sa.text(question))


def test_before_every_change_was_stamped(office):
    assert ask(office, "SELECT stamp FROM pagestamp") == 7
    assert ask(office, MADE_BY_HAND[office.dialect.name]) > 0


def test_triggers_and_table_go_and_people_stay(office):
    schema.upgrade(office)
    assert not sa.inspect(office).has_table("pagestamp")
    assert ask(office, MADE_BY_HAND[office.dialect.name]) == 0
    tell(office, RENAME.replace("Baru", "Lagi"))
    assert ask(office, "SELECT name FROM person") == "Lagi"


def test_back_there_is_a_table_for_the_version_before(office):
    upgrade_to("0014", office)
    upgrade_to("0014-1", office, command.downgrade)
    assert ask(office, "SELECT count(*) FROM pagestamp") == 0
    schema.upgrade(office)
    assert not sa.inspect(office).has_table("pagestamp")
