"""Names the machine and measures its speed now, so that absolute figures can be compared."""

import os
import platform
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TIMES = 21
WRITTEN = b"x" * 4096  # one page of a database


@dataclass(frozen=True)
class Speed:
    """Milliseconds of one flushed write where the offices' databases lie, and of `_work`."""

    flush: float = 0
    python: float = 0

    def __str__(self) -> str:
        return f"flush {self.flush:.2f} ms, Python {self.python:.1f} ms"


def speed() -> Speed:
    with tempfile.TemporaryFile() as file:
        return Speed(flush=_median(lambda: _flush(file.fileno())), python=_median(_work))


def name() -> str:
    """What it is, for the head of the table."""
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.M)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = found[1] if found else platform.machine()
    python = platform.python_version()
    return f"{os.cpu_count()} × {model}, {memory:.0f} GB, Linux, Python {python}"


def _median(call: Callable[[], object]) -> float:
    """Milliseconds a call takes."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return round(median(taken), 3)


def _flush(descriptor: int) -> None:
    os.write(descriptor, WRITTEN)
    os.fsync(descriptor)


def _work() -> int:
    """Dicts, text and sorting, as a web server's Python mostly does; never change it."""
    words = {f"{number * 7919 % 100_003:x}": number for number in range(20_000)}
    return sum(words[word] for word in sorted(words) if "a" in word)
