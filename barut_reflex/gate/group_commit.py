"""Group commit: concurrent calls of one service share a transaction, or a session for reading.

Without it the check page misses its goal (`check-…` in `docs/benchmarks.md`): each request would
wait for its own disk write, and run alone the few statements that serve a hundred.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from .transactions import Answer, Request, run_batch

MAX_BATCH = 100  # calls in a transaction
PAUSE_AFTER_WRITE = 0.001  # seconds, in which other writers get the lock


class GroupCommit(Generic[Request, Answer]):
    """Collects concurrent calls and runs `service(session, [request, ...])` once for all of them.

    The service returns an answer or refusal for each; a caller gets it after the commit of the
    transaction. Calls that come while one is running share the next. With `writes=False` they
    share a session for reading.
    """

    def __init__(
        self,
        service: Callable[[Session, list[Request]], Sequence[Answer | Exception]],
        *,
        writes: bool,
    ):
        self.service, self.writes = service, writes
        self.waiting: list[tuple[Request, asyncio.Future[Answer]]] = []
        self.work: asyncio.Task | None = None

    async def __call__(self, request: Request) -> Answer:
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.waiting.append((request, answer))
        if self.work is None or self.work.done():
            self.work = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting[:MAX_BATCH], self.waiting[MAX_BATCH:]
            answers = await self._run([request for request, _ in batch])
            for (_, future), answer in zip(batch, answers, strict=True):
                if future.done():  # its caller was cancelled
                    continue
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)
            if self.writes:
                await asyncio.sleep(PAUSE_AFTER_WRITE)

    async def _run(self, batch: list[Request]) -> Sequence[Answer | Exception]:
        """The answers in order. If the whole batch fails, each request is tried by itself.

        But not while the database is down: then a hundred would wait for it one after the other.
        """
        try:
            return await asyncio.to_thread(run_batch, self.service, batch, writes=self.writes)
        except (OperationalError, PoolTimeout) as error:
            return [error] * len(batch)
        except Exception as error:
            if len(batch) == 1:
                return [error]
            return [answer for one in batch for answer in await self._run([one])]
