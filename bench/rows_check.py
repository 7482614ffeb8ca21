"""The page behind the QR under a crowd of scans."""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bar import served
from bar.rows_times import percentile

from . import offices
from .row import Figure, Scale, at_least, row

CROWDS = (16, 128)  # connections
ROUNDS = 3


@dataclass
class Served:
    """What one server managed, all rounds together."""

    took: float = 0
    seconds: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)

    @property
    def a_second(self) -> float:
        return len(self.seconds) / self.took

    @property
    def said(self) -> str:
        p50, p99 = (percentile(self.seconds, share) * 1000 for share in (50, 99))
        return f"{self.a_second:.0f} requests/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms"


@row(
    "check",
    "Check page `/v/<code>`: requests a second",
    against="bare Starlette route, same bytes",
    goal=">= 0.6 ×",
)
def check(scale: Scale) -> Figure:
    office = offices.office()
    codes = _codes(scale.of(50, 2000))
    page = served.Browser(office).get(f"/v/{codes[0]}")
    assert page.status_code == 200, page.status_code
    paths = [f"/v/{code}" for code in codes]
    random.Random(1).shuffle(paths)
    first, ours, theirs, floor = Served(), _nothing_yet(), _nothing_yet(), _nothing_yet()
    with _bare(page.content, "page", 2) as bare, _bare(page.content, "noted", 4) as noted:
        _load(office.port, paths, 0, CROWDS[-1], first)
        for crowd in CROWDS * ROUNDS:
            for port, kept in ((office.port, ours), (bare, theirs), (noted, floor)):
                _load(port, paths, scale.of(0.5, 3), crowd, kept[crowd])
    views = served.ask(office, "SELECT count(*) FROM cardview")[0][0]
    done = [first, *ours.values()]
    only_pages = {status for one in done for status in one.statuses} == {"200"}
    all_noted = views >= sum(len(one.seconds) for one in done)
    ratios = {f"{crowd} at once": ours[crowd].a_second / theirs[crowd].a_second for crowd in CROWDS}
    detail = f"{len(codes):,} codes, {len(page.content):,} bytes a page; every look counted, "
    detail += f"limited and noted for the holder before it is answered ({views:,} rows); the "
    detail += f"first look at each code, whose page is drawn then: {first.said}; the floor, a bare "
    detail += f"route that only notes each look: {_said(floor)}"
    numbers = {f"p99, {crowd}": percentile(ours[crowd].seconds, 99) for crowd in CROWDS}
    numbers |= {f"p99 bare, {crowd}": percentile(theirs[crowd].seconds, 99) for crowd in CROWDS}
    passed = only_pages and all_noted and at_least(0.6, ratios)
    return Figure(ratios, passed, _said(ours), _said(theirs), detail, numbers)


def _nothing_yet() -> dict[int, Served]:
    return {crowd: Served() for crowd in CROWDS}


def _said(served_: dict[int, Served]) -> str:
    return "; ".join(f"{crowd} at once: {one.said}" for crowd, one in served_.items())


def _codes(many: int) -> list[str]:
    command = [sys.executable, "-m", "bench.many_cards", str(many)]
    env = offices.office().env
    done = subprocess.run(command, cwd=served.ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


@contextmanager
def _bare(content: bytes, module: str, offset: int) -> Iterator[int]:
    """The same bytes from a bare route of `bench/bare`; gives its port."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        port = offices.PORT + offset
        process = offices.start(f"{module}:app", port, BENCH_PAGE=file.name)
        try:
            yield port
        finally:
            process.terminate()
            process.wait(20)


def _load(port: int, paths: list[str], seconds: float, crowd: int, kept: Served) -> None:
    command = [sys.executable, "-m", "bench.load", str(port), str(seconds), str(crowd)]
    done = subprocess.run(
        command, cwd=served.ROOT, input="\n".join(paths), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer = json.loads(done.stdout)
    kept.took += answer["took"]
    kept.seconds += answer["seconds"]
    for status, count in answer["statuses"].items():
        kept.statuses[status] = kept.statuses.get(status, 0) + count
