"""Holds many event sockets open: `python -m bench.open_sockets PORT PATH EVENT`.

One socket for each cookie line of standard input (empty: not signed in), up to a line with a dot;
prints "open" once all are open, and ends with standard input.
"""

import asyncio
import sys
from dataclasses import dataclass

from probes.tab import Tab

MAX_CONCURRENT = 20
END = ".\n"


@dataclass
class Server:
    """The server the sockets go to."""

    port: int


async def main(port: int, path: str, event: str) -> None:
    server = Server(port)
    cookies = list(iter(sys.stdin.readline, END))
    places = asyncio.Semaphore(MAX_CONCURRENT)

    async def one(cookie: str) -> Tab:
        async with places:
            tab = await Tab(server, cookie.strip(), path=path).__aenter__()
            await tab.answer(event, {}, seconds=60)
            return tab

    tabs = await asyncio.gather(*map(one, cookies))
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await asyncio.gather(*[tab.__aexit__() for tab in tabs])


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
