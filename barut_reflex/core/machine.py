"""Status machine: a table of transitions that checks each change of a status and records it.

The same table gives the buttons on screens and the diagrams in `docs/`.

A row has `id` and `status`; a `version`, where it has one, is checked and counted up too. Party,
action and status are string enums of the desk: a party is who acts, such as a role, a member of an
organisation, or the system.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, Protocol, TypeVar

from sqlmodel import Session, col, select, update

from . import clock
from .errors import Refusal
from .models import StatusMove

Party = TypeVar("Party", bound=StrEnum)
Action = TypeVar("Action", bound=StrEnum)
Status = TypeVar("Status", bound=StrEnum)


class Rule(NamedTuple, Generic[Party, Status]):
    """One transition: which parties may do it, from which statuses, to which status."""

    by: frozenset[Party]
    start: frozenset[Status]
    end: Status


@dataclass(frozen=True)
class Machine(Generic[Party, Action, Status]):
    """The transitions of one kind of row, its name in the history, and the refusal it raises."""

    name: str  # stored in `StatusMove.machine`
    rules: Mapping[Action, Rule[Party, Status]]
    first: Status  # of a new row
    refusal: type[Refusal]


class Row(Protocol[Status]):
    """The columns that a row needs to be moved."""

    id: int
    status: Status


def available_actions(
    rules: Mapping[Action, Rule[Party, Status]], party: Party, status: Status
) -> list[Action]:
    """The actions a party may do at a status; for buttons on screens and the check in `move`."""
    return [action for action, rule in rules.items() if party in rule.by and status in rule.start]


def status_after(
    machine: Machine[Party, Action, Status], action: Action, *, party: Party, on: Status
) -> Status:
    """The status after `action`; raises the machine's refusal if that party may not do it now."""
    if action not in available_actions(machine.rules, party, on):
        raise machine.refusal
    return machine.rules[action].end


def move(
    session: Session,
    machine: Machine[Party, Action, Status],
    row: Row[Status],
    action: Action,
    *,
    party: Party,
    by_id: int | None,
    note: str = "",
    also: Mapping[str, object] | None = None,
) -> None:
    """Change the status of `row` by the table and write down who, when and why.

    `by_id` is the acting person, None for the system; `also` are columns set by the same UPDATE.
    Raises the machine's refusal when the table forbids it or another act changed the row first.
    Without a `version` only a changed status is noticed, so a row with an action that leads back to
    the same status needs a version.
    """
    before, after = row.status, status_after(machine, action, party=party, on=row.status)
    session.flush()
    if not _change(session, row, {**(also or {}), "status": after}):
        raise machine.refusal
    session.refresh(row)
    session.add(
        StatusMove(
            machine=machine.name,
            subject_id=row.id,
            actor_id=by_id,
            action=action.value,
            before=before.value,
            after=after.value,
            note=note,
            at=clock.now(),
        )
    )
    session.flush()


def _change(session: Session, row: Row[Status], values: dict[str, object]) -> bool:
    """One UPDATE of the row as it was read; False if another act came in between."""
    as_read: dict[str, object] = {"id": row.id, "status": row.status}
    version = getattr(row, "version", None)
    if version is not None:
        as_read["version"], values["version"] = version, version + 1
    changed = session.exec(update(type(row)).filter_by(**as_read).values(values))
    return changed.rowcount == 1


def history(
    session: Session, machine: Machine[Party, Action, Status], subject_id: int
) -> list[StatusMove]:
    """Every status change of one row, the oldest first."""
    moves = select(StatusMove).where(
        StatusMove.machine == machine.name, StatusMove.subject_id == subject_id
    )
    return list(session.exec(moves.order_by(col(StatusMove.id))))


def diagram(machine: Machine[Party, Action, Status]) -> str:  # noqa: V103  tests hold the docs to it
    """The table as a Mermaid state diagram, for `docs/`; a status without a way out is an end."""
    rules, statuses = machine.rules, list(type(machine.first))
    moves = [
        f"    {start.name} --> {rule.end.name}: {action} ({_names(rule.by)})"
        for action, rule in rules.items()
        for start in statuses
        if start in rule.start
    ]
    left = {status for rule in rules.values() for status in rule.start}
    ends = [f"    {status.name} --> [*]" for status in statuses if status not in left]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {machine.first.name}", *moves, *ends])


def _names(parties: frozenset[Party]) -> str:
    return ", ".join(sorted(party.replace("_", " ") for party in parties))
