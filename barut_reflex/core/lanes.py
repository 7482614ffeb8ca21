"""Bounded pools ("lanes") for slow work, one per kind, most with a quota per person (bulkheads).

Requests wait in the event loop, without a thread or a database connection, so that many requests
of one kind never block another kind. Each worker process has its own pools.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from .errors import Refusal

T = TypeVar("T")
SLOT_TIMEOUT = 25  # seconds a request waits for a slot


class Busy(Refusal):
    message = "Server sedang sibuk. Tunggu satu menit, lalu coba lagi."


class TooManyAtOnce(Refusal):
    message = (
        "Terlalu banyak permintaan sekaligus dari Anda atau jaringan Anda. Tunggu beberapa detik, "
        "lalu coba lagi."
    )


class Lane:
    """A pool of `slots`, of which one person may use `per_person` at once.

    Further requests wait: at most `queue_per_person` of one person (else TooManyAtOnce), at most
    `queue_total` of all and `SLOT_TIMEOUT` seconds (else Busy). Without `per_person` nobody is
    counted or refused: for work without a sign-in, whose tries are limited elsewhere.
    """

    def __init__(
        self, slots: int, *, per_person: int = 0, queue_per_person: int = 0, queue_total: int = 0
    ):
        self.slots, self.per_person, self.queue_per_person, self.queue_total = (
            slots,
            per_person,
            queue_per_person,
            queue_total,
        )
        self._free = asyncio.Semaphore(slots)
        self._turns: dict[str, asyncio.Semaphore] = {}
        self._present: Counter[str] = Counter()  # requests of each person, waiting or running
        self._queued = 0  # requests that passed the quota and wait for a slot

    async def run(self, who: str, work: Callable[..., T], *args: object) -> T:
        """Run `work` in a thread as soon as `who` gets a slot; raises TooManyAtOnce or Busy."""
        if not self.per_person:
            await self._free.acquire()
            return await self._run_in_thread(work, args, self._free.release)
        self._enter(who)
        try:
            async with asyncio.timeout(SLOT_TIMEOUT):
                await self._wait_for_turn(who)
        except TimeoutError as late:
            self._leave(who)
            raise Busy from late
        except BaseException:
            self._leave(who)
            raise
        return await self._run_in_thread(work, args, lambda: self._release(who))

    def _enter(self, who: str) -> None:
        if self._present[who] >= self.per_person + self.queue_per_person:
            raise TooManyAtOnce
        self._present[who] += 1
        self._turns.setdefault(who, asyncio.Semaphore(self.per_person))

    async def _wait_for_turn(self, who: str) -> None:
        """Wait for the person's own quota first, then for a slot of the lane."""
        turn = self._turns[who]
        await turn.acquire()
        try:
            await self._wait_for_slot()
        except BaseException:
            turn.release()
            raise

    async def _wait_for_slot(self) -> None:
        if self._queued >= self.queue_total:
            raise Busy
        self._queued += 1
        try:
            await self._free.acquire()
        finally:
            self._queued -= 1

    def _release(self, who: str) -> None:
        self._free.release()
        self._turns[who].release()
        self._leave(who)

    def _leave(self, who: str) -> None:
        self._present[who] -= 1
        if not self._present[who]:
            del self._present[who], self._turns[who]

    async def _run_in_thread(
        self, work: Callable[..., T], args: tuple, leave: Callable[[], None]
    ) -> T:
        """Free the slot when the thread ends, not when the waiting request is cancelled."""
        task = asyncio.ensure_future(asyncio.to_thread(work, *args))
        task.add_done_callback(lambda _: leave())
        return await asyncio.shield(task)


HASHING = Lane(4)  # bcrypt: logins, and forms of known people or with a mailed link
SIGN_UPS = Lane(
    1, per_person=1, queue_per_person=10, queue_total=20
)  # bcrypt of unknown visitors, apart from logins
UPLOADS = Lane(2, per_person=1, queue_per_person=5, queue_total=20)  # checks of uploads in the jail
PAPER_PAGES = Lane(
    2, per_person=1, queue_per_person=30, queue_total=20
)  # pages of papers, drawn in the jail for their owners
OFFICER_PAPER_PAGES = Lane(
    2, per_person=2, queue_per_person=60, queue_total=20
)  # the same for officers, who open many
PAPER_FILES = Lane(
    8, per_person=2, queue_per_person=30, queue_total=60
)  # papers as stored, read from the store
PORTRAITS = Lane(
    4, per_person=2, queue_per_person=30, queue_total=60
)  # portraits cropped for a page
CARDS = Lane(2, per_person=1, queue_per_person=5, queue_total=60)  # one card as PDF or picture
PRINT_RUNS = Lane(
    1, per_person=1, queue_per_person=1, queue_total=5
)  # many cards in one PDF: seconds of one CPU
DATA_COPIES = Lane(
    1, per_person=1, queue_per_person=1, queue_total=20
)  # everything about one person, as ZIP
STORE_CHECKS = Lane(1)  # health check of the store
ALL_LANES = (
    HASHING,
    SIGN_UPS,
    UPLOADS,
    PAPER_PAGES,
    OFFICER_PAPER_PAGES,
    PAPER_FILES,
    PORTRAITS,
    CARDS,
    PRINT_RUNS,
    DATA_COPIES,
    STORE_CHECKS,
)
QUICK_THREADS = 40  # threads for short transactions, which take milliseconds
TOTAL_THREADS = QUICK_THREADS + sum(
    lane.slots for lane in ALL_LANES
)  # one thread for each slot, so that lanes never use up the short ones
