"""Group commit: many acts in one transaction, each answered only after it is committed."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session, func, select

from barut_reflex.core import ledger, limits
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import LimitHit
from barut_reflex.gate import group_commit, transactions
from barut_reflex.gate.group_commit import GroupCommit


class Counted(Refusal):
    message = "Sudah penuh."
    is_counted = True


class Plain(Refusal):
    message = "Tidak boleh."


def note_all(session: Session, asked: list[str]) -> list[str | Refusal]:
    for name in asked:
        limits.spend(session, name, limit=100, per=limits.HIT_RETENTION)
    if "crash" in asked:
        raise ZeroDivisionError
    if "plain" in asked:
        raise Plain
    return [Counted() if name == "counted" else name for name in asked]


def noted(engine) -> int:
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(LimitHit)).one()


async def at_once(*asked):
    door = GroupCommit(note_all, writes=True)
    return await asyncio.gather(*[door(one) for one in asked], return_exceptions=True)


@pytest.fixture
def runs(monkeypatch):
    """How many callers each transaction had."""
    found = []
    run = transactions.run_batch
    monkeypatch.setattr(
        group_commit,
        "run_batch",
        lambda service, asked, **how: found.append(len(asked)) or run(service, asked, **how),
    )
    return found


async def test_each_gets_its_own_answer_from_few_transactions(file_office, runs):
    answers = await at_once(*[f"orang {number}" for number in range(30)])
    assert answers == [f"orang {number}" for number in range(30)]
    assert noted(file_office) == 30
    assert sum(runs) == 30 and len(runs) <= 3


async def test_what_a_counted_refusal_wrote_is_kept(file_office):
    good, refused = await at_once("a", "counted")
    assert good == "a" and isinstance(refused, Counted)
    assert noted(file_office) == 2


@pytest.mark.parametrize("bad", ["crash", "plain"])
async def test_who_fails_takes_nobody_along_and_leaves_nothing(file_office, bad):
    good, failed, other = await at_once("a", bad, "c")
    assert (good, other) == ("a", "c") and isinstance(failed, ZeroDivisionError | Plain)
    assert noted(file_office) == 2


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (OperationalError("SELECT", {}, Exception("no server")), [5]),
        (PoolTimeout("no connection"), [5]),
        (ValueError("one of them"), [5, 1, 1, 1, 1, 1]),
    ],
)
async def test_while_the_database_is_away_it_is_asked_once_for_all(monkeypatch, error, asked):
    found = []

    def fail(service, asked, **how):
        found.append(len(asked))
        raise error

    monkeypatch.setattr(group_commit, "run_batch", fail)
    assert await at_once(*"abcde") == [error] * 5
    assert found == asked


async def test_no_act_is_answered_before_the_commit(file_office, monkeypatch):
    def refuse(session):
        raise OSError("disk")

    monkeypatch.setattr(ledger, "written_before_commit", refuse)
    answers = await at_once("a", "b")
    assert [type(answer) for answer in answers] == [OSError, OSError]
    assert noted(file_office) == 0


async def test_a_caller_that_has_gone_does_not_disturb_the_others(file_office):
    door = GroupCommit(note_all, writes=True)
    gone = asyncio.ensure_future(door("a"))
    stays = asyncio.ensure_future(door("b"))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == "b"
