"""Starts the benchmark's servers (the office, a bare Reflex app) and reads their memory."""

import atexit
import functools
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from probes import served
from probes.office import Office
from probes.ports import foreign_server_on, free_port

SERVING = {  # as tools/serve.py does for the office
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "MALLOC_ARENA_MAX": "2",
}
BARE = Path(__file__).parent / "bare"


@dataclass
class Bare:
    """The running bare app."""

    port: int
    process: subprocess.Popen


@functools.cache
def office() -> Office:
    """The built demo office with all its people; it ends with this process."""
    opened, folder = served.new_office()
    atexit.register(folder.cleanup)
    opened.open()
    atexit.register(opened.close)
    served.set_office(opened)
    served.wait_for_people(opened)
    return opened


@functools.cache
def bare() -> Bare:
    """A counter, without gate, database or pages, served alike."""
    port = free_port()
    return Bare(port, start("bare.bare:app", port))


@contextmanager
def bare_anew(states: int) -> Iterator[Bare]:
    """The same with so many empty States, started now and ended afterwards."""
    port = free_port()
    process = start("bare.bare:app", port, BENCH_STATES=f"{states}")
    try:
        yield Bare(port, process)
    finally:
        process.terminate()
        process.wait()


def reopened() -> Office:
    """Started anew: memory that an earlier row used and gave back would hide what is used."""
    opened = office()
    opened.close()
    return opened.open()


@functools.cache
def blank() -> int:
    """The port of a bare app that also serves its one page, which is empty."""
    if not (BARE / ".web" / "build" / "client").exists():
        (BARE / "reflex.lock").mkdir(exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(served.ROOT / "reflex.lock" / name, BARE / "reflex.lock")
        tools = Path(sys.executable).parent
        env = os.environ | {"REFLEX_USE_NPM": "1", "PATH": f"{tools}:{os.environ['PATH']}"}
        env |= {"REFLEX_TELEMETRY_ENABLED": "false", "REFLEX_CHECK_LATEST_VERSION": "false"}
        export = [tools / "reflex", "export", "--frontend-only", "--no-zip"]
        subprocess.run([*export, "--loglevel", "warning"], cwd=BARE, env=env, check=True)
    port = free_port()
    start("bare.bare:app", port, __REFLEX_MOUNT_FRONTEND_COMPILED_APP="true")
    return port


def start(app: str, port: int, folder: Path = BARE, **env: str) -> subprocess.Popen:
    """An app of that folder under the office's own server; it ends with this process."""
    granian = str(Path(sys.executable).parent / "granian")
    command = [granian, "--interface", "asgi", "--factory", app, "--port", str(port)]
    command += ["--host", "127.0.0.1", "--workers", "1", "--log-level", "warning"]
    process = subprocess.Popen(
        command, cwd=folder, env=os.environ | SERVING | {"PORT": str(port), **env}
    )
    atexit.register(process.wait)
    atexit.register(process.terminate)
    _wait(f"http://localhost:{port}/ping")
    if foreign := foreign_server_on(port, process.pid):
        raise RuntimeError(foreign)
    return process


def _wait(address: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def memory(pid: int) -> float:
    """Megabytes held by a process and its children, shared pages counted once each."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [child for task in tasks for child in task.read_text().split()]
    return sum(_own(int(one)) for one in [pid, *children])


def _own(pid: int) -> float:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except ProcessLookupError:  # the demo's own work, done by now
        return 0
    return int(rollup.split("Pss:")[1].split()[0]) / 1024
