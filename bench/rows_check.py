"""The public check page under 64 concurrent connections, on SQLite and on PostgreSQL.

Requests a second and the slowest answers, by `bench.load` from many addresses.
"""

import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from measure.row import Figure, Scale
from measure.timing import percentile
from probes import served
from probes.ports import free_port
from probes.servers import empty_database

from . import offices
from .table import TABLE

CONNECTIONS = 64
A_SECOND, SLOWEST = 300, 0.5  # looks; seconds at p99
GOAL = f">= {A_SECOND} looks a second, p99 <= {SLOWEST * 1000:.0f} ms"
WHAT = f"Check page `/v/<code>`, {CONNECTIONS} connections"


@TABLE.row("check-sqlite", f"{WHAT}, SQLite", goal=GOAL)
def check_sqlite(scale: Scale) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        return _measure(scale, Path(folder), f"sqlite:///{folder}/barut.db")


@TABLE.row("check-postgresql", f"{WHAT}, PostgreSQL", goal=GOAL)
def check_postgresql(scale: Scale) -> Figure:
    with tempfile.TemporaryDirectory() as folder, empty_database() as database:
        return _measure(scale, Path(folder), database)


def _measure(scale: Scale, folder: Path, database: str) -> Figure:
    port = free_port()
    env = _settings(folder, port, database)
    codes = _run(env, ["bench/card_office.py", str(scale.of(50, 1000))]).split()
    random.Random(1).shuffle(codes)
    paths = "\n".join(f"/v/{code}" for code in codes)
    with _serving(env, port):
        load = ["bench/load.py", str(port), str(scale.of(0.5, 8)), str(CONNECTIONS)]
        answers = [json.loads(_run(env, load, paths)) for _ in range(3)]
    seconds = [one for answer in answers for one in answer["seconds"]]
    statuses = sum((Counter(answer["statuses"]) for answer in answers), Counter())
    a_second = len(seconds) / sum(answer["took"] for answer in answers)
    p50, p99 = (percentile(seconds, share) for share in (50, 99))
    noted = _count_views(database)
    passed = a_second >= A_SECOND and p99 <= SLOWEST
    passed = passed and statuses.keys() == {"200"} and noted >= len(seconds)
    said = f"{a_second:.0f} looks/s, p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms"
    detail = f"{len(codes):,} people with a card; one worker, on the same two cores as the bench; "
    detail += f"each look counted, limited and noted before it is answered ({noted:,} rows)"
    numbers = {"a second": a_second, "p50": p50, "p99": p99}
    return Figure(said, passed, detail, numbers=numbers)


def _settings(folder: Path, port: int, database: str) -> dict[str, str]:
    """An office in earnest: the demo has a database of its own only."""
    return os.environ | {
        "PYTHONPATH": str(served.ROOT),
        "BARUT_ENV": "production",
        "PORT": str(port),
        "BARUT_BASE_URL": f"https://localhost:{port}",
        "BARUT_SECRET": secrets.token_urlsafe(48),
        "BARUT_OFFICER_TOTP": "true",
        "BARUT_BCRYPT_COST": "12",
        "BARUT_SMTP_HOST": "localhost",
        "BARUT_VAR": str(folder / "var"),
        "BARUT_UPLOADS": str(folder / "uploaded_files"),
        "BARUT_DATABASE_URL": database,
    }


@contextmanager
def _serving(env: dict[str, str], port: int) -> Iterator[None]:
    process = offices.start("barut_reflex.barut_reflex:app", port, served.ROOT, **env)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _run(env: dict[str, str], command: list[str], said: str = "") -> str:
    command = [sys.executable, *command]
    options = {"cwd": served.ROOT, "env": env, "capture_output": True, "text": True}
    done = subprocess.run(command, input=said, **options)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _count_views(database: str) -> int:
    engine = create_engine(database)
    with engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM cardview")) or 0
