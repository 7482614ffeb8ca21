"""An office opened with a wrong or empty secret: every command refuses and changes nothing."""

import os

from barut_reflex import cli
from barut_reflex.core import audit, db, origin, schema

from .ways_in import (
    CREATE,
    RIGHT,
    WRONG,
    everything,
    forget_mark,
    let_in,
    on_sqlite,
    ways_in,
    work_as,
)


def test_every_command_is_tried():
    names = {name.split()[0] for name in ways_in()}
    commands = {"admin", "kunci-qr", "audit", "backup", "restore", "move"}
    assert names == commands | {"migrate", "server"}
    assert len(ways_in()) >= 12


def test_a_wrong_secret_is_refused_by_every_way_in(real, monkeypatch, capsys):
    wanted = origin.fingerprint()
    work_as(monkeypatch, "production", WRONG)
    sentence = f"bersidik {wanted}, yang terpasang bersidik {origin.fingerprint()}"
    assert let_in(real, capsys, sentence, ways_in()) == []


@on_sqlite
def test_an_empty_secret_is_refused_by_every_way_in(real, monkeypatch, capsys):
    work_as(monkeypatch, "production", "")
    assert let_in(real, capsys, "BARUT_SECRET minimal 32", ways_in()) == []
    assert not (real / "var" / "secret").exists()


@on_sqlite
def test_unchecked_a_wrong_secret_harms_the_trail_for_good(real, monkeypatch, capsys):
    """The control, as it was: the command says nothing, and the row it wrote is broken."""
    work_as(monkeypatch, "production", WRONG)
    monkeypatch.setattr(schema, "check", lambda connection: None)
    assert cli.main(CREATE) == 0
    work_as(monkeypatch, "production", RIGHT)
    capsys.readouterr()
    assert cli.main(["audit", "verify"]) == 1
    assert "RUSAK" in capsys.readouterr().out


@on_sqlite
def test_the_right_secret_comes_in(real, monkeypatch, capsys):
    """The control of the walk: it tells who comes in."""
    opened = []
    monkeypatch.setattr(os, "execvpe", lambda *words: opened.append(words))
    ways_in()["server"]()
    assert opened
    assert cli.main(["audit", "verify"]) == 0
    assert cli.main(CREATE) == 0


def test_an_older_office_knows_its_secret_by_the_trail(real, monkeypatch, capsys):
    forget_mark()
    before = everything(real)
    work_as(monkeypatch, "production", WRONG)
    assert cli.main(["audit", "verify"]) == 1
    assert "BARUT_SECRET salah" in capsys.readouterr().err
    assert everything(real) == before
    work_as(monkeypatch, "production", RIGHT)
    assert cli.main(["audit", "verify"]) == 0
    with db.reading() as session:
        assert origin.find(session.connection()) == origin.own()


@on_sqlite
def test_one_act_under_a_wrong_secret_does_not_decide(real, monkeypatch):
    forget_mark()
    work_as(monkeypatch, "production", WRONG)
    with db.writing() as session:
        audit.record(session, "by_mistake", by=None)
        assert not audit.is_ours(session.connection())
    work_as(monkeypatch, "production", RIGHT)
    with db.reading() as session:
        schema.check(session.connection())
