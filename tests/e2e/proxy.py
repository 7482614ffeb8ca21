"""A proxy in front of an office: with TLS, as nginx would, or with delayed answers."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

from probes.ports import HOST

from ..deploy.site import make_certificate

PIECE = 2**16  # bytes


def tls_proxy(folder: Path, port: int, target: int) -> contextlib.AbstractContextManager[None]:
    """Until the block ends, `https://127.0.0.1:port` leads to `target`."""
    make_certificate(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "site.pem", folder / "site.key")
    return proxy(port, target, context=context)


@contextlib.contextmanager
def proxy(
    port: int, target: int, *, context: ssl.SSLContext | None = None, delay: float = 0
) -> Iterator[None]:
    """Until the block ends, `port` leads to `target`; each answer comes `delay` seconds late."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind = await asyncio.open_connection(HOST, target)
        await asyncio.gather(_copy(reader, behind[1]), _copy(behind[0], writer, delay))

    loop, is_open = asyncio.new_event_loop(), threading.Event()

    def serve() -> None:  # in a thread of its own: Playwright keeps a loop running in this one
        loop.run_until_complete(asyncio.start_server(carry, HOST, port, ssl=context))
        is_open.set()
        loop.run_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert is_open.wait(10), f"port {port} is not free"
    yield
    loop.call_soon_threadsafe(_stop, loop)
    thread.join()


def _stop(loop: asyncio.AbstractEventLoop) -> None:
    """End the connections that are still open, then the loop."""
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.call_soon(loop.stop)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float = 0):
    """Each piece arrives `delay` seconds late, however many are on their way."""
    coming: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    reading = asyncio.create_task(_read(reader, coming, delay))
    with contextlib.suppress(OSError):
        while (piece := await coming.get())[1]:
            await asyncio.sleep(piece[0] - asyncio.get_running_loop().time())
            writer.write(piece[1])
            await writer.drain()
    reading.cancel()
    writer.close()


async def _read(reader: asyncio.StreamReader, coming: asyncio.Queue, delay: float) -> None:
    loop, data = asyncio.get_running_loop(), b"."
    while data:
        try:
            data = await reader.read(PIECE)
        except OSError:
            data = b""
        coming.put_nowait((loop.time() + delay, data))
