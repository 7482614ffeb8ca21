"""The server's side of the sandbox ("jail"): each decoding of a paper runs in its own process.

The child process (`imaging/__main__.py`) has strict limits of memory and time, but no settings, no
database and no secret. When it dies, the file is refused. A few children are started before they
are needed, since starting one takes a third as long as re-encoding a photo (`upload` in
docs/benchmarks.md); each does one job and ends. How many may run at once is limited by the lanes
(`core/lanes.py`).
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
from .rules import FileRefused, Reason

CHILD_MODULE = "barut_reflex.documents.imaging"
ROOT = Path(__file__).parents[2]
WALL_CLOCK_SECONDS = 45  # long, for a busy machine; the child's own limit is `CPU_SECONDS`
SPARE_PROCESSES = 2  # idle children, about 25 MB each


class JailBusy(Refusal):
    message = (
        "Server sedang memeriksa banyak berkas. Tunggu satu menit, lalu pilih berkas itu lagi."
    )


@dataclass(frozen=True)
class Rebuilt:
    """A paper after re-encoding, as it will be stored."""

    content: bytes
    media_type: str
    pages: int


@slow_work.slow
def rebuild(parts: list[bytes]) -> Rebuilt:
    """Decode the uploaded files and re-encode them: as one JPEG, or as one PDF of all in order.

    Raises FileRefused (with the reason) or JailBusy.
    """
    facts, content = run_job({"job": "rebuild"}, parts)
    return Rebuilt(content, facts["media_type"], facts["pages"])


@slow_work.slow
def render_page(content: bytes, media_type: str, *, page: int, long_side: int) -> bytes:
    """Page `page` (from 1) of a stored paper as a JPEG of at most `long_side` pixels."""
    job = {"job": "draw", "format": media_type, "page": page, "long_side": long_side}
    return run_job(job, [content])[1]


def run_job(job: dict, parts: list[bytes]) -> tuple[dict, bytes]:
    """Run one job in a child; gives its facts and content. Raises FileRefused, JailBusy."""
    header = json.dumps(job | {"sizes": [len(part) for part in parts]}).encode() + b"\n"
    child = spares.take()
    try:
        if not child.has_done([header, *parts]):
            raise JailBusy if child.is_late else FileRefused(Reason.TOO_HEAVY)
        child.answer.seek(0)
        facts, content = json.loads(child.answer.readline() or b"{}"), child.answer.read()
    finally:
        child.answer.close()
        spares.refill()
    if not facts and not content:
        raise FileRefused(Reason.BROKEN)
    if "reason" in facts:
        raise FileRefused(Reason(facts.pop("reason")), **facts)
    return facts, content


class _Child:
    """A child process: imports its libraries, sets its resource limits, waits for its one job."""

    def __init__(self):
        self.module = CHILD_MODULE
        self.answer = tempfile.TemporaryFile()  # noqa: SIM115  closed once it is read
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-m", CHILD_MODULE],
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
        return self.module == CHILD_MODULE and self.process.poll() is None

    def has_done(self, question: list[bytes]) -> bool:
        """Send the job and wait; False when the child ran out of time or memory, or crashed.

        `is_late` is set when the wall clock stopped it before its CPU limit did: then the machine
        was too busy, and the file may be good.
        """
        clock = threading.Timer(WALL_CLOCK_SECONDS, self._stop)
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
        """Stop an idle child: it ends by itself when its input is closed."""
        self.question.close()
        self.process.wait()
        self.answer.close()


class _Spares:
    """A pool of idle children; one is never used for two jobs."""

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
        """Start another child, so that the next job need not wait for it."""
        with self.lock, suppress(OSError):  # no memory for it now: the next job starts its own
            if len(self.children) < SPARE_PROCESSES:
                self.children.append(_Child())

    def _next(self) -> _Child | None:
        with self.lock:
            return self.children.pop(0) if self.children else None


spares = _Spares()
