"""Account enumeration; password hashes; waiting times under load and flood (rows 13, 14, G2)."""

import asyncio
import math
import statistics
import subprocess
import sys
import time
from ipaddress import ip_network
from typing import Any

from barut_reflex.accounts.service import sign_up
from barut_reflex.core.settings import settings
from measure.row import Figure, Scale
from measure.timing import percentile
from probes import inside, served
from probes.attackers import code_guessing, enumeration
from probes.tab import Tab

from .table import TABLE

MILLISECOND = 0.001


@TABLE.row(
    13,
    "Account enumeration, known against unknown addresses: bytes; median time",
    goal="0; <= 5 ms (3 flows x 200)",
    points=2,
    timed=True,
)
def known_addresses(scale: Scale) -> Figure:
    pairs = scale.of(5, 40, 200)
    enumeration.give_passwords(pairs)
    flows = {
        "login": enumeration.logins,
        "sign-up": enumeration.sign_ups,
        "reset": enumeration.resets,
    }
    said, worst, differ = [], 0.0, 0
    for name, flow in flows.items():
        known, unknown, odd = inside.run(flow(pairs))
        apart = abs(statistics.median(known) - statistics.median(unknown)) / MILLISECOND
        worst, differ = max(worst, apart), differ + len(odd)
        said.append(f"{name} {apart:.1f} ms (p {rank_sum(known, unknown):.2f})")
        said += odd[:2]
    detail = f"{pairs} pairs each, bcrypt cost 12: " + "; ".join(said)
    return Figure(f"{differ}; {worst:.1f} ms", not differ and worst <= 5, detail)


def rank_sum(one: list[float], other: list[float]) -> float:
    """Mann-Whitney's p, two-sided, by the normal approximation: small when they differ."""
    ranked = sorted((value, side) for side, values in enumerate((one, other)) for value in values)
    ranks = sum(place for place, (_, side) in enumerate(ranked, 1) if side == 0)
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    deviation = math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(u - n * m / 2) / deviation / math.sqrt(2))


@TABLE.row(
    14,
    "Hash of passwords; waiting of others during 100 logins at once",
    goal="bcrypt cost 12 (the project's choice for argon2id); p95 < 500 ms",
    points=2,
    timed=True,
)
def login_rush(scale: Scale) -> Figure:
    office, many = served.running_office(), scale.of(10, 100, 100)
    hashes = served.query(office, "SELECT password_hash FROM person WHERE password_hash <> '!'")
    strong = all(kept.startswith("$2b$12$") for (kept,) in hashes)
    waits, seconds = inside.run(honest_times_during(enumeration.log_in_at_once(many)))
    p95 = percentile(waits, 95) / MILLISECOND
    detail = f"{many} logins from {many} addresses took {seconds:.1f} s; {len(waits)} events beside"
    detail += f", median {percentile(waits, 50) / MILLISECOND:.0f} ms"
    cost = "cost 12 over HMAC-SHA256 with a pepper" if strong else "weaker hashes found"
    return Figure(f"{cost}; {p95:.0f} ms", strong and p95 < 500, detail)


async def honest_times_during(load: Any) -> tuple[list[float], float]:
    """How long an honest person's events take while `load` runs; and how long that was."""
    office = served.running_office()
    browser = await asyncio.to_thread(served.signed_in, "officer", 1)
    show = inside.handler_name("inbox_state.filter")
    waits: list[float] = []
    async with Tab(office, browser.cookie, path="/admin/pengajuan/") as tab:
        await tab.answer(show, {"status": "m"})
        task, began = asyncio.ensure_future(load), time.monotonic()
        while not task.done():
            sent = time.monotonic()
            await tab.answer(show, {"status": f"m{len(waits)}"}, seconds=60)
            waits.append(time.monotonic() - sent)
            await asyncio.sleep(0.1)
        await task
    return waits, time.monotonic() - began


@TABLE.row(
    "G2",
    "Honest p95 while 50 sockets flood; 300 honest sign-ups an hour from one known network",
    goal="< 500 ms; all succeed",
    points=0,
    timed=True,
)
def flood(scale: Scale) -> Figure:
    seconds = scale.of(3, 20, 60)
    office = served.running_office()
    before = memory(office)
    waits, _ = inside.run(honest_times_during(flooded(office, 50, seconds)))
    grown = memory(office) - before
    p95 = percentile(waits, 95) / MILLISECOND
    wanted = scale.of(30, 300, 300)
    signed_up = honest_sign_ups(wanted)
    passed = p95 < 500 and signed_up == wanted and grown <= 200
    detail = f"50 sockets sending all they can for {seconds} s, cut and back again"
    detail += f"; memory {grown:+} MB; signed-in sockets are counted by session, with limits on"
    return Figure(f"{p95:.0f} ms; {signed_up} of {wanted}", passed, detail)


async def flooded(office: Any, sockets: int, seconds: int) -> None:
    """In a process of its own, so that the honest one is not slowed by the attackers' own work."""
    words = ["-m", "probes.attackers.flooding", str(office.port), str(sockets), str(seconds)]
    attackers = await asyncio.create_subprocess_exec(sys.executable, *words)
    await attackers.wait()


def memory(office: Any) -> int:
    """Megabytes the server's processes hold."""
    children = f"/proc/{office.process.pid}/task/{office.process.pid}/children"
    with open(children) as file:  # noqa: PTH123
        pids = [str(office.process.pid), *file.read().split()]
    total = 0
    for pid in pids:
        done = subprocess.run(["ps", "-o", "rss=", "-p", pid], capture_output=True, text=True)
        total += int(done.stdout or 0)
    return total // 1024


def honest_sign_ups(many: int) -> int:
    """So many people of a known network sign up within an hour; how many have an account."""
    known = (settings, "known_networks", [ip_network("203.0.113.0/24")])
    with (
        inside.office(),
        inside.clock_at(*code_guessing.MOMENT) as now,
        code_guessing.known_codes() as made,
        inside.patched(known),
    ):
        for number in range(many):
            flow = code_guessing.new_flow()
            code_guessing.sign_up(f"pencaker{number}@contoh.id", flow, "203.0.113.9")
            now.forward(3600 / many)
            inside.act(sign_up.confirm_sign_up, made.get(flow, "000000"), flow=flow)
        with service_session() as session:
            return session.execute(people_counted()).scalar_one()


def service_session():
    from sqlmodel import Session

    from barut_reflex.core import db

    return Session(db.engine)


def people_counted():
    from sqlmodel import func, select

    from barut_reflex.people.models import Person

    return select(func.count()).select_from(Person)
