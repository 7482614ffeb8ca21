"""A status machine is one table of rules: it guards the act, and draws buttons and diagram.

The row of a machine has `id` and `status`; a `version`, where it has one, is guarded too and
counted up. Party, action and status are string enums of the desk: a party is whoever acts, a
role, a member of an organisation, or the system.
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
    """Who may do it, from which statuses, and where it leads."""

    by: frozenset[Party]
    start: frozenset[Status]
    end: Status


@dataclass(frozen=True)
class Machine(Generic[Party, Action, Status]):
    """The table of one kind of row, the name its history goes by, and the desk's refusal."""

    name: str  # kept in `StatusMove.machine`
    rules: Mapping[Action, Rule[Party, Status]]
    first: Status  # of a new row
    refusal: type[Refusal]


class Row(Protocol[Status]):
    """What the mover asks of a row of a table."""

    id: int
    status: Status


def available_actions(
    rules: Mapping[Action, Rule[Party, Status]], party: Party, status: Status
) -> list[Action]:
    """Both the buttons on a screen and the check in `move` read this."""
    return [action for action, rule in rules.items() if party in rule.by and status in rule.start]


def status_after(
    machine: Machine[Party, Action, Status], action: Action, *, party: Party, on: Status
) -> Status:
    """Where `action` leads; the machine's refusal if that party may not do it here."""
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
    The machine's refusal when the table forbids it or somebody was faster. Without a `version`
    only another status is noticed, so an action that leads back to where it began needs one.
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
    """Every move of one row, the oldest first."""
    moves = select(StatusMove).where(
        StatusMove.machine == machine.name, StatusMove.subject_id == subject_id
    )
    return list(session.exec(moves.order_by(col(StatusMove.id))))


def diagram(machine: Machine[Party, Action, Status]) -> str:  # noqa: V103  tests hold the docs to it
    """The table as a Mermaid state diagram, for `docs/`; a status that none leaves is an end."""
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
