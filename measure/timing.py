"""Times two functions in turn, so that other load of the machine falls on both; percentiles."""

import gc
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Pair:
    """Seconds each side took, one entry a turn."""

    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    def ratio(self, share: int) -> float:
        """Ours over theirs at that percentile."""
        return percentile(self.ours, share) / percentile(self.theirs, share)

    @property
    def ratios(self) -> dict[str, float]:
        return {"p50": self.ratio(50), "p95": self.ratio(95)}

    @property
    def said(self) -> tuple[str, str]:
        """Both sides in milliseconds, for the table."""
        return milliseconds(self.ours), milliseconds(self.theirs)


def milliseconds(seconds: list[float]) -> str:
    p50, p95 = (percentile(seconds, share) * 1000 for share in (50, 95))
    return f"p50 {p50:.2f} ms, p95 {p95:.2f} ms"


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], times: int, *, warm: int = 3
) -> Pair:
    """Call both `times` times, now one first, now the other; `warm` turns do not count."""
    pair = Pair()
    for turn in range(-warm, times):
        both = [(ours, pair.ours), (theirs, pair.theirs)]
        for call, kept in both if turn % 2 else reversed(both):
            seconds = timed(call)
            if turn >= 0:
                kept.append(seconds)
    return pair


def timed(call: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def percentile(values: list[float], share: int) -> float:
    """The value below which that share (in percent) of the values lies, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(len(ordered) * share / 100) - 1)]
