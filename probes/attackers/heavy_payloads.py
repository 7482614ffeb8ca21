"""Sends the most expensive payloads over 3 sockets, and costly sign-ups over 4 more, at once.

`python -m probes.attackers.heavy_payloads PORT SECONDS`
"""

import asyncio
import contextlib
import sys
import time
from itertools import cycle
from types import SimpleNamespace
from typing import Any

from probes import inside
from probes.tab import ROOT, Tab

from . import worst_texts

EVENTS_PER_SECOND = 20  # events of one socket, as the office allows
FRAME = 60 * 1024


async def main(port: int, seconds: float) -> None:
    office, end = SimpleNamespace(port=port), time.monotonic() + seconds
    sockets = [_texts(office, end, turn) for turn in range(3)]
    forms = [_forms(office, end, turn) for turn in range(4)]
    await asyncio.gather(*sockets, *forms)


async def _texts(office: Any, end: float, turn: int) -> None:
    """Long texts of marks and the like to handlers that everybody may call."""
    events = cycle(list(_worst_events())[turn:])
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            async with Tab(office) as tab:
                while tab.is_open and time.monotonic() < end:
                    name, payload, tab.path = next(events)
                    await tab.emit(name, payload)
                    await asyncio.sleep(1 / EVENTS_PER_SECOND)
        await asyncio.sleep(0.05)


def _worst_events():
    handlers = [
        inside.handler_name(end) for end in ("register_state.register", "forgot_state.send")
    ]
    deep: Any = []
    for _ in range(400):
        deep = [deep]
    for text in worst_texts.TEXTS:
        for name in handlers:
            share = worst_texts.filled(text, min(worst_texts.LIMIT, FRAME // 4))
            yield name, {"form": {"name": share, "email": share, "password": share}}, "/"
            yield name, {"form": {"name": worst_texts.filled(text, 3 * worst_texts.LIMIT)}}, "/"
        yield f"{ROOT}.hydrate", {}, "/" + worst_texts.filled(text, FRAME)
    yield handlers[0], {"form": deep}, "/"


async def _forms(office: Any, end: float, turn: int) -> None:
    """Sign-ups whose password is made of their own words, and of signs for letters."""
    register = inside.handler_name("register_state.register")
    texts = cycle([("own words", "a"), ("signs", "4@8({[<369!1|70$5+2%")])
    for _ in range(turn % 2):
        next(texts)
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            async with Tab(office) as tab:
                while tab.is_open and time.monotonic() < end:
                    secret = worst_texts.password(next(texts))
                    own = {"name": "aaa aaaa aaaaa aaaaaa", "password": secret, "again": secret}
                    await tab.answer(register, {"form": worst_texts.BASE | own}, seconds=60)


async def leave_tab(office: Any, number: int) -> None:
    """A tab with the longest text wherever a guest may leave one; then it goes."""
    letters = chr(0x1F600 + number % 60) * ((FRAME - 4096) // 4)
    refuse = inside.handler_name("notice.refuse")
    with contextlib.suppress(Exception):
        async with Tab(office) as tab:
            await tab.emit(refuse, {"message": letters, "errors": {}})
            await tab.quiet(0.02)
    with contextlib.suppress(Exception):
        async with Tab(office, headers={"X-Text": "x" * 7000}) as tab:
            tab.path = "/" + letters[: len(letters) - number % 50]
            await tab.emit(inside.handler_name("who.load"), {})
            await tab.quiet(0.02)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
