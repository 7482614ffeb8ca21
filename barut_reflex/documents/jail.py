"""Foreign files are opened in a process of their own, with little memory and little time.

The child (`imaging/__main__.py`) knows no settings, no database and no secret, and a child that
dies is a refusal like any other. The next child is begun before it is needed, since beginning one
takes a third as long as drawing a photo (`upload` of docs/benchmarks.md); each does one job.
How many there may be at once is the lanes' business (`core/lanes.py`).
"""

import json
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from ..core import slow_work
from ..core.errors import Refusal
from .rules import Reason, Unfit

CHILD = "barut_reflex.documents.imaging"
ROOT = Path(__file__).parents[2]
SECONDS = 45  # wall clock, for a busy machine; the child itself stops at `CHILD_SECONDS`
SPARE = 2  # children that wait, some 25 MB each


class Busy(Refusal):
    message = (
        "Server sedang memeriksa banyak berkas. Tunggu satu menit, lalu pilih berkas itu lagi."
    )


@dataclass(frozen=True)
class Rebuilt:
    """A paper as it will be stored."""

    content: bytes
    media_type: str
    pages: int


@slow_work.slow
def rebuild(parts: list[bytes]) -> Rebuilt:
    """Decode what arrived and draw it anew: one picture, or one PDF of everything in order.

    Raises Unfit (with the reason) or Busy.
    """
    facts, content = run_job({"job": "rebuild"}, parts)
    return Rebuilt(content, facts["media_type"], facts["pages"])


@slow_work.slow
def draw(content: bytes, media_type: str, *, page: int, long_side: int) -> bytes:
    """Page `page` (from 1) of a stored paper as a JPEG of at most `long_side` pixels."""
    job = {"job": "draw", "format": media_type, "page": page, "long_side": long_side}
    return run_job(job, [content])[1]


def run_job(job: dict, parts: list[bytes]) -> tuple[dict, bytes]:
    """Run one job in a child process of its own: its facts and what it made. Raises Unfit, Busy."""
    header = json.dumps(job | {"sizes": [len(part) for part in parts]}).encode() + b"\n"
    child = spares.take()
    try:
        if not child.has_done([header, *parts]):
            raise Busy if child.is_late else Unfit(Reason.TOO_HEAVY)
        child.answer.seek(0)
        facts, content = json.loads(child.answer.readline() or b"{}"), child.answer.read()
    finally:
        child.answer.close()
        spares.refill()
    if not facts and not content:
        raise Unfit(Reason.BROKEN)
    if "reason" in facts:
        raise Unfit(Reason(facts.pop("reason")), **facts)
    return facts, content


class _Child:
    """A process that loads its tools, locks itself in, and waits for its one job."""

    def __init__(self):
        self.module = CHILD
        self.answer = tempfile.TemporaryFile()  # noqa: SIM115  closed once it is read
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=self.answer,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
            cwd="/",
        )

        self.question = cast(IO[bytes], self.process.stdin)
        self.is_late = False

    @property
    def is_ready(self) -> bool:
        return self.module == CHILD and self.process.poll() is None

    def has_done(self, question: list[bytes]) -> bool:
        """False for a child that was stopped: out of time, out of memory, or crashed.

        `is_late` tells the machine's fault from the file's: it had not used up its own time.
        """
        clock = threading.Timer(SECONDS, self._stop)
        clock.start()
        try:
            with suppress(BrokenPipeError), self.question as pipe:
                pipe.writelines(question)
            return self.process.wait() == 0
        finally:
            clock.cancel()

    def _stop(self) -> None:
        self.is_late = True
        self.process.kill()

    def dismiss(self) -> None:
        """Without a job it ends by itself, at the end of its input."""
        self.question.close()
        self.process.wait()
        self.answer.close()


class _Spares:
    """Children waiting with their tools loaded; each still gets one job and no second."""

    def __init__(self):
        self.children: list[_Child] = []
        self.lock = threading.Lock()

    def take(self) -> _Child:
        while child := self._next():
            if child.is_ready:
                return child
            child.dismiss()
        return _Child()

    def refill(self) -> None:
        """Begin the next one, so that the next job need not wait for it."""
        with self.lock, suppress(OSError):  # a full machine: the next job begins its own
            if len(self.children) < SPARE:
                self.children.append(_Child())

    def _next(self) -> _Child | None:
        with self.lock:
            return self.children.pop(0) if self.children else None


spares = _Spares()
