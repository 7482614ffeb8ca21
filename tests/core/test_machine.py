"""The state machine, tested on a machine of its own: with and without a version column."""

from datetime import UTC, datetime
from enum import StrEnum

import pytest
from sqlalchemy import Enum, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel, select

from barut_reflex.core import clock, machine
from barut_reflex.core.errors import Refusal
from barut_reflex.core.machine import Machine, Rule
from barut_reflex.core.models import UTC_TIME, StatusMove

NOON = datetime(2026, 4, 20, 5, 0, tzinfo=UTC)


class Party(StrEnum):
    OWNER = "owner"
    OFFICE = "office"
    NIGHT_WATCH = "night_watch"


class Status(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    FROZEN = "frozen"
    CLOSED = "closed"


class Action(StrEnum):
    PUBLISH = "publish"
    CHANGE = "change"
    FREEZE = "freeze"
    END = "end"


class TooLate(Refusal):
    message = "Lowongan ini sudah berubah."


OWNER, OFFICE, SYSTEM = ({party} for party in Party)
RULES = {
    Action.PUBLISH: Rule(frozenset(OWNER), frozenset({Status.DRAFT}), Status.OPEN),
    Action.CHANGE: Rule(frozenset(OWNER), frozenset({Status.OPEN}), Status.OPEN),
    Action.FREEZE: Rule(frozenset(OFFICE | SYSTEM), frozenset({Status.OPEN}), Status.FROZEN),
    Action.END: Rule(frozenset(SYSTEM), frozenset({Status.OPEN, Status.FROZEN}), Status.CLOSED),
}
VACANCY = Machine("vacancy", RULES, first=Status.DRAFT, refusal=TooLate)


class Apart(SQLModel, registry=registry()):
    """These tables are not the office's: no other test sees them."""


def status_column():
    return Field(default=Status.DRAFT, sa_type=Enum(Status, native_enum=False))


class Vacancy(Apart, table=True):
    __table_args__ = ({"prefixes": ["TEMPORARY"]},)
    id: int = Field(default=None, primary_key=True)
    status: Status = status_column()
    version: int = 0
    ended: datetime | None = Field(default=None, sa_type=UTC_TIME)
    reason: str = ""


class Ticket(Apart, table=True):
    __table_args__ = ({"prefixes": ["TEMPORARY"]},)
    id: int = Field(default=None, primary_key=True)
    status: Status = status_column()


@pytest.fixture(params=[Vacancy, Ticket])
def row(session, request, monkeypatch):
    """A new row, with its version or without one."""
    return made(session, request.param, monkeypatch)


@pytest.fixture
def vacancy(session, monkeypatch):
    return made(session, Vacancy, monkeypatch)


def made(session, table, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    Apart.metadata.create_all(session.connection())
    new = table()
    session.add(new)
    session.flush()
    return new


def move(session, row, action, party=Party.OWNER, by_id=None, **facts):
    machine.move(session, VACANCY, row, action, party=party, by_id=by_id, **facts)


def moves(session):
    return session.exec(select(StatusMove)).all()


def set_behind_our_back(session, row, **columns):
    """What another act wrote after this one read the row."""
    changes = ", ".join(f"{name} = :{name}" for name in columns)
    session.execute(text(f"UPDATE {row.__tablename__} SET {changes}"), columns)


def test_the_row_moves_and_who_did_it_is_written_down(session, row, rina):
    move(session, row, Action.PUBLISH, by_id=rina.id, note="Siap")
    assert row.status is Status.OPEN
    [recorded] = moves(session)
    assert (recorded.machine, recorded.subject_id, recorded.actor_id) == (
        "vacancy",
        row.id,
        rina.id,
    )
    assert (recorded.action, recorded.before, recorded.after) == ("publish", "draft", "open")
    assert (recorded.note, clock.utc(recorded.at)) == ("Siap", NOON)


def test_the_words_come_back_as_the_values_of_the_enums(session, row):
    move(session, row, Action.PUBLISH)
    session.expire_all()
    [recorded] = moves(session)
    assert Action(recorded.action) is Action.PUBLISH
    assert (Status(recorded.before), Status(recorded.after)) == (Status.DRAFT, Status.OPEN)


def test_the_version_counts_the_moves(session, vacancy):
    move(session, vacancy, Action.PUBLISH)
    move(session, vacancy, Action.CHANGE)
    assert (vacancy.status, vacancy.version) == (Status.OPEN, 2)


def test_the_system_moves_without_a_person(session, row):
    move(session, row, Action.PUBLISH)
    move(session, row, Action.END, Party.NIGHT_WATCH)
    assert row.status is Status.CLOSED
    assert moves(session)[-1].actor_id is None


@pytest.mark.parametrize("start", [Status.OPEN, Status.FROZEN])
def test_an_action_may_begin_in_several_statuses(session, row, start):
    row.status = start
    move(session, row, Action.END, Party.NIGHT_WATCH)
    assert (row.status, moves(session)[0].before) == (Status.CLOSED, start)


def test_columns_that_belong_to_the_act_are_set_by_the_same_update(session, vacancy):
    vacancy.status = Status.OPEN
    also = {"ended": NOON, "reason": "Lewat hari terakhir"}
    move(session, vacancy, Action.END, Party.NIGHT_WATCH, also=also)
    assert (clock.utc(vacancy.ended), vacancy.reason) == (NOON, "Lewat hari terakhir")


@pytest.mark.parametrize(
    ("party", "status"),
    [(Party.OWNER, Status.OPEN), (Party.NIGHT_WATCH, Status.DRAFT)],
    ids=["wrong party", "wrong status"],
)
def test_what_the_table_does_not_allow_is_refused_in_the_desks_words(session, row, party, status):
    row.status = status
    with pytest.raises(TooLate):
        move(session, row, Action.END, party)
    assert row.status is status
    assert moves(session) == []


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", Action)
def test_the_buttons_are_what_the_mover_allows(session, vacancy, party, status, action):
    vacancy.status = status
    if action in machine.available_actions(RULES, party, status):
        move(session, vacancy, action, party)
        assert vacancy.status is RULES[action].end
    else:
        with pytest.raises(TooLate):
            move(session, vacancy, action, party)


def test_whoever_is_slower_is_refused_and_changes_nothing(session, row):
    row.status = Status.OPEN
    session.flush()
    set_behind_our_back(session, row, status="FROZEN")
    with pytest.raises(TooLate):
        move(session, row, Action.END, Party.NIGHT_WATCH)
    session.refresh(row)
    assert row.status is Status.FROZEN
    assert moves(session) == []


def test_there_and_back_meanwhile_shows_in_the_version(session, vacancy):
    set_behind_our_back(session, vacancy, version=2)
    with pytest.raises(TooLate):
        move(session, vacancy, Action.PUBLISH)


def test_without_a_version_it_would_not_show(session, monkeypatch):
    ticket = made(session, Ticket, monkeypatch)
    set_behind_our_back(session, ticket, status="OPEN")
    set_behind_our_back(session, ticket, status="DRAFT")
    move(session, ticket, Action.PUBLISH)
    assert ticket.status is Status.OPEN


def test_without_the_row_as_it_was_read_the_slower_would_win(session, row):
    """The guard is what refuses: read again, the same move is allowed."""
    row.status = Status.OPEN
    session.flush()
    set_behind_our_back(session, row, status="FROZEN")
    session.refresh(row)
    move(session, row, Action.END, Party.NIGHT_WATCH)
    assert row.status is Status.CLOSED


def test_only_that_row_moves(session, vacancy):
    other = Vacancy()
    session.add(other)
    session.flush()
    move(session, vacancy, Action.PUBLISH)
    session.refresh(other)
    assert (vacancy.status, other.status) == (Status.OPEN, Status.DRAFT)


def test_a_history_is_of_one_row_of_one_machine_the_oldest_move_first(session, vacancy):
    other = Machine("ticket", RULES, first=Status.DRAFT, refusal=TooLate)
    ticket = Ticket(id=vacancy.id)
    session.add(ticket)
    session.flush()
    move(session, vacancy, Action.PUBLISH)
    machine.move(session, other, ticket, Action.PUBLISH, party=Party.OWNER, by_id=None)
    move(session, vacancy, Action.FREEZE, Party.OFFICE)
    recorded = machine.history(session, VACANCY, vacancy.id)
    assert [step.action for step in recorded] == ["publish", "freeze"]
    assert [step.action for step in machine.history(session, other, ticket.id)] == ["publish"]
    assert machine.history(session, VACANCY, vacancy.id + 1) == []


def test_the_diagram_shows_each_move_the_beginning_and_the_ends():
    assert machine.diagram(VACANCY).splitlines() == [
        "stateDiagram-v2",
        "    [*] --> DRAFT",
        "    DRAFT --> OPEN: publish (owner)",
        "    OPEN --> OPEN: change (owner)",
        "    OPEN --> FROZEN: freeze (night watch, office)",
        "    OPEN --> CLOSED: end (night watch)",
        "    FROZEN --> CLOSED: end (night watch)",
        "    CLOSED --> [*]",
    ]
