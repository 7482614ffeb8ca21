"""Sends request bodies far over the limit, as anybody; measures bytes sent, disk and memory."""

import select
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from .backend import Backend

MEGABYTE = 2**20
CHUNK = b"\xff\xd8\xff" + b"x" * (64 * 1024 - 3)


@dataclass
class BodiesResult:
    """What so many bodies did to the office, in MB; `sent` is the most that one got rid of."""

    bodies: int = 0
    sent: float = 0
    answers: dict[int, int] = field(default_factory=dict)
    left: int = 0  # bytes on disk
    grown: float = 0  # resident memory
    is_up: bool = True


def send_bodies(office: Backend, cookies: list[str], bodies: int, megabytes: int) -> BodiesResult:
    """Send so many bodies at once, half of them without saying how long they are."""
    before, held = _memory(office), _on_disk(office)
    found, results = BodiesResult(bodies=bodies), []
    threads = [
        threading.Thread(
            target=lambda n=n: results.append(
                _send(office, cookies[n % len(cookies)], megabytes, is_announced=n % 2 == 0)
            )
        )
        for n in range(bodies)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.sent = max(sent for sent, _ in results) / MEGABYTE
    for _, status in results:
        found.answers[status] = found.answers.get(status, 0) + 1
    found.left = _on_disk(office) - held
    found.grown, found.is_up = _memory(office) - before, office.is_up()
    return found


def _send(office: Backend, cookie: str, megabytes: int, *, is_announced: bool) -> tuple[int, int]:
    """How many bytes went out before the office closed or answered, and its answer's status."""
    sent, size = 0, megabytes * MEGABYTE
    with socket.create_connection(("127.0.0.1", office.port)) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
        line.sendall(_head(office, cookie, size if is_announced else 0))
        try:
            while sent < size and not select.select([line], [], [], 0)[0]:
                sent += _send_chunk(line, is_chunked=not is_announced)
        except OSError:
            return sent, _status(line)
        return sent, _status(line)


def _head(office: Backend, cookie: str, size: int) -> bytes:
    host = f"127.0.0.1:{office.port}"
    lines = ["POST /berkas/id_card HTTP/1.1", f"Host: {host}", f"Origin: http://{host}"]
    lines += ["X-File-Name: ktp.jpg", f"Cookie: {cookie}"]
    lines += [f"Content-Length: {size}"] if size else ["Transfer-Encoding: chunked"]
    return "\r\n".join([*lines, "", ""]).encode()


def _send_chunk(line: socket.socket, *, is_chunked: bool) -> int:
    line.sendall(b"%x\r\n%s\r\n" % (len(CHUNK), CHUNK) if is_chunked else CHUNK)
    return len(CHUNK)


def _status(line: socket.socket) -> int:
    """The status of the answer; 0 when the line was just closed."""
    try:
        line.settimeout(30)
        first = line.recv(4096).split(b" ", 2)
        return int(first[1]) if len(first) > 1 else 0
    except (OSError, ValueError):
        return 0


def _memory(office: Backend) -> float:
    """Resident memory of the server and its children, in MB."""
    server = psutil.Process(office.process.pid)
    family = [server, *server.children(recursive=True)]
    return sum(process.memory_info().rss for process in family) / MEGABYTE


def _on_disk(office: Backend) -> int:
    """Bytes of what was uploaded, wherever it lies."""
    folders = [office.var / "var" / "quarantine", office.var / "uploaded_files"]
    return sum(
        path.stat().st_size for f in folders for path in Path(f).rglob("*") if path.is_file()
    )
