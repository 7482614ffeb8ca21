"""Event sockets: time of a round trip, and memory of one, both against a bare Reflex app."""

import asyncio
import time
from contextlib import ExitStack
from statistics import median

from reflex_base.registry import RegistrationContext

from measure.row import Figure, Scale, at_most
from measure.timing import Pair
from probes import composed, inside
from probes.tab import ROOT, Tab

from . import offices, people
from .table import TABLE

ADD = f"{ROOT}.bare___bare____counter.add"
BOOT = f"{ROOT}.hydrate_and_load"
HYDRATE = f"{ROOT}.hydrate"
TABS = 12  # that take turns: one socket may send 20 events a second
BARE = "bare Reflex counter"
MOST, WEIGHT = 400, 1.35  # KB of a socket; times the bare app's
TURNS = 5  # of the memory row


def _open_sockets(many: int, scale: Scale) -> Figure:
    many = scale.of(min(many, 20), many)
    office, bare, idle = offices.office(), offices.bare(), many - 1
    with ExitStack() as crowds:
        if idle:
            seekers = people.cookies(idle)
            crowds.enter_context(people.open_sockets(office.port, seekers, "/bantuan/", HYDRATE))
            crowds.enter_context(people.open_sockets(bare.port, [""] * idle, "/", HYDRATE))
        pair = inside.run(_round_trips(scale.of(60, 500)))
    ours, theirs = pair.said
    detail = f"{len(pair.ours)} round trips in turn, signed in, one changed value each; the gate "
    detail += f"looks the session up for every event; {idle} other sockets open and hydrated"
    return Figure(ours, at_most(1.3, pair.ratios), detail, theirs, pair.ratios)


async def _round_trips(times: int) -> Pair:
    """The same small event on both servers, in turn, on sockets that take turns as well."""
    office, bare, pair = offices.office(), offices.bare(), Pair()
    officers = await asyncio.to_thread(people.cookies, TABS, people.ADMINISTRATORS)
    choose = inside.handler_name("staff_new_state.choose_kind")
    ours = [Tab(office, cookie, path="/admin/petugas/baru/") for cookie in officers]
    theirs = [Tab(bare) for _ in range(TABS)]
    for tab in (*ours, *theirs):
        await tab.__aenter__()
        await tab.answer(HYDRATE, {})
        await tab.quiet(0.05)
    for turn in range(-TABS * 2, times):
        payload = {"kind": f"kind {turn}"}
        calls = [(ours, choose, payload, pair.ours), (theirs, ADD, {}, pair.theirs)]
        for tabs, name, sent, kept in calls if turn % 2 else reversed(calls):
            began = time.perf_counter()
            await tabs[turn % TABS].answer(name, sent)
            if turn >= 0:
                kept.append(time.perf_counter() - began)
        await asyncio.sleep(0.004)
    for tab in (*ours, *theirs):
        await tab.__aexit__()
    return pair


for _many in (1, 100, 1000):

    @TABLE.row(
        f"events-{_many}",
        f"One event round trip with gate and session look-up, {_many:,} open sockets",
        against=BARE,
        goal="<= 1.3 × at p50 and p95",
    )
    def open_sockets(scale: Scale, many: int = _many) -> Figure:
        return _open_sockets(many, scale)


@TABLE.row(
    "memory",
    "Memory of one open socket, applicant signed in, home page open and live",
    against="bare Reflex app with as many States, all empty",
    goal=f"<= {MOST} KB and <= {WEIGHT} ×",
)
def memory(scale: Scale) -> Figure:
    many, states = scale.of(16, 400), _states()
    ours, theirs = list[float](), list[float]()
    for _ in range(scale.of(1, TURNS)):
        office, seekers = offices.reopened(), people.cookies(many)
        ours.append(_weight(office.process.pid, office.port, seekers, "/beranda/"))
        with offices.bare_anew(states) as bare:
            theirs.append(_weight(bare.process.pid, bare.port, [""] * many, "/"))
    ratios = {"per socket": median(ours) / median(theirs)}
    detail = f"{many} sockets at once, {states} States each; proportional set size of the server "
    detail += f"before and with them; median of {len(ours)} turns, each on servers just started"
    passed = median(ours) <= MOST and at_most(WEIGHT, ratios)
    return Figure(_kilobytes(ours), passed, detail, _kilobytes(theirs), ratios)


def _kilobytes(found: list[float]) -> str:
    return f"{median(found):.0f} KB ({min(found):.0f} to {max(found):.0f})"


def _states() -> int:
    """How many States of this product Reflex makes for every tab."""
    with composed.registered(composed.app()):
        known = RegistrationContext.get().base_states.values()
    return sum(one.__module__.startswith("barut_reflex.") for one in known)


def _weight(pid: int, port: int, cookies: list[str], path: str) -> float:
    """Kilobytes a socket adds, after the first have made what all share (threads, connections)."""
    first = len(cookies) // 4
    with people.open_sockets(port, cookies[:first], path, BOOT):
        time.sleep(5)
        before = offices.memory(pid)
        with people.open_sockets(port, cookies[first:], path, BOOT):
            time.sleep(5)
            return (offices.memory(pid) - before) * 1024 / len(cookies[first:])
