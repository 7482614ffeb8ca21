"""Starts the server (`make run`): build, migrate, create the demo, serve everything on one port.

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
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

os.umask(0o077)
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import frontend  # noqa: E402

SERVING = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": str(64 * 1024),
    "MALLOC_ARENA_MAX": "2",  # else glibc keeps a heap for each thread and never frees it
}


READY_SECONDS = 60


def main() -> None:
    steps = {"migrate": prepare, "worker": work, "wait": wait}
    if step := steps.get("".join(sys.argv[1:2])):
        return step()
    open_all()


def work() -> None:
    """Serve as one worker of several; front end and tables must exist already."""
    if not (frontend.web_folder() / "build" / "client").exists():
        sys.exit("Tampilan belum dibuat. Jalankan dulu: make build")
    from barut_reflex.core.settings import settings

    port = int(os.environ["PORT"])
    if settings.worker:
        _refuse_other_ports(settings.worker, port, settings.metrics_port)
        _refuse_taken(settings.metrics_port, "BARUT_METRICS_PORT")
    claim(port)
    serve(port, workers="1")


def wait() -> None:
    """Wait until the worker on `PORT` is ready; exits with an error after a minute.

    systemd names the process it started (`MAINPID`): a neighbour's answer does not count, and
    when that process is gone there is nothing to wait for.
    """
    from barut_reflex.core.settings import settings

    host = urlsplit(settings.address).netloc
    address, own = f"http://127.0.0.1:{os.environ['PORT']}/siap", os.getenv("MAINPID", "")
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and (not own or _lives(int(own))):
        with contextlib.suppress(OSError):
            request = urllib.request.Request(address, headers={"Host": host})
            with urllib.request.urlopen(request, timeout=5) as answer:  # nosec B310
                if own in ("", answer.headers["barut-process"]):
                    return
        time.sleep(0.2)
    sys.exit("Proses ini belum siap. Lihat lognya: journalctl -u 'barut@*'")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def open_all() -> None:
    port = int(os.environ.setdefault("PORT", "3000"))
    claim(port)
    frontend.build()
    prepare()
    print(f"\nBarut Kerja siap: http://localhost:{port}\n", flush=True)
    serve(port)


def prepare() -> None:
    """Bring the database up to date and, in the demo, make its people on the first start."""
    from barut_reflex.core import schema
    from barut_reflex.core.settings import settings
    from barut_reflex.seal import keys

    _or_exit(schema.upgrade)
    keys.ensure_key()
    if settings.is_demo:
        from barut_reflex.demo import office

        office.create_accounts()
        _introduce(settings.var / "demo-accounts.json")
        subprocess.Popen([sys.executable, "-m", "barut_reflex.demo"])


def _introduce(path: Path) -> None:
    print("\nOrang-orang demo (juga di var/demo-accounts.json):")
    for person in json.loads(path.read_text()):
        row = (person["role"], person["email"], person["password"], person["name"])
        print("  {:<14} {:<28} {:<17} {}".format(*row), flush=True)


def claim(port: int) -> None:
    """Take `port` for this process alone, until it ends.

    Granian shares a port (SO_REUSEPORT, which it cannot be told to leave): a second server would
    answer every other request. Two that start at once would both find it free, so a name stands
    for the port: a Unix socket without a file, which the server keeps open.
    """
    _refuse_taken(port, "PORT")
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind(f"\0barut-port-{port}")
    except OSError:
        _say_taken(port, "PORT")
    name.set_inheritable(True)
    name.detach()


def _refuse_taken(port: int, setting: str) -> None:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        _say_taken(port, setting)


def _say_taken(port: int, setting: str) -> NoReturn:
    sys.exit(
        f"Port {port} ({setting}) sedang dipakai. Hentikan program itu, atau jalankan: "
        "make run PORT=3001 (di server tiap unit punya port sendiri, lihat deploy/systemd)"
    )


def _refuse_other_ports(worker: int, port: int, figures: int) -> None:
    """Each worker of a unit has ports of its own; two on one port would look well and be broken."""
    wanted = (int(f"310{worker}"), int(f"910{worker}"))
    if (port, figures) != wanted:
        sys.exit(
            f"barut@{worker} harus memakai PORT={wanted[0]} dan BARUT_METRICS_PORT={wanted[1]}, "
            f"bukan {port} dan {figures}. Hapus kedua baris itu dari /etc/barut/barut.env dan "
            "pasang lagi unit dari deploy/systemd, lalu: systemctl daemon-reload"
        )


def check_office() -> None:
    """Refuse unsafe settings and a database that is not this office's, before anything opens."""
    from barut_reflex.core import db, schema

    with db.reading() as session:
        schema.check(session.connection())


def _or_exit(step: Callable[[], None]) -> None:
    """A refusal, or a database that does not answer, in one sentence."""
    from sqlalchemy.exc import OperationalError

    from barut_reflex.core.errors import Refusal

    try:
        step()
    except Refusal as refusal:
        sys.exit(refusal.message)
    except OperationalError:
        sys.exit("Database tidak menjawab. Periksa BARUT_DATABASE_URL dan PostgreSQL.")


def serve(port: int, workers: str = "") -> None:
    """Replace this process by the server."""
    _or_exit(check_office)
    # BARUT_PROCESS: the number stays the server's; `wait` asks for it.
    environment = os.environ | SERVING | {"BARUT_PROCESS": str(os.getpid())}
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
    os.execvpe(command[0], [*command, "--log-level", "warning"], environment)


if __name__ == "__main__":
    main()
