"""A demo refuses a real office's data and settings, and a real office refuses a demo's."""

import pytest
from sqlmodel import func, select

from barut_reflex import cli
from barut_reflex.core import audit, db, schema
from barut_reflex.core.errors import Refusal
from barut_reflex.core.settings import settings
from barut_reflex.demo import acts, office
from barut_reflex.people.models import Person
from probes.faults.backlog import make_officer
from probes.faults.temporary_office import office_at

from .ways_in import DEMO_WAYS, REAL, RIGHT, forget_mark, let_in, on_sqlite, ways_in, work_as

# -- a demo in a real office ----------------------------------------------------------------------


def people():
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(Person)).one()


@on_sqlite
@pytest.mark.parametrize("name", ["database_url", "base_url", "secret"])
def test_a_demo_refuses_a_real_office_s_settings(real, name, monkeypatch, capsys):
    value = {"database_url": "postgresql://barut@/barut", "base_url": REAL["base_url"]}
    work_as(monkeypatch, "demo", RIGHT if name == "secret" else "")
    if name in value:
        monkeypatch.setattr(settings, name, value[name])
        monkeypatch.setitem(settings.__dict__, "address", value[name])
    ways = ways_in() | DEMO_WAYS
    assert let_in(real, capsys, f"BARUT_{name.upper()}", ways) == []


@pytest.mark.parametrize("is_older", [False, True])
def test_a_demo_refuses_a_real_office_s_data(real, is_older, monkeypatch, capsys):
    """Though none of its settings are there: the rows alone say so, the trail of an old one too."""
    if is_older:
        forget_mark()
    work_as(monkeypatch, "demo")
    assert let_in(real, capsys, "kantor sungguhan", ways_in() | DEMO_WAYS) == []


@on_sqlite
def test_unchecked_the_demo_s_people_would_come_in(real, monkeypatch):
    """The control: what its first person would be."""
    before = people()
    work_as(monkeypatch, "demo")
    monkeypatch.setattr(schema, "check", lambda connection: None)
    monkeypatch.setattr(acts, "officer", stop)
    with pytest.raises(InterruptedError):
        office.create_accounts()
    assert people() == before + 1


def stop(*_):
    raise InterruptedError


@on_sqlite
def test_nobody_is_invented_in_production(real):
    for way in DEMO_WAYS.values():
        with pytest.raises(Refusal, match="BARUT_ENV=demo"):
            way()


def test_a_real_office_refuses_a_demo_s_data(own_secret, monkeypatch, tmp_path, capsys):
    work_as(monkeypatch, "demo")
    with office_at(tmp_path / "demo"):
        make_officer()
        with db.writing() as session:
            audit.record(session, "act", by=None)
        work_as(monkeypatch, "production", RIGHT)
        assert cli.main(["audit", "verify"]) == 1
    assert "kantor demo" in capsys.readouterr().err
