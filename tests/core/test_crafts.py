"""Nothing slow begins while its thread holds a connection: each craft of the list refuses."""

from sqlalchemy import text

from barut_reflex import barut_reflex as _all_of_it  # noqa: F401  every craft is registered
from barut_reflex.core import crafts, db
from barut_reflex.core.crafts import HoldsConnection

from ..databases import held

KINDS = ("passwords", "jail", "imaging", "pdf", "storage", "mail")


def ask(session):
    session.execute(text("SELECT 1"))


def refusals():
    """The crafts that would not begin here. Asked without what they need, others would fail."""
    refused = set()
    for name, craft in crafts.ALL.items():
        try:
            craft()
        except HoldsConnection:
            refused.add(name)
        except TypeError:
            pass
    return refused


def test_every_kind_of_slow_work_is_on_the_list():
    assert all(any(f".{kind}." in name for name in crafts.ALL) for kind in KINDS)


def test_in_a_look_that_has_read_none_begins(file_office):
    with db.reading() as session:
        ask(session)
        assert refusals() == set(crafts.ALL)


def test_in_an_act_none_begins(file_office):
    with db.writing() as session:
        assert refusals() == set(crafts.ALL)
        crafts.let_go(session)  # an act cannot
        assert refusals() == set(crafts.ALL)


def test_without_the_guard_they_would(file_office, monkeypatch):
    monkeypatch.setattr(crafts, "ensure_none_held", lambda: None)
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
        crafts.let_go(session)
        assert held(file_office) == 0
        assert refusals() == set()
        ask(session)
        assert refusals() == set(crafts.ALL)
