"""Many acts in one transaction: each caller gets its own answer, and only once it is committed."""

import asyncio

import pytest
from sqlmodel import Session, func, select
from starlette.requests import Request

from barut_reflex.accounts.web import together
from barut_reflex.accounts.web.together import Together
from barut_reflex.core import db, limits
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import LimitHit


class Counted(Refusal):
    message = "Sudah penuh."
    is_counted = True


class Plain(Refusal):
    message = "Tidak boleh."


def visitor() -> Request:
    return Request({"type": "http", "headers": []})


def note(session: Session, name: str, refusal: type[Refusal] | None = None) -> str:
    limits.spend(session, name, limit=100, per=limits.KEPT)
    if refusal:
        raise refusal
    return name


def crash(session: Session) -> None:
    note(session, "crash")
    raise ZeroDivisionError


def noted(engine) -> int:
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(LimitHit)).one()


async def together_(*jobs):
    door = Together(writes=True)
    calls = [door(visitor(), service, *args) for service, *args in jobs]
    return await asyncio.gather(*calls, return_exceptions=True)


@pytest.fixture
def runs(monkeypatch):
    """How many jobs each transaction had."""
    found = []
    run = together.run_each
    monkeypatch.setattr(
        together, "run_each", lambda jobs, **how: found.append(len(jobs)) or run(jobs, **how)
    )
    return found


async def test_each_gets_its_own_answer_from_few_transactions(file_office, runs):
    answers = await together_(*[(note, f"orang {number}") for number in range(30)])
    assert answers == [f"orang {number}" for number in range(30)]
    assert noted(file_office) == 30
    assert sum(runs) == 30 and len(runs) <= 3


async def test_what_a_counted_refusal_wrote_is_kept(file_office):
    good, refused = await together_((note, "a"), (note, "b", Counted))
    assert good == "a" and isinstance(refused, Counted)
    assert noted(file_office) == 2


@pytest.mark.parametrize("bad", [(crash,), (note, "b", Plain)])
async def test_who_fails_takes_nobody_along_and_leaves_nothing(file_office, bad):
    good, failed, other = await together_((note, "a"), bad, (note, "c"))
    assert (good, other) == ("a", "c") and isinstance(failed, ZeroDivisionError | Plain)
    assert noted(file_office) == 2


async def test_nobody_is_answered_before_the_commit(file_office, monkeypatch):
    def refuse(session):
        raise OSError("disk")

    monkeypatch.setattr(db, "_commit", refuse)
    answers = await together_((note, "a"), (note, "b"))
    assert [type(answer) for answer in answers] == [OSError, OSError]
    assert noted(file_office) == 0


async def test_a_caller_that_has_gone_does_not_disturb_the_others(file_office):
    door = Together(writes=True)
    gone = asyncio.ensure_future(door(visitor(), note, "a"))
    stays = asyncio.ensure_future(door(visitor(), note, "b"))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == "b"
