"""The migrations create the same tables as the models, on both databases."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from barut_reflex.core import db, schema
from barut_reflex.people.models import SignIn
from probes.factories import LONG_AGO, make_person, save
from probes.servers import postgres_database


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def migrated(request, tmp_path_factory):
    """An engine of a database that was made by the migrations."""
    if request.param == "sqlite":
        engine = db.make_engine(f"sqlite:///{tmp_path_factory.mktemp('migrated')}/office.db")
        schema.upgrade(engine)
        yield engine
        engine.dispose()
        return
    with postgres_database(is_migrated=True) as url:
        engine = db.make_engine(url)
        yield engine
        engine.dispose()


def drift(engine, metadata=SQLModel.metadata) -> list:
    """What a new migration would have to do."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, metadata)


def test_the_tables_are_those_of_the_models(migrated):
    assert drift(migrated) == []


def test_a_forgotten_migration_would_show(migrated):
    changed = sa.MetaData()
    for table in SQLModel.metadata.sorted_tables:
        table.to_metadata(changed)
    changed.tables["card"].append_column(sa.Column("colour", sa.String(10)))
    assert [step[0] for step in drift(migrated, changed)] == ["add_column"]


def test_a_second_upgrade_changes_nothing(migrated):
    schema.upgrade(migrated)
    assert drift(migrated) == []


@pytest.mark.parametrize("statement", ["UPDATE auditentry SET act = 'x'", "DELETE FROM auditentry"])
def test_the_trail_is_guarded_by_the_database_itself(migrated, statement):
    row = "INSERT INTO auditentry VALUES ({}, now(), NULL, 'a', '', '', '', '', 's')"
    at = "now()" if migrated.dialect.name == "postgresql" else "'2026-04-20 03:00:00'"
    with migrated.connect() as connection:
        connection.exec_driver_sql(row.format(1).replace("now()", at))
        with pytest.raises(DBAPIError, match="append-only"):
            connection.exec_driver_sql(statement)
        connection.rollback()


def test_without_the_guard_it_could_be_changed(tmp_path):
    engine = db.make_engine(f"sqlite:///{tmp_path}/bare.db")
    SQLModel.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "INSERT INTO auditentry VALUES (1, '2026-04-20', NULL, 'a', '', '', '', '', 's')"
        )
        assert connection.exec_driver_sql("UPDATE auditentry SET act = 'x'").rowcount == 1
        connection.rollback()
    engine.dispose()


@pytest.fixture
def one_sign_in(tmp_path):
    """An office on SQLite, as the migrations make it, where somebody is signed in."""
    engine = db.make_engine(f"sqlite:///{tmp_path}/office.db")
    schema.upgrade(engine)
    with Session(engine, expire_on_commit=False) as session:
        person = make_person(session, name="Ahmad")
        here = SignIn(
            token_hash="x",
            person_id=person.id,
            created=LONG_AGO,
            seen=LONG_AGO,
            confirmed=LONG_AGO,
            ends=LONG_AGO,
        )
        save(session, here)
    yield engine
    engine.dispose()


def test_a_migration_that_loses_what_others_refer_to_is_undone(one_sign_in):
    with (
        pytest.raises(schema.BrokenReference, match="signin"),
        schema.one_transaction(one_sign_in) as connection,
        schema.references_kept(connection),
    ):
        connection.exec_driver_sql("DELETE FROM person")
    assert _people(one_sign_in) == 1


def test_unasked_the_loss_would_stay(one_sign_in):
    with schema.one_transaction(one_sign_in) as connection:
        connection.exec_driver_sql("DELETE FROM person")
    assert _people(one_sign_in) == 0


def _people(engine):
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one()
