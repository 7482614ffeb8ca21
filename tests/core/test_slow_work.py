"""Slow work refuses to start while its thread holds a database connection."""

from sqlalchemy import text

from barut_reflex import barut_reflex as _all_of_it  # noqa: F401  every slow function is registered
from barut_reflex.core import db, slow_work
from barut_reflex.core.slow_work import ConnectionHeld

from ..databases import held

KINDS = ("passwords", "jail", "imaging", "pdf", "storage", "mail")


def ask(session):
    session.execute(text("SELECT 1"))


def refusals():
    """The functions that would not begin here. Asked without what they need, others would fail."""
    refused = set()
    for name, function in slow_work.SLOW_FUNCTIONS.items():
        try:
            function()
        except ConnectionHeld:
            refused.add(name)
        except TypeError:
            pass
    return refused


def test_every_kind_of_slow_work_is_on_the_list():
    assert all(any(f".{kind}." in name for name in slow_work.SLOW_FUNCTIONS) for kind in KINDS)


def test_in_a_look_that_has_read_none_begins(file_office):
    with db.reading() as session:
        ask(session)
        assert refusals() == set(slow_work.SLOW_FUNCTIONS)


def test_in_an_act_none_begins(file_office):
    with db.writing() as session:
        assert refusals() == set(slow_work.SLOW_FUNCTIONS)
        slow_work.release_connection(session)  # an act cannot
        assert refusals() == set(slow_work.SLOW_FUNCTIONS)


def test_without_the_guard_they_would(file_office, monkeypatch):
    monkeypatch.setattr(slow_work, "ensure_no_connection_held", lambda: None)
    with db.writing():
        assert refusals() - {"barut_reflex.documents.storage.is_reachable"} == set()


def test_before_and_after_all_may_begin(file_office):
    with db.reading() as session:
        ask(session)
    assert refusals() == set()


def test_a_look_that_lets_go_gives_its_connection_back(file_office):
    with db.reading() as session:
        ask(session)
        assert held(file_office) == 1
        slow_work.release_connection(session)
        assert held(file_office) == 0
        assert refusals() == set()
        ask(session)
        assert refusals() == set(slow_work.SLOW_FUNCTIONS)
