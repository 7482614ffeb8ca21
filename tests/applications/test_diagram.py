"""The diagram in the documents is the table itself."""

import re
from pathlib import Path

from barut_reflex.applications import status
from barut_reflex.applications.status import RULES, Action, Rule, Status, diagram

DOCUMENT = Path(__file__).parents[2] / "docs" / "applications.md"


def drawn() -> str:
    [found] = re.findall(r"```mermaid\n(.*?)\n```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    return found


def test_the_document_shows_the_table():
    assert drawn() == diagram()


def test_a_changed_table_would_be_noticed(monkeypatch):
    rule = RULES[Action.APPROVE]
    changed = Rule(rule.by, frozenset({Status.DRAFT}), rule.end)
    monkeypatch.setitem(status.RULES, Action.APPROVE, changed)
    assert drawn() != diagram()


def test_every_move_is_drawn_once():
    moves = [line for line in diagram().splitlines() if ": " in line]
    assert len(moves) == sum(len(rule.start) for rule in RULES.values())
