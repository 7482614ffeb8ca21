"""Events, rows 1-4, 6: no policy, forgery, others' objects, lost rights, stolen client tokens."""

import asyncio
import inspect
import time
from typing import Any
from uuid import uuid4

from barut_reflex.gate import payload as payloads_web
from barut_reflex.gate.access import permits, rule_of
from barut_reflex.people.rules import Role
from measure.row import Figure, Scale
from probes import inside, served
from probes.attackers import forged_events
from probes.tab import ROOT, Tab

from .table import TABLE

WHO = "who.load"
HYDRATE = f"{ROOT}.hydrate"


@TABLE.row(1, "State event handlers and routes without a policy", goal="all, 0", points=5)
def every_handler_has_a_policy(scale: Scale) -> Figure:
    from barut_reflex import barut_reflex as composed

    own = inside.own_handlers()
    open_ones = [name for name, handler in own.items() if rule_of(handler.fn) is None]
    open_ones += [r.path for r in composed.ROUTES if rule_of(r.endpoint) is None]
    untyped = [name for name, handler in own.items() if not is_typed(handler.fn)]
    setters = [n for n, h in inside.handlers().items() if n.endswith(".setvar") and rule_of(h.fn)]
    found = open_ones + untyped + setters
    count = f"{len(inside.handlers())} handlers, {len(composed.ROUTES)} routes"
    return Figure(f"{count}, {len(found)} without", not found, ", ".join(found))


def is_typed(function: Any) -> bool:
    """Whether every argument says what it takes, in a form the gate can check."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    payloads_web.model_of(function)
    return all(parameter.annotation is not parameter.empty for parameter in parameters)


@TABLE.row(
    2,
    "Forged events: tried, accepted, unhandled",
    goal=">= 5,000, 0, 0",
    points=4,
)
def forgery(scale: Scale) -> Figure:
    with inside.office() as engine:
        outcome = forged_events.forge(engine, forged_events.people(engine), scale.of(2, 20, 40))
    over_sockets, leaked = inside.run(forge_over_sockets(scale.of(1, 2, 4)))
    tried = outcome.tried + over_sockets
    bad = outcome.accepted + outcome.leaked + leaked
    passed = not bad and not outcome.crashed and tried >= scale.of(800, 5000, 5000)
    detail = f"{len(inside.handlers())} handlers x 5 principals; {over_sockets} over real sockets"
    said = "; ".join([detail, *bad[:3], *sorted(set(outcome.crashed))[:3]])
    return Figure(f"{tried:,}, {len(bad)}, {len(outcome.crashed)}", passed, said)


async def forge_over_sockets(payloads: int) -> tuple[int, list[str]]:
    """Every handler the caller may not call, over real sockets; tried, and what was changed."""
    office = served.running_office()
    await asyncio.to_thread(served.wait_for_people, office)
    seeker = await asyncio.to_thread(served.signed_in, "job_seeker")
    quiet = {"signin", "limithit", "outboxmail", "counter"}
    before, tried = served.snapshot(office, quiet), 0
    for role, cookie in ((None, ""), (Role.JOB_SEEKER, seeker.cookie)):
        handlers = inside.handlers().items()
        closed = [name for name, h in handlers if not permits(rule_of(h.fn), role)]
        for name in closed:
            async with Tab(office, cookie) as tab:
                for payload in list(forged_events.payloads(inside.handlers()[name], ["1"]))[
                    :payloads
                ]:
                    await tab.emit(name, payload)
                    tried += 1
                await tab.quiet(0.02)
    return tried, served.changed_tables(before, served.snapshot(office, quiet))


@TABLE.row(
    3,
    "Object routes and handlers x foreign principals: leaks",
    goal="100 %, 0",
    points=4,
)
def foreign_objects(scale: Scale) -> Figure:
    from probes.attackers.foreign_objects import request_foreign_objects

    tried, leaks = request_foreign_objects()
    return Figure(f"{tried} tries, {len(leaks)} leaks", not leaks, "; ".join(leaks[:5]))


@TABLE.row(
    4,
    "Revocation, demotion, disabling: to the first denied event",
    goal="next event, <= 1 s",
    points=2,
)
def revocation(scale: Scale) -> Figure:
    times, missed = inside.run(revoke(scale.of(1, 3, 10)))
    slowest = max(times, default=9.0)
    passed = not missed and slowest <= 1
    detail = f"{len(times)} open sockets; still served: {', '.join(missed) or 'none'}"
    return Figure(f"next event, {slowest * 1000:.0f} ms", passed, detail)


async def revoke(rounds: int) -> tuple[list[float], list[str]]:
    """Sign out, demote, disable an officer with an open socket; how soon the socket is denied."""
    office, times, missed = served.running_office(), [], []
    officer = office.one("officer", 2)
    show = inside.handler_name("inbox_state.filter")
    for way in [*ENDINGS] * rounds:
        browser = await asyncio.to_thread(served.Browser(office).sign_in, officer)
        async with Tab(office, browser.cookie, path="/admin/pengajuan/") as tab:
            await tab.send(HYDRATE, wait=0.3)
            await tab.emit(show, {"status": "m2"})
            await tab.until("status=m2")  # the officer is let in
            await tab.quiet(0.1)
            tab.heard.clear()
            await asyncio.to_thread(ENDINGS[way], office, browser, officer["email"])
            began = time.monotonic()
            await tab.emit(show, {"status": "m3"})
            await tab.until("_redirect", "refusal")
            times.append(time.monotonic() - began)
            await tab.quiet(0.1)
            missed += [way] if "status=m3" in tab.text else []
        served.execute(
            office,
            "UPDATE person SET role = 'OFFICER', is_active = 1 WHERE email = ?",
            (officer["email"],),
        )
    return times, missed


ENDINGS = {
    "sign out": lambda office, browser, email: browser.post("/keluar"),
    "demotion": lambda office, browser, email: served.execute(
        office, "UPDATE person SET role = 'JOB_SEEKER' WHERE email = ?", (email,)
    ),
    "disabling": lambda office, browser, email: served.execute(
        office, "UPDATE person SET is_active = 0 WHERE email = ?", (email,)
    ),
}


@TABLE.row(
    6,
    "client_token replays without the cookie: privileged or personal delta",
    goal="100, 0",
    points=3,
)
def replayed_tokens(scale: Scale) -> Figure:
    tried, leaks = inside.run(replay(scale.of(10, 100, 300)))
    return Figure(f"{tried}, {len(leaks)}", not leaks, "; ".join(leaks[:3]) or "while and after")


async def replay(times: int) -> tuple[int, list[str]]:
    """A thief has a job seeker's and an officer's token, but no cookie or one of his own."""
    office, leaks, tried = served.running_office(), [], 0
    thief = await asyncio.to_thread(served.signed_in, "job_seeker", 0)
    for role, nth, look in (("job_seeker", 3, "personal_state.load"), ("officer", 0, WHO)):
        victim = await asyncio.to_thread(served.signed_in, role, nth)
        person, token = office.one(role, nth), str(uuid4())
        async with Tab(office, victim.cookie, token=token) as tab:
            for name in (HYDRATE, inside.handler_name(WHO), inside.handler_name(look)):
                await tab.send(name, wait=0.3)
            assert person["name"] in tab.text, "the victim's own tab shows nothing"
            await _replay(office, token, thief.cookie, person, 2, leaks)
        async for number in _counted(times // 2):
            cookie = thief.cookie if number % 2 else ""
            await _replay(office, token, cookie, person, 1, leaks)
            tried += 1
    return tried, leaks


async def _counted(times: int):
    for number in range(times):
        yield number


async def _replay(
    office: Any, token: str, cookie: str, person: dict[str, str], rounds: int, leaks: list[str]
) -> None:
    for _ in range(rounds):
        async with Tab(office, cookie, token=token) as tab:
            for name in (
                HYDRATE,
                inside.handler_name(WHO),
                inside.handler_name("inbox_state.filter"),
            ):
                await tab.emit(name, {"status": "m7"} if name.endswith("filter") else {})
            await tab.quiet(0.15)
        for word in (person["name"], person["email"], "status=m7"):
            leaks += [f"the thief saw {word}"] if word in tab.text else []
