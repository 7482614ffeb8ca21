"""HTTP load generator: `python -m bench.load PORT SECONDS CONNECTIONS`, addresses on stdin.

Asks for the addresses, one a line, as fast as they are answered; prints JSON with every answer's
seconds and status. With 0 seconds each address is asked for once.

Connections come from many loopback addresses, each for a hundred requests: as many visitors.
"""

import asyncio
import itertools
import json
import sys
import time
from collections import Counter

REQUESTS_PER_CONNECTION = 100
ANSWER_TIMEOUT = 120  # seconds


class Load:
    def __init__(self, port: int, paths: list[str], seconds: float, connections: int):
        self.port, self.paths = port, itertools.cycle(paths) if seconds else iter(paths)
        self.each = REQUESTS_PER_CONNECTION if seconds else max(1, len(paths) // connections)
        self.end = time.monotonic() + (seconds or ANSWER_TIMEOUT)
        self.seconds: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.visitors = itertools.count()

    async def visit(self) -> None:
        while paths := self._next_paths():
            number = next(self.visitors)
            address = f"127.0.{10 + number // 250 % 200}.{number % 250 + 1}"
            reader, writer = await asyncio.open_connection(
                "127.0.0.1", self.port, local_addr=(address, 0)
            )
            for path in paths:
                if time.monotonic() >= self.end:
                    break
                await self._ask(path, reader, writer)
            writer.close()

    def _next_paths(self) -> list[str]:
        is_over = time.monotonic() >= self.end
        return [] if is_over else list(itertools.islice(self.paths, self.each))

    async def _ask(
        self, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        began = time.perf_counter()
        request = f"GET {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n\r\n"
        writer.write(request.encode())
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(size)
        self.seconds.append(time.perf_counter() - began)
        self.statuses[head[9:12].decode()] += 1


async def main(port: int, seconds: float, connections: int) -> None:
    load = Load(port, sys.stdin.read().split(), seconds, connections)
    began = time.monotonic()
    await asyncio.gather(*[load.visit() for _ in range(connections)])
    took = time.monotonic() - began
    print(json.dumps({"took": took, "seconds": load.seconds, "statuses": load.statuses}))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
