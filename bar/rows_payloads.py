"""Event validation: ill-typed payloads, oversized frames, costly error reports (row 7)."""

import asyncio
import inspect
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from barut_reflex.core.errors import Refusal
from barut_reflex.gate import payload as payloads_web
from barut_reflex.gate.access import permits, rule_of
from measure.row import Figure, Scale
from probes import inside, served
from probes.attackers import forged_events
from probes.pipeline import pipeline
from probes.tab import Tab

from .rows_events import WHO
from .table import TABLE


@TABLE.row(
    7,
    "Ill-typed payloads and frames over 64 KB: accepted",
    goal=">= 1,000, 0",
    points=2,
)
def ill_typed(scale: Scale) -> Figure:
    with inside.office() as engine:
        tried, accepted = inside.run(
            send_ill_typed(forged_events.people(engine), scale.of(2, 6, 12))
        )
    frames = scale.of(3, 20, 50)
    served_frames = inside.run(large_frames(frames))
    slow = slow_report()
    passed = not accepted and not served_frames and slow < 0.1
    detail = f"{frames} large frames; slowest error report {slow * 1000:.0f} ms of the event loop"
    said = "; ".join([detail, *accepted[:5]])
    return Figure(f"{tried + frames:,}, {len(accepted) + served_frames}", passed, said)


KINDS = ("dict", "list", "bool", "int", "str")
BAD: dict[str, list[Any]] = {
    "str": [1, 1.5, True, None, ["x"], {"x": "y"}, "x" * 20_001, [["x", "y"]]],
    "int": ["1", 1.5, True, None, [1], {"1": 1}, float("nan"), "NaN"],
    "bool": ["x", 1, 0, "true", None, [True], {"x": True}],
    "list": ["x", 1, True, {"x": "y"}, [1], [["x"]], ["x" * 20_001]],
    "dict": [
        "x",
        1,
        True,
        ["x"],
        [["note", "x"]],
        {"note": 1},
        {"note": ["x"]},
        {"note": {"$ne": ""}},
        {"note": 1.5},
        {"note": "x" * 20_001},
        {str(number): "x" for number in range(81)},
        {"n" * 65: "x"},
    ],
}


def ill_typed_payloads(handler: Any) -> Iterator[dict[str, Any]]:
    """Arguments the handler's own hints do not allow."""
    hints = {
        name: next(kind for kind in KINDS if kind in str(parameter.annotation))
        for name, parameter in list(inspect.signature(handler.fn).parameters.items())[1:]
    }
    good = {"str": "x", "int": 1, "bool": True, "list": ["x"], "dict": {"note": "x"}}
    fine = {name: good[kind] for name, kind in hints.items()}
    for name, kind in hints.items():
        for bad in BAD[kind]:
            yield fine | {name: bad}
        yield {other: value for other, value in fine.items() if other != name}
    for extra in (
        "by",
        "session",
        "self2",
        "__class__",
        "role",
        "status",
        "public_id2",
        "_sign_in",
    ):
        if extra not in hints:
            yield fine | {extra: "administrator"}


async def send_ill_typed(cast: forged_events.Cast, rounds: int) -> tuple[int, list[str]]:
    """By somebody whom the handler's rule does let in; which were taken all the same."""
    outcome, tried, accepted = forged_events.Outcome(), 0, []
    with forged_events.recorded_calls(outcome, runs=False):
        async with pipeline(inside.app()) as (_, client_of):
            clients = {
                role: client_of(f"tab {name}", sign_in=sign_in)
                for name, (role, sign_in, _) in cast.attackers.items()
            }
            for name, handler in inside.own_handlers().items():
                role = next(r for r in clients if permits(rule_of(handler.fn), r))
                for payload in list(ill_typed_payloads(handler)) * max(1, rounds // 4):
                    outcome.entered.clear()
                    with suppress(Refusal):  # too long
                        await clients[role].send(name, dict(payload))
                    tried += 1
                    is_in = name in outcome.entered
                    accepted += [f"{name} took {str(payload)[:80]}"] if is_in else []
    return tried, accepted


async def large_frames(many: int) -> int:
    """How many frames over 64 KB were answered instead of ending their socket."""
    office, answered = served.running_office(), 0
    for _ in range(many):
        async with Tab(office) as tab:
            await tab.emit(inside.handler_name(WHO), {"text": "x" * (66 * 1024)})
            await asyncio.sleep(0.15)
            answered += bool(tab.heard) or tab.is_open
    return answered


def slow_report() -> float:
    """Seconds the event loop stands still over the worst error report a browser can send."""
    report = 'TypeError: can\'t access property "x", ' * 64 + '", ' * 800
    name = inside.handler_name("handle_frontend_exception")
    payload = {"info": report, "component_stack": ""}
    began = time.monotonic()
    handler = inside.handlers()[name].fn
    assert payloads_web.is_well_typed(handler, payload)
    from reflex.state import FrontendEventExceptionState

    for pattern in FrontendEventExceptionState.auto_reload_on_errors:
        pattern.search(payload["info"])
    return time.monotonic() - began
