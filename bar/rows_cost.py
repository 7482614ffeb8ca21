"""Denial of service: CPU time of the most expensive request, memory of dead tabs (rows 44, 47).

Row 44 also measures what an honest person waits while the worst payloads come in.
"""

import asyncio
import sys
from typing import Any

from measure.row import Figure, Scale
from measure.timing import percentile
from probes import inside, served
from probes.attackers import request_costs, worst_texts

from .rows_times import MILLISECOND, honest_times_during, memory
from .table import TABLE

MAX_CPU_SECONDS = 0.050  # seconds of processor time


@TABLE.row(
    44,
    "Most expensive request, every handler and route, worst texts; honest p95 meanwhile",
    goal="<= 50 ms each outside bcrypt, jail and PDF; p95 < 500 ms",
    points=4,
    timed=True,
)
def dearest_request(scale: Scale) -> Figure:
    texts = worst_texts.TEXTS[: scale.of(3, len(worst_texts.TEXTS), len(worst_texts.TEXTS))]
    with inside.office() as engine:
        found = request_costs.of_everything(engine, texts)
    first = found.top(5)
    waits, _ = inside.run(honest_times_during(heavy(scale.of(4, 20, 60))))
    p95 = percentile(waits, 95) / MILLISECOND
    dear = [f"{n} {s / MILLISECOND:.0f} ms ({what})" for n, s, what in first]
    over = sum(seconds > MAX_CPU_SECONDS for seconds, _ in found.most_expensive.values())
    ways = len(found.most_expensive)
    detail = f"{found.tried:,} requests of {ways} handlers and routes, {over} over; "
    detail += f"{len(waits)} honest events beside 3 sockets and 4 forms; " + ", ".join(dear)
    detail += f"; crashed: {', '.join(sorted(found.crashed)) or 'none'}"
    passed = not over and not found.crashed and p95 < 500
    return Figure(f"{first[0][1] / MILLISECOND:.0f} ms; {p95:.0f} ms", passed, detail)


async def heavy(seconds: int) -> None:
    """In a process of its own, so that the honest one is not slowed by the attackers' own work."""
    words = [
        "-m",
        "probes.attackers.heavy_payloads",
        str(served.running_office().port),
        str(seconds),
    ]
    attackers = await asyncio.create_subprocess_exec(sys.executable, *words)
    await attackers.wait()


@TABLE.row(
    47,
    "Attackers' effect on others: memory of closed tabs",
    goal="<= 64 MB in all",
    points=4,
    timed=True,
)
def gone_tabs(scale: Scale) -> Figure:
    tabs = scale.of(300, 3000, 10_000)
    served.wait_for_people(served.running_office())  # who fills the demo's office takes memory too
    inside.run(leave_tabs(20))  # what the first ones cost is no tab's
    before = memory(served.running_office())
    inside.run(leave_tabs(tabs))
    grown = memory(served.running_office()) - before
    detail = f"{tabs:,} tabs that sent the longest texts and went away"
    return Figure(f"{grown:+} MB", grown <= 64, detail)


async def leave_tabs(many: int) -> None:
    """So many tabs one after the other, each with as much as a guest can leave behind."""
    from probes.attackers.heavy_payloads import leave_tab

    office: Any = served.running_office()
    for number in range(many):
        await leave_tab(office, number)
