"""The ledger file records exactly the acts that were committed."""

import pytest

from barut_reflex.core import db, ledger
from barut_reflex.core.errors import Refusal
from barut_reflex.core.settings import settings


@pytest.fixture(autouse=True)
def own_ledger(file_office, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "ledger", tmp_path / "ledger.jsonl")


class Counted(Refusal):
    is_counted = True


def write(number, error=None):
    with db.writing() as session:
        ledger.add_line(session, "issue", number=number)
        if error:
            raise error


def numbers():
    return [entry["number"] for entry in ledger.read() or []]


def test_what_was_committed_is_there_in_order():
    write("1")
    write("2")
    assert numbers() == ["1", "2"]
    assert ledger.path().stat().st_mode & 0o777 == 0o600


def test_what_was_refused_is_not():
    for error in (Refusal(), ValueError()):
        with pytest.raises(type(error)):
            write("1", error)
    assert ledger.read() is None


def test_what_a_counted_refusal_keeps_is():
    with pytest.raises(Counted):
        write("1", Counted())
    assert numbers() == ["1"]


def test_a_commit_that_fails_makes_its_lines_void():
    with pytest.MonkeyPatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(db.Session, "commit", lambda session: 1 / 0)
        write("1")
    assert '"1"' in ledger.path().read_text()
    assert numbers() == []


def test_the_lines_are_on_disk_before_the_commit(monkeypatch):
    seen = []
    commit = db.Session.commit
    monkeypatch.setattr(db.Session, "commit", lambda s: (seen.append(numbers()), commit(s)))
    write("1")
    assert seen == [["1"]]


def test_without_a_ledger_on_disk_nothing_is_committed(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "ledger", tmp_path / "absent" / "ledger.jsonl")
    with pytest.raises(FileNotFoundError):
        write("1")


def test_a_torn_line_is_left_out_and_does_not_harm_the_next():
    write("1")
    with ledger.path().open("a") as file:
        file.write('\n{"act": "issue", "numb')
    write("2")
    assert numbers() == ["1", "2"]
