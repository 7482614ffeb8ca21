"""The commands for accounts and the trail: first administrator, lost authenticator, audit."""

import pytest
from sqlmodel import Session, col, select

from barut_reflex import cli
from barut_reflex.accounts.service import login
from barut_reflex.core import audit, db, schema
from barut_reflex.core.models import AuditEntry
from barut_reflex.people.models import Authenticator, Person, SignIn
from barut_reflex.people.rules import Role
from barut_reflex.people.service import sessions
from probes.factories import known

CREATE = ["admin", "create", "--name", "Ratna Sari", "--email", "Ratna@contoh.go.id"]


@pytest.fixture
def office(file_office, monkeypatch):
    monkeypatch.setattr(schema, "upgrade", lambda: None)
    return file_office


def password_in(text):
    return next(line.split()[-1] for line in text.splitlines() if line.startswith("Password: "))


def test_the_first_administrator_gets_a_one_time_password(office, capsys):
    assert cli.main(CREATE) == 0
    password = password_in(capsys.readouterr().out)
    with db.reading() as session:
        ratna = session.exec(select(Person)).one()
        assert (ratna.email, ratna.role) == ("ratna@contoh.go.id", Role.ADMINISTRATOR)
        assert ratna.must_change_password
        assert login.check_password(session, ratna.email, password) == ratna.id
        assert session.exec(select(AuditEntry.act)).all() == ["create_administrator"]


def test_an_address_taken_or_wrong_is_refused(office, capsys):
    cli.main(CREATE)
    assert cli.main(CREATE) == 1
    assert "sudah mempunyai akun" in capsys.readouterr().err
    assert cli.main([*CREATE[:-1], "ratna"]) == 1
    assert "@" in capsys.readouterr().err


def test_a_fresh_office_has_no_account_at_all(office):
    with Session(office) as session:
        assert session.exec(select(Person)).all() == []


def test_the_trail_is_verified(office, capsys):
    cli.main(CREATE)
    assert cli.main(["audit", "verify"]) == 0
    with db.writing() as session:
        session.exec(select(AuditEntry)).one().act = "nothing"
    capsys.readouterr()
    assert cli.main(["audit", "verify"]) == 1
    assert "baris: 1" in capsys.readouterr().out


def test_who_saw_a_nik(office, capsys):
    cli.main(CREATE)
    with db.writing() as session:
        ratna = session.exec(select(Person)).one()
        for nik in ("6205050707000006", "6205054707000007"):
            audit.record(session, "view", by=ratna, subject="abc", nik=nik)
    capsys.readouterr()
    words = ["audit", "who-saw", "--nik", "6205050707000006", "--since", "01/01/2020"]
    assert cli.main(words) == 0
    output = capsys.readouterr().out
    assert "Ratna Sari\tview\tabc" in output
    assert "1 catatan." in output
    with pytest.raises(SystemExit):
        cli.main([*words[:-1], "31/02/2020"])


def test_a_lost_authenticator_is_removed_on_the_server(office, capsys):
    cli.main(CREATE)
    reset = ["admin", "reset-second-factor", "--email", "ratna@contoh.go.id"]
    assert cli.main(reset) == 1
    assert "tidak mempunyai autentikator" in capsys.readouterr().err
    with db.writing() as session:
        ratna = session.exec(select(Person)).one()
        locked = Authenticator(person_id=ratna.id, secret="x", last_step=0, since=ratna.created)
        session.add(locked)
        sessions.sign_in(session, ratna.id)
    assert cli.main(reset) == 0
    assert "Ratna Sari" in capsys.readouterr().out
    with db.reading() as session:
        assert session.exec(select(Authenticator)).all() == []
        assert session.exec(select(SignIn)).all() == []
        newest = select(AuditEntry).order_by(col(AuditEntry.id).desc())
        entry = known(session.exec(newest).first())
        assert (entry.act, entry.actor_id) == ("remove_second_factor", None)
    assert cli.main([*reset[:-1], "niemand@contoh.id"]) == 1
