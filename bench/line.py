"""A TCP proxy in front of the office that simulates a slow, lossy network, and can cut it off.

Rate, delay and packet loss are those of the constants below.
"""

import asyncio
import contextlib
import random
from dataclasses import dataclass, field

SEGMENT = 1448  # bytes
RATE = 400_000 / 8  # bytes a second, each way, shared by all connections
DELAY = 0.2  # seconds one way
LOSS = 0.02  # of segments, which then come one round trip later and take their room twice
TICK = 1e-6  # seconds: what is sent later arrives later
AHEAD = 0.5  # seconds of line a sender may fill before it has to wait


@dataclass
class Way:
    """One direction of the line."""

    bytes: int = 0
    free_at: float = 0
    chance: random.Random = field(default_factory=lambda: random.Random(5))

    def arrival(self, now: float, size: int) -> float:
        """When a segment sent now is there, the line being as busy as it is."""
        self.bytes += size
        self.free_at = max(now, self.free_at) + size / RATE
        if self.chance.random() >= LOSS:
            return self.free_at + DELAY
        self.free_at += size / RATE
        return self.free_at + 3 * DELAY


class Line:
    """Listens on `port` and leads to `target`; `cut` ends all connections for a while."""

    def __init__(self, port: int, target: int):
        self.port, self.target = port, target
        self.up, self.down = Way(), Way()
        self.open: set[asyncio.StreamWriter] = set()
        self.is_cut = False

    async def start(self) -> None:
        self.server = await asyncio.start_server(self._carry, "127.0.0.1", self.port, limit=SEGMENT)

    async def stop(self) -> None:
        await self.cut(0)
        self.server.close()

    async def cut(self, seconds: float) -> None:
        self.is_cut = True
        for writer in list(self.open):
            writer.transport.abort()
        await asyncio.sleep(seconds)
        self.is_cut = False

    @property
    def moved(self) -> tuple[int, int]:
        """Sent and received so far."""
        return self.up.bytes, self.down.bytes

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut:
            return writer.transport.abort()
        await asyncio.sleep(2 * DELAY)  # the handshake
        far_reader, far_writer = await asyncio.open_connection(
            "127.0.0.1", self.target, limit=SEGMENT
        )
        self.open |= {writer, far_writer}
        try:
            await asyncio.gather(
                self._pass(reader, far_writer, self.up),
                self._pass(far_reader, writer, self.down),
            )
        finally:
            self.open -= {writer, far_writer}
            writer.close()
            far_writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way):
        loop, last = asyncio.get_running_loop(), 0.0
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(SEGMENT):
                last = max(last + TICK, way.arrival(loop.time(), len(data)))
                loop.call_at(last, self._write, writer, data)
                if (wait := way.free_at - loop.time() - AHEAD) > 0:
                    await asyncio.sleep(wait)
        await asyncio.sleep(max(0, last - loop.time()))  # all that was sent arrives first
        writer.close()

    @staticmethod
    def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
        if not writer.is_closing():
            writer.write(data)
