"""`make run`: build, migrate, make the demo office, then serve everything on one port.

On a server the steps are apart (deploy/systemd): `migrate` once per version, `worker` for each
process on its own `PORT`, `wait` until that one is ready.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

os.umask(0o077)
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import frontend  # noqa: E402

SERVING = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": str(64 * 1024),
    "MALLOC_ARENA_MAX": "2",  # or each thread keeps a heap of its own, and never gives it back
}


READY_SECONDS = 60


def main() -> None:
    steps = {"migrate": prepare, "worker": work, "wait": wait}
    if step := steps.get("".join(sys.argv[1:2])):
        return step()
    open_all()


def work() -> None:
    """One worker of several; the browser's part and the tables are there already."""
    if not (frontend.web_folder() / "build" / "client").exists():
        sys.exit("Tampilan belum dibuat. Jalankan dulu: make build")
    port = int(os.environ["PORT"])
    _refuse_taken(port)
    serve(port, workers="1")


def wait() -> None:
    """Until the worker on `PORT` is ready, or a minute is over."""
    from barut_reflex.core.settings import settings

    host = urlsplit(settings.address).netloc
    address = f"http://127.0.0.1:{os.environ['PORT']}/siap"
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            request = urllib.request.Request(address, headers={"Host": host})
            urllib.request.urlopen(request, timeout=5).close()  # nosec B310
            return
        time.sleep(0.2)
    sys.exit("Proses ini belum siap. Lihat lognya: journalctl -u 'barut@*'")


def open_all() -> None:
    port = int(os.environ.setdefault("PORT", "3000"))
    _refuse_taken(port)
    frontend.build()
    prepare()
    print(f"\nBarut Kerja siap: http://localhost:{port}\n", flush=True)
    serve(port)


def prepare() -> None:
    """Bring the database up to date and, in the demo, make its people on the first start."""
    from barut_reflex.cards import qr
    from barut_reflex.core import schema
    from barut_reflex.core.settings import settings

    schema.upgrade()
    qr.ensure_key()
    if settings.is_demo:
        from barut_reflex import demo

        demo.open_office()
        _introduce(settings.var / "demo-accounts.json")
        subprocess.Popen([sys.executable, "-m", "barut_reflex.demo"])


def _introduce(path: Path) -> None:
    print("\nOrang-orang demo (juga di var/demo-accounts.json):")
    for person in json.loads(path.read_text()):
        row = (person["role"], person["email"], person["password"], person["name"])
        print("  {:<14} {:<28} {:<17} {}".format(*row), flush=True)


def _refuse_taken(port: int) -> None:
    """Granian shares a port silently; a second server would answer every other request."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        sys.exit(
            f"Port {port} sedang dipakai. Hentikan program itu, atau jalankan: make run PORT=3001"
        )


def serve(port: int, workers: str = "") -> None:
    """Replace this process by the server."""
    os.environ.update(SERVING)
    workers = workers or os.getenv("BARUT_WORKERS", "1")
    granian = str(Path(sys.executable).parent / "granian")
    command = [granian, "--interface", "asgi", "--factory", "barut_reflex.barut_reflex:app"]
    command += [
        "--host",
        os.getenv("BARUT_HOST", "127.0.0.1"),
        "--port",
        str(port),
        "--workers",
        workers,
    ]
    os.execvp(command[0], [*command, "--log-level", "warning"])


if __name__ == "__main__":
    main()
