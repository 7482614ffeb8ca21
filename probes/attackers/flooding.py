"""Floods an office with events over many sockets, reconnecting when cut off.

`python -m probes.attackers.flooding PORT SOCKETS SECONDS`
"""

import asyncio
import contextlib
import sys
import time
from types import SimpleNamespace

from probes.tab import ROOT, Tab


async def main(port: int, sockets: int, seconds: float) -> int:
    """How many events were sent in all."""
    office, end = SimpleNamespace(port=port), time.monotonic() + seconds
    sent = await asyncio.gather(*[_flood(office, end) for _ in range(sockets)])
    return sum(sent)


async def _flood(office, end: float) -> int:
    sent = 0
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            async with Tab(office) as tab:
                while tab.is_open and time.monotonic() < end:
                    await tab.emit(f"{ROOT}.hydrate", {})
                    sent += 1
                    await asyncio.sleep(0.001)
        await asyncio.sleep(0.05)
    return sent


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
