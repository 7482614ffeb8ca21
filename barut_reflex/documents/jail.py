"""Foreign files are opened in a process of their own, with little memory and little time.

The child (`imaging/__main__.py`) knows no settings, no database and no secret, and a child that
dies is a refusal like any other. Checks and views have two places each, so that a rush of
uploads never keeps the officers from looking at papers.
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import Refusal
from .rules import Reason, Unfit

CHILD = "barut_reflex.documents.imaging"
ROOT = Path(__file__).parents[2]
SECONDS = 15  # wall clock; the child itself stops at 10 s of CPU
PATIENCE = 25  # seconds a check waits for its place
AT_ONCE = 2
WAITING = 20


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


class _Lane:
    """So many children at once, so many callers waiting; the rest are told to come again."""

    def __init__(self):
        self.places = threading.BoundedSemaphore(AT_ONCE)
        self.queue = threading.BoundedSemaphore(AT_ONCE + WAITING)

    @contextmanager
    def place(self) -> Iterator[None]:
        if not self.queue.acquire(blocking=False):
            raise Busy
        try:
            if not self.places.acquire(timeout=PATIENCE):
                raise Busy
            try:
                yield
            finally:
                self.places.release()
        finally:
            self.queue.release()


CHECKS, VIEWS = _Lane(), _Lane()


def rebuild(parts: list[bytes]) -> Rebuilt:
    """Decode what arrived and draw it anew: one picture, or one PDF of everything in order.

    Raises Unfit (with the reason) or Busy.
    """
    with CHECKS.place():
        facts, content = _run({"job": "rebuild"}, parts)
    return Rebuilt(content, facts["media_type"], facts["pages"])


def draw(content: bytes, media_type: str, *, page: int, long_side: int) -> bytes:
    """Page `page` (from 1) of a stored paper as a JPEG of at most `long_side` pixels."""
    job = {"job": "draw", "format": media_type, "page": page, "long_side": long_side}
    with VIEWS.place():
        return _run(job, [content])[1]


def _run(job: dict, parts: list[bytes]) -> tuple[dict, bytes]:
    header = json.dumps(job | {"sizes": [len(part) for part in parts]}).encode()
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        question.write(header + b"\n" + b"".join(parts))
        question.seek(0)
        if not _has_finished(question, answer):
            raise Unfit(Reason.TOO_HEAVY)
        answer.seek(0)
        facts, content = json.loads(answer.readline() or b"{}"), answer.read()
    if not facts and not content:
        raise Unfit(Reason.BROKEN)
    if "reason" in facts:
        raise Unfit(Reason(facts.pop("reason")), **facts)
    return facts, content


def _has_finished(question, answer) -> bool:
    """False for a child that was stopped: out of time, out of memory, or crashed."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-m", CHILD],
            stdin=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
            cwd="/",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
