"""The migration of codes into one table: all rows move, or nothing changes."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from alembic import command
from barut_reflex.core import db, schema
from probes.servers import empty_database

from .test_filled_migration import plain, value_for

MADE = datetime(2026, 4, 20, 18, tzinfo=UTC)  # the next day in WIB
LATER = MADE + timedelta(hours=1)
LAST_DAY, NEXT_DAY = date(2028, 4, 20), date(2026, 4, 21)
OLD = ("accesscode", "cardcode", "identitycode", "attendance")
BOTH = ("id", "kind", "subject_id", "code_id", "code", "digits_hash", "valid_until")
COLUMNS = (*BOTH, "created", "replaced", "revoked")
AT_THE_END = [
    (3, "ACCESS", 1, "a3", "", "used", NEXT_DAY, MADE, MADE + timedelta(seconds=20), None),
    (5, "ACCESS", 1, "a5", "", "fresh", NEXT_DAY, LATER, LATER + timedelta(minutes=1), None),
    (6, "AK1", 1, "c1", "ONE", None, LAST_DAY, MADE, LATER, None),
    (7, "AK1", 2, "c2", "TWO", None, LAST_DAY, MADE, None, LATER),
    (8, "AK1", 1, "c4", "FOUR", None, LAST_DAY, LATER, None, None),
    (9, "SIAPKERJA_ID", 1, "i1", "FIVE", None, NEXT_DAY, MADE, LATER, LATER),
    (10, "SIAPKERJA_ID", 1, "i2", "SIX", None, LAST_DAY, LATER, None, LATER),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    """An engine of an office from before, with codes of every kind, old and new and revoked."""
    if request.param == "sqlite":
        yield from _filled(f"sqlite:///{tmp_path}/office.db")
        return
    with empty_database() as url:
        yield from _filled(url)


def _filled(url):
    engine = db.make_engine(url)
    config = Config(schema.ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    command.upgrade(config, "0009")
    add(engine, "person", id=1)
    for number, revoked in ((1, None), (2, LATER)):
        add(engine, "application", id=number, applicant_id=1, public_id=str(number))
        own = {"application_id": number, "public_id": str(number), "number": str(number)}
        add(engine, "card", id=number, holder_id=1, **own, valid_until=LAST_DAY, revoked=revoked)
    _add_codes(engine)
    yield engine
    engine.dispose()


def _add_codes(engine):
    card, identity = {"card_id": 1}, {"identity_id": 1, "issued": NEXT_DAY}
    add(engine, "cardcode", id=1, **card, code_id="c1", code="ONE", created=MADE, replaced=LATER)
    add(engine, "cardcode", id=2, card_id=2, code_id="c2", code="TWO", created=MADE)
    add(engine, "cardcode", id=4, **card, code_id="c4", code="FOUR", created=LATER)
    add(engine, "identity", id=1, holder_id=1, revoked=LATER)
    first = {"code_id": "i1", "code": "FIVE", "created": MADE, "valid_until": NEXT_DAY}
    add(engine, "identitycode", id=1, **identity, **first, replaced=LATER)
    second = {"code_id": "i2", "code": "SIX", "created": LATER, "valid_until": LAST_DAY}
    add(engine, "identitycode", id=2, **identity, **second)
    for number, digits, made, seconds in ((3, "used", MADE, 20), (5, "fresh", LATER, 60)):
        own = {"id": number, "public_id": digits, "code_id": f"a{number}", "digits_hash": digits}
        times = {"made": made, "expires": made + timedelta(seconds=seconds)}
        add(engine, "accesscode", holder_id=1, **own, **times)
    add(engine, "attendance", id=1, access_code_id=3, event="Ruang A")


def add(engine, name, **values):
    """A row with what is not in `values` filled in, if it must be."""
    table = sa.Table(name, sa.MetaData(), autoload_with=engine)
    filled = {c.name: value_for(c) for c in table.columns if not c.nullable and c.name != "id"}
    with engine.begin() as connection:
        connection.execute(table.insert(), filled | values)


def rows(engine, name):
    table = sa.Table(name, sa.MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.select(table).order_by(table.c.id))]


def codes(engine):
    table = sa.Table("code", sa.MetaData(), autoload_with=engine)
    wanted = sa.select(*(table.c[name] for name in COLUMNS)).order_by(table.c.id)
    with engine.connect() as connection:
        found = connection.execute(wanted).all()
    return [tuple(None if value is None else plain(value) for value in row) for row in found]


def test_every_code_is_in_the_one_table(office):
    came = rows(office, "attendance")
    schema.upgrade(office)
    assert codes(office) == AT_THE_END
    assert rows(office, "attendance") == came
    assert not set(OLD[:3]) & set(sa.inspect(office).get_table_names())


def test_the_office_goes_on_where_it_stood(office):
    schema.upgrade(office)
    new = {"kind": "ACCESS", "code": "", "valid_until": NEXT_DAY, "created": LATER}
    add(office, "code", subject_id=2, code_id="a6", **new)
    assert codes(office)[-1][0] == 11
    with pytest.raises(IntegrityError):
        add(office, "code", subject_id=2, code_id="a7", **new)  # a second one in use
    with pytest.raises(IntegrityError):
        add(office, "code", subject_id=3, code_id="a8", **new | {"kind": "OTHER"})
    add(office, "attendance", id=2, access_code_id=11)
    with pytest.raises(IntegrityError):
        add(office, "attendance", id=3, access_code_id=999)


@pytest.mark.parametrize(
    "statement", ["INSERT INTO code (kind", "ALTER TABLE attendance", "DROP TABLE identitycode"]
)
def test_cut_off_in_the_middle_nothing_is_changed_and_it_can_be_run_again(office, statement):
    before = {name: rows(office, name) for name in OLD}

    def cut(_connection, _cursor, asked, *_told):
        if statement in asked:
            raise KeyboardInterrupt

    event.listen(office, "before_cursor_execute", cut)
    with pytest.raises(KeyboardInterrupt):
        schema.upgrade(office)
    event.remove(office, "before_cursor_execute", cut)
    assert {name: rows(office, name) for name in OLD} == before
    assert not sa.inspect(office).has_table("code")
    schema.upgrade(office)
    assert codes(office) == AT_THE_END
