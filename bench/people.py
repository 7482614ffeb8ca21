"""Signs in demo people and new officers by writing session rows, and opens their sockets."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from barut_reflex.core.tokens import fingerprint
from probes import served

from .offices import office

SOCKETS_EACH = 8  # as many as one session may open
TIME = "%Y-%m-%d %H:%M:%S.%f"


SEEKERS = "role = 'JOB_SEEKER' AND is_active"
NEW = f"{SEEKERS} AND id NOT IN (SELECT applicant_id FROM application) ORDER BY random()"
OFFICERS = "role = 'OFFICER' AND is_active"
ADMINISTRATORS = "role = 'ADMINISTRATOR' AND is_active"


def cookies(many: int, whose: str = SEEKERS) -> list[str]:
    """Cookie headers for `many` sockets, eight of each sign-in."""
    people = served.query(office(), f"SELECT id FROM person WHERE {whose}")
    needed = -(-many // SOCKETS_EACH)
    each = [_sign_in(people[number % len(people)][0]) for number in range(needed)]
    return [each[number // SOCKETS_EACH] for number in range(many)]


def officers(many: int) -> list[str]:
    """Cookie headers of new colleagues of the demo's officers: to each, every case is new."""
    columns = [str(row[1]) for row in served.query(office(), "PRAGMA table_info(person)")]
    own = {"id": "NULL", "staff_number": "''", "mailbox": "hex(randomblob(16))"}
    own |= {"public_id": own["mailbox"], "email": own["mailbox"]}
    values = ", ".join(own.get(name, name) for name in columns)
    copied = f"INSERT INTO person SELECT {values} FROM person WHERE {OFFICERS} LIMIT 1"
    for _ in range(many):
        served.execute(office(), copied)
    newest = f"SELECT id FROM person WHERE {OFFICERS} ORDER BY id DESC LIMIT ?"
    return [_sign_in(person_id) for (person_id,) in served.query(office(), newest, (many,))]


def _sign_in(person_id: int) -> str:
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    at, ends = now.strftime(TIME), (now + timedelta(hours=12)).strftime(TIME)
    served.execute(
        office(),
        "INSERT INTO signin (token_hash, public_id, person_id, device, created, seen, confirmed, "
        "offered, ends) VALUES (?, ?, ?, 'bench', ?, ?, ?, '', ?)",
        (fingerprint(token), secrets.token_hex(16), person_id, at, at, at, ends),
    )
    return f"{served.SESSION}={token}; {served.FLOW}={secrets.token_urlsafe(32)}"


@contextmanager
def open_sockets(port: int, cookies: list[str], path: str, event: str) -> Iterator[None]:
    """So many sockets stay open meanwhile, held by a process of their own."""
    command = [sys.executable, "-m", "bench.open_sockets", str(port), path, event]
    held = subprocess.Popen(
        command, cwd=served.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert held.stdin and held.stdout
    try:
        held.stdin.write("".join(f"{cookie}\n" for cookie in cookies) + ".\n")
        held.stdin.flush()
        if held.stdout.readline().strip() != "open":
            raise RuntimeError("the sockets did not open in time")
        yield
    finally:
        held.stdin.close()
        held.wait(60)
