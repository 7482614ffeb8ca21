"""The diagram in docs/applications.md is generated from the table of moves."""

import re
from pathlib import Path

from barut_reflex.applications.status import MACHINE, RULES, Action, Status
from barut_reflex.core.machine import diagram

DOCUMENT = Path(__file__).parents[2] / "docs" / "applications.md"


def drawn() -> str:
    [found] = re.findall(r"```mermaid\n(.*?)\n```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    return found


def test_the_document_shows_the_table():
    assert drawn() == diagram(MACHINE)


def test_a_changed_table_would_be_noticed(monkeypatch):
    changed = RULES[Action.APPROVE]._replace(start=frozenset({Status.DRAFT}))
    monkeypatch.setitem(RULES, Action.APPROVE, changed)
    assert drawn() != diagram(MACHINE)


def test_every_move_is_drawn_once():
    moves = [line for line in diagram(MACHINE).splitlines() if ": " in line]
    assert len(moves) == sum(len(rule.start) for rule in RULES.values())
