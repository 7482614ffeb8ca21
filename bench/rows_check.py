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

CONNECTIONS = 16
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
    ours, theirs = Served(), Served()
    with _bare_page(page.content) as port:
        for number in range(ROUNDS):
            part = paths[number::ROUNDS]
            _load(office.port, part, scale.of(0.5, 4), ours)
            _load(port, part, scale.of(0.5, 4), theirs)
    views = served.ask(office, "SELECT count(*) FROM cardview")[0][0]
    only_pages = set(ours.statuses) == {"200"} and views >= len(ours.seconds)
    ratios = {"requests/s": ours.a_second / theirs.a_second}
    detail = (
        f"{CONNECTIONS} connections, {len(codes):,} codes, {len(page.content):,} bytes a page; "
    )
    detail += f"every look counted, limited and noted for the holder ({views:,} rows); "
    detail += f"answers {ours.statuses}"
    numbers = {"p99": percentile(ours.seconds, 99), "p99 bare": percentile(theirs.seconds, 99)}
    passed = only_pages and at_least(0.6, ratios)
    return Figure(ratios, passed, ours.said, theirs.said, detail, numbers)


def _codes(many: int) -> list[str]:
    command = [sys.executable, "-m", "bench.many_cards", str(many)]
    env = offices.office().env
    done = subprocess.run(command, cwd=served.ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


@contextmanager
def _bare_page(content: bytes) -> Iterator[int]:
    """The same bytes from a route that does nothing else; gives its port."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        port = offices.PORT + 2
        process = offices.start("page:app", port, BENCH_PAGE=file.name)
        try:
            yield port
        finally:
            process.terminate()
            process.wait(20)


def _load(port: int, paths: list[str], seconds: float, kept: Served) -> None:
    command = [sys.executable, "-m", "bench.load", str(port), str(seconds), str(CONNECTIONS)]
    done = subprocess.run(
        command, cwd=served.ROOT, input="\n".join(paths), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer = json.loads(done.stdout)
    kept.took += answer["took"]
    kept.seconds += answer["seconds"]
    for status, count in answer["statuses"].items():
        kept.statuses[status] = kept.statuses.get(status, 0) + count
