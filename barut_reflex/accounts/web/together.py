"""One transaction for many who come at the same time: a crowd waits for one commit, not each for
the others' commits before its own."""

import asyncio
from collections.abc import Callable
from typing import Any

from .session import Caller, run_each, sign_in_of

AT_ONCE = 100

Job = tuple[str, Callable, tuple, dict]


class Together:
    """`act` and `look` for the few services that crowds ask for.

    Each caller gets its own answer or refusal, and not before the transaction that holds its rows
    has been committed. What comes while one is under way shares the next one.
    """

    def __init__(self, *, writes: bool):
        self.writes = writes
        self.waiting: list[tuple[Job, asyncio.Future]] = []
        self.work: asyncio.Task | None = None

    async def __call__(self, caller: Caller, service: Callable, *args, **kwargs) -> Any:
        answer = asyncio.get_running_loop().create_future()
        self.waiting.append(((sign_in_of(caller), service, args, kwargs), answer))
        if self.work is None or self.work.done():
            self.work = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting[:AT_ONCE], self.waiting[AT_ONCE:]
            answers = await self._run([job for job, _ in batch])
            for (_, future), answer in zip(batch, answers, strict=True):
                if future.done():  # its caller has gone
                    continue
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)

    async def _run(self, jobs: list[Job]) -> list[Any]:
        """The answers in order. When all of them fail together, each is tried by itself."""
        try:
            return await asyncio.to_thread(run_each, jobs, writes=self.writes)
        except Exception as error:
            if len(jobs) == 1:
                return [error]
            return [answer for job in jobs for answer in await self._run([job])]
