"""The ledger, an append-only file of acts a restore must not lose: card numbers, revocations …

Best on another disk than the database (`BARUT_LEDGER`). The lines of an act are written to disk
before it commits, in the order of commits; a further line voids them if the commit fails. After a
restore from a backup they are applied again (`restoring`). The file holds numbers and codes, which
contain the holder's name, and nobody's NIK, address or papers.
"""

import errno
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from . import clock
from .settings import settings

Entry = dict[str, str]
PENDING_LINES = "ledger"  # key in `session.info` of lines not yet written


@dataclass
class ReplayResult:
    """What the ledger added to a restored database.

    `lost_cards`: numbers of cards that the backup does not contain.
    """

    lost_cards: list[str] = field(default_factory=list)
    renewed: int = 0
    revoked: int = 0
    skipped_numbers: list[str] = field(default_factory=list)


def add_line(session: Session, act: str, **facts: str) -> None:
    """Add a line for this act; it is written when the act commits."""
    line = {"act": act, "at": clock.now().isoformat(), **facts}
    session.info.setdefault(PENDING_LINES, []).append(line)


@contextmanager
def written_before_commit(session: Session) -> Iterator[None]:
    """Wrap a commit: write the lines to disk before it, and void them if it fails."""
    lines: list[Entry] = session.info.pop(PENDING_LINES, [])
    if not lines:
        yield
        return
    batch = secrets.token_hex(8)
    _append([line | {"batch": batch} for line in lines])
    try:
        yield
    except BaseException:
        _append([{"void": batch}])
        raise


def path() -> Path:
    """The path of the ledger file."""
    return settings.ledger or settings.var / "ledger.jsonl"


def read() -> list[Entry] | None:
    """Every line that was not made void, the oldest first; None when there is no ledger.

    A last line cut short by a crash is skipped: its act was not committed.
    """
    if not path().exists():
        return None
    lines = [line for text in path().read_text().splitlines() if (line := _parsed(text))]
    void = {line["void"] for line in lines if "void" in line}
    return [line for line in lines if "act" in line and line["batch"] not in void]


def _parsed(text: str) -> Entry:
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _append(lines: Sequence[Mapping[str, object]]) -> None:
    """One write, so that the lines of two acts never mix; begins on a line of its own."""
    text = "".join(f"\n{json.dumps(line)}" for line in lines).encode() + b"\n"
    handle = os.open(path(), os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        if os.write(handle, text) < len(text):
            raise OSError(errno.ENOSPC, "the ledger's disk is full")
        os.fsync(handle)
    finally:
        os.close(handle)
