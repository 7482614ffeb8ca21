"""Lanes: each kind of slow work has places of its own, and each person a share of them.

What waits, waits on the loop: without a thread and without a connection, so that a rush of one
kind takes no place of another. One process has these places; each worker has its own.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from .errors import Refusal

Made = TypeVar("Made")
PATIENCE = 25  # seconds somebody waits for a place


class Busy(Refusal):
    message = "Server sedang sibuk. Tunggu satu menit, lalu coba lagi."


class TooManyAtOnce(Refusal):
    message = (
        "Terlalu banyak permintaan sekaligus dari Anda atau jaringan Anda. Tunggu beberapa detik, "
        "lalu coba lagi."
    )


class Lane:
    """So many at once, of one person at most `share`; who waits beyond a limit is told to come
    again: TooManyAtOnce beyond `own` of one person, Busy beyond `crowd` of all or `PATIENCE`.

    Without `share` nobody is counted and nobody is sent away: for work without a sign-in, whose
    tries are limited elsewhere.
    """

    def __init__(self, places: int, *, share: int = 0, own: int = 0, crowd: int = 0):
        self.places, self.share, self.own, self.crowd = places, share, own, crowd
        self._free = asyncio.Semaphore(places)
        self._turns: dict[str, asyncio.Semaphore] = {}
        self._here: Counter[str] = Counter()  # who waits or is served, and how often
        self._crowd = 0  # how many have their own turn, and wait for a place

    async def run(self, who: str, work: Callable[..., Made], *args: object) -> Made:
        """Do `work` in a thread, when it is the turn of `who`; raises TooManyAtOnce or Busy."""
        if not self.share:
            await self._free.acquire()
            return await self._done(work, args, self._free.release)
        self._come(who)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turn(who)
        except TimeoutError as late:
            self._leave(who)
            raise Busy from late
        except BaseException:
            self._leave(who)
            raise
        return await self._done(work, args, lambda: self._give_back(who))

    def _come(self, who: str) -> None:
        if self._here[who] >= self.share + self.own:
            raise TooManyAtOnce
        self._here[who] += 1
        self._turns.setdefault(who, asyncio.Semaphore(self.share))

    async def _turn(self, who: str) -> None:
        """First among the person's own, then among all."""
        turn = self._turns[who]
        await turn.acquire()
        try:
            await self._place()
        except BaseException:
            turn.release()
            raise

    async def _place(self) -> None:
        if self._crowd >= self.crowd:
            raise Busy
        self._crowd += 1
        try:
            await self._free.acquire()
        finally:
            self._crowd -= 1

    def _give_back(self, who: str) -> None:
        self._free.release()
        self._turns[who].release()
        self._leave(who)

    def _leave(self, who: str) -> None:
        self._here[who] -= 1
        if not self._here[who]:
            del self._here[who], self._turns[who]

    async def _done(
        self, work: Callable[..., Made], args: tuple, leave: Callable[[], None]
    ) -> Made:
        """The place is free again when the thread is, even if nobody waits for it any more."""
        task = asyncio.ensure_future(asyncio.to_thread(work, *args))
        task.add_done_callback(lambda _: leave())
        return await asyncio.shield(task)


HASHING = Lane(4)  # bcrypt: logins, and forms of people who are known or hold a link
SIGN_UPS = Lane(1, share=1, own=10, crowd=20)  # bcrypt of strangers, never in the place of a login
CHECKS = Lane(2, share=1, own=5, crowd=20)  # uploads in the jail
VIEWS = Lane(2, share=1, own=30, crowd=20)  # pages of papers, drawn in the jail for their owners
DESK_VIEWS = Lane(2, share=2, own=60, crowd=20)  # the same for officers, who look at many
PAPERS = Lane(8, share=2, own=30, crowd=60)  # papers as they lie in the store
PICTURES = Lane(4, share=2, own=30, crowd=60)  # portraits cut for a page
CARDS = Lane(2, share=1, own=5, crowd=60)  # one card as PDF or picture
PILES = Lane(1, share=1, own=1, crowd=5)  # print runs: a pile takes seconds of one processor
COPIES = Lane(1, share=1, own=1, crowd=20)  # everything about one person, as ZIP
PROBES = Lane(1)  # is the store there?
ALL = (HASHING, SIGN_UPS, CHECKS, VIEWS, DESK_VIEWS, PAPERS, PICTURES, CARDS, PILES, COPIES, PROBES)
QUICK = 40  # threads for acts and looks, which take milliseconds
THREADS = QUICK + sum(lane.places for lane in ALL)  # so that lanes never take a quick one
