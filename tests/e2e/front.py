"""TLS in front of an office, as a proxy would speak it; nothing else of a proxy."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

from ..deploy.site import HOST, make_certificate


@contextlib.contextmanager
def tls_front(folder: Path, port: int, target: int) -> Iterator[None]:
    """Until the block ends, `https://127.0.0.1:port` leads to `target`."""
    make_certificate(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "site.pem", folder / "site.key")

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind = await asyncio.open_connection(HOST, target)
        await asyncio.gather(_copy(reader, behind[1]), _copy(behind[0], writer))

    loop, is_open = asyncio.new_event_loop(), threading.Event()

    def serve() -> None:  # in a thread of its own: Playwright keeps a loop running in this one
        loop.run_until_complete(asyncio.start_server(carry, HOST, port, ssl=context))
        is_open.set()
        loop.run_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert is_open.wait(10)
    yield
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(2**16):
            writer.write(data)
            await writer.drain()
        writer.close()
