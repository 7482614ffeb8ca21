"""CPU time of single requests: every handler and route, with the most expensive texts (row 44).

bcrypt and the drawing of PDFs are measured and taken off; the jail is a process of its own.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import bcrypt
from sqlalchemy import Engine

from barut_reflex.cards.pdf import draw
from barut_reflex.cards.service import printing, printing_many
from barut_reflex.core.errors import Refusal
from barut_reflex.core.settings import settings
from barut_reflex.gate import doors
from barut_reflex.gate.access import permits, rule_of
from barut_reflex.siapkerja import pdf
from probes import inside
from probes.pipeline import pipeline

from . import forged_events, plain_requests, worst_texts

REPEAT_OVER = (
    0.025  # seconds; what costs more is asked twice more, the cheapest counts: caches, noise
)


@dataclass
class Costs:
    """The dearest request of each handler and route, in seconds, and with which text."""

    tried: int = 0
    crashed: set[str] = field(default_factory=set)
    most_expensive: dict[str, tuple[float, str]] = field(default_factory=dict)

    def record(self, name: str, seconds: float, text: str) -> None:
        self.tried += 1
        self.most_expensive[name] = max(self.most_expensive.get(name, (0.0, "")), (seconds, text))

    def top(self, many: int) -> list[tuple[str, float, str]]:
        """The dearest of all, the dearest first."""
        ordered = sorted(self.most_expensive.items(), key=lambda one: -one[1][0])
        return [(name, seconds, text) for name, (seconds, text) in ordered[:many]]


class Meter:
    """Processor time of this process without what is left out."""

    def __init__(self) -> None:
        self.left_out = 0.0

    def now(self) -> float:
        return time.process_time() - self.left_out

    def without(self, real: Callable) -> Callable:
        """`real`, whose own time is not counted."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            began = time.thread_time()
            try:
                return real(*args, **kwargs)
            finally:
                self.left_out += time.thread_time() - began

        return timed


@contextmanager
def metered() -> Iterator[Meter]:
    meter = Meter()
    left_out = [(draw, "draw"), (draw, "draw_all"), (pdf, "draw_digital"), (pdf, "draw_picture")]
    left_out += [(printing, "with_photo"), (printing_many, "with_photo")]  # cut for a PDF
    left_out += [(bcrypt, "hashpw"), (bcrypt, "checkpw")]
    changes = [(where, name, meter.without(getattr(where, name))) for where, name in left_out]
    live = (doors, "asyncio", forged_events.live_once())
    with inside.patched((settings, "bcrypt_cost", 4), live, *changes):
        yield meter


def of_everything(engine: Engine, texts: list[worst_texts.Text]) -> Costs:
    """Every handler and every route, each by the first who may use it."""
    cast, costs = forged_events.people(engine), Costs()
    with metered() as meter:
        inside.run(_of_handlers(cast, texts, costs, meter))
        inside.run(_of_routes(cast, texts, costs, meter))
    return costs


async def _of_handlers(
    cast: Any, texts: list[worst_texts.Text], costs: Costs, meter: Meter
) -> None:
    with worst_texts.read_names() as read:
        async with pipeline(inside.app()) as (socket, client_of):
            clients = {
                role: client_of(f"tab-{name}-{uuid4()}", sign_in=sign_in)
                for name, (role, sign_in, _) in reversed(cast.attackers.items())
            }
            for name, handler in inside.handlers().items():
                role = next((r for r in inside.ROLES if permits(rule_of(handler.fn), r)), "nobody")
                if role not in clients:
                    continue
                for payload, text in worst_texts.payloads(handler, texts, read, cast.ids):
                    send = _sender(clients[role], name, payload)
                    costs.record(_short(name), await _cheapest(send, meter), text)
                    socket.updates.clear()


def _short(name: str) -> str:
    return name.rpartition("____")[2] or name


def _sender(client: Any, name: str, payload: dict[str, Any]) -> Callable:
    async def send() -> None:
        with suppress(Refusal):
            await client.send(name, worst_texts.fresh(payload))

    return send


async def _of_routes(cast: Any, texts: list[worst_texts.Text], costs: Costs, meter: Meter) -> None:
    site, cookies = plain_requests.site(), plain_requests.signed_in(cast)
    for route in plain_requests.routes():
        for request, text in plain_requests.requests(route, texts, cookies, cast.ids[1]):
            name = f"{request.method} {route.path}"

            async def send(
                request: plain_requests.PlainRequest = request, name: str = name
            ) -> None:
                try:
                    await plain_requests.send(site, request)
                except Exception as crash:
                    costs.crashed.add(f"{name}: {type(crash).__name__}")

            costs.record(name, await _cheapest(send, meter), text)


async def _cheapest(send: Callable, meter: Meter) -> float:
    """What one request costs; of dear ones the cheapest of three."""
    took = await _once(send, meter)
    for _ in range(2):
        if took > REPEAT_OVER:
            took = min(took, await _once(send, meter))
    return took


async def _once(send: Callable, meter: Meter) -> float:
    began = meter.now()
    await send()
    return meter.now() - began
