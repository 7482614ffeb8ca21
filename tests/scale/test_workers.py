"""Two workers with one Redis: a sign-in and a tab's state work on either."""

import asyncio
import re

import pytest

from barut_reflex.gate.doors import Who
from probes import served
from probes.factories import known
from probes.faults.backend import Backend
from probes.faults.foreign_papers import cookie_of, sign_in
from probes.servers import redis_server, redis_url
from probes.tab import ROOT, Tab

LOAD = f"{Who.get_full_name()}.load"
HYDRATE = f"{ROOT}.hydrate"
TIMEOUT = 60  # seconds; a machine may be busy
TIMES = 8  # connections; each may reach either worker


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    settings = {"BARUT_REDIS_URL": redis_url(), "BARUT_WORKERS": "2", "BARUT_BCRYPT_COST": "4"}
    with Backend(tmp_path_factory.mktemp("workers"), **settings) as office:
        yield office


@pytest.fixture(scope="module")
def two(office):
    """Two people who can sign in, each with the cookie of their browser."""
    people = [office.one("job_seeker", number) for number in (0, 1)]
    return [(person["name"], cookie_of(sign_in(office, person))) for person in people]


async def hears(office, cookie, *, token="", event=LOAD):
    """What a tab of that browser hears after one event."""
    async with Tab(office, cookie, token=token) as tab:
        await tab.answer(event, {}, seconds=TIMEOUT)
        await tab.quiet()
        return tab.text


def test_a_sign_in_is_known_to_every_worker(office, two):
    async def ask():
        return await asyncio.gather(*(hears(office, two[0][1]) for _ in range(TIMES)))

    heard = asyncio.run(ask())
    assert [two[0][0] in text for text in heard] == [True] * TIMES


def test_a_tab_is_the_same_at_every_worker(office, two):
    """The control of the next one: what a tab held comes back from Redis."""

    async def come_back():
        name, cookie = two[0]
        await hears(office, cookie, token="tab-of-one")
        again = [
            await hears(office, cookie, token="tab-of-one", event=HYDRATE) for _ in range(TIMES)
        ]
        return [name in text for text in again]

    assert asyncio.run(come_back()) == [True] * TIMES


def test_a_tab_is_empty_for_whoever_comes_next(office, two):
    async def follow():
        (name, cookie), (_, other) = two
        found = []
        for number in range(TIMES):
            token = f"tab-{number}"
            await hears(office, cookie, token=token)
            next_one = other if number % 2 else ""
            for event in (HYDRATE, LOAD):
                found.append(name in await hears(office, next_one, token=token, event=event))
        return found

    assert asyncio.run(follow()) == [False] * TIMES * 2


def test_an_answer_on_its_way_does_not_reach_whoever_comes_next(office, two):
    """The first tab goes away before it is answered; the next bears its name at once."""

    async def interrupt(number):
        token, (name, cookie) = f"interrupted-{number}", two[0]
        async with Tab(office, cookie, token=token) as tab:
            await tab.emit(LOAD, {})
            await asyncio.sleep(number % 4 * 0.003)
        async with Tab(office, "", token=token) as other:
            await other.quiet(0.5)
            return name in other.text

    async def interrupt_often():
        return [await interrupt(number) for number in range(2 * TIMES)]

    assert asyncio.run(interrupt_often()) == [False] * 2 * TIMES


def test_a_revoked_card_shows_at_once_on_every_worker(office):
    code = served.query(office, served.CODES)[0][0]

    def verdicts():
        """Each on a connection of its own."""
        pages = [served.Browser(office).get(f"/v/{code}").text for _ in range(TIMES)]
        return {known(re.search(r'data-verdict="(\w+)"', page))[1] for page in pages}

    assert "revoked" not in verdicts()
    served.execute(office, "UPDATE card SET revoked = ?", ("2026-04-20 03:00:00",))
    assert verdicts() == {"revoked"}


def test_no_cookie_lies_in_redis(office, two):
    asyncio.run(hears(office, two[0][1]))
    values = [part.split("=")[1].encode() for _, cookie in two for part in cookie.split("; ")]
    kept = [redis_server().get(key) for key in redis_server().scan_iter() if _is_text(key)]
    assert kept
    assert not [value for value in values for content in kept if content and value in content]


def _is_text(key):
    return redis_server().type(key) == b"string"
