"""Group commit: concurrent requests share a transaction.

Without it the check page misses its goal (`check-…` in `docs/benchmarks.md`): each look would wait
for the disk alone, and ask alone what a handful of statements ask for a hundred.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from .transactions import Answer, Asked, run_all

AT_ONCE = 100
BREATH = 0.001  # seconds between two transactions: others who write must get their turn


class GroupCommit(Generic[Asked, Answer]):
    """Calls of `service(session, [asked, ...])`, which gives an answer or refusal for each.

    Nobody gets theirs before the transaction that holds their rows has been committed. What comes
    while one is under way shares the next one. Without `writes` they share the questions alone.
    """

    def __init__(
        self,
        service: Callable[[Session, list[Asked]], Sequence[Answer | Exception]],
        *,
        writes: bool,
    ):
        self.service, self.writes = service, writes
        self.waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self.work: asyncio.Task | None = None

    async def __call__(self, asked: Asked) -> Answer:
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.waiting.append((asked, answer))
        if self.work is None or self.work.done():
            self.work = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting[:AT_ONCE], self.waiting[AT_ONCE:]
            answers = await self._run([asked for asked, _ in batch])
            for (_, future), answer in zip(batch, answers, strict=True):
                if future.done():  # its caller has gone
                    continue
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)
            if self.writes:
                await asyncio.sleep(BREATH)

    async def _run(self, asked: list[Asked]) -> Sequence[Answer | Exception]:
        """The answers in order. When all of them fail together, each is tried by itself.

        Not while the database is away: a hundred would wait for it one after the other.
        """
        try:
            return await asyncio.to_thread(run_all, self.service, asked, writes=self.writes)
        except (OperationalError, PoolTimeout) as away:
            return [away] * len(asked)
        except Exception as error:
            if len(asked) == 1:
                return [error]
            return [answer for one in asked for answer in await self._run([one])]
