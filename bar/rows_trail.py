"""Audit trail: status changes and views have their rows; tampered rows are found (row 30)."""

import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from barut_reflex.applications.status import Action
from barut_reflex.core import routes
from barut_reflex.core.views import ViewKind
from measure.row import Figure, Scale
from probes import inside, served
from probes.tab import ROOT, Tab

from .table import TABLE

COLUMNS = ("act", "subject", "detail", "nik_hash", "previous", "seal")
UNRECORDED_MOVES = """
    SELECT moved.action, application.public_id FROM statusmove AS moved
    JOIN application ON application.id = moved.subject_id
    WHERE moved.machine = 'application' AND NOT EXISTS (
        SELECT 1 FROM auditentry AS told
        WHERE told.act = moved.action AND told.actor_id = moved.actor_id
        AND told.subject = application.public_id
        AND abs(julianday(told.at) - julianday(moved.at)) < 1.0 / 86400)
"""


@TABLE.row(
    30,
    "Status changes and views with their audit row; tampered rows found",
    goal="100 %; 100 of 100",
    points=2,
)
def trail(scale: Scale) -> Figure:
    office, many = served.running_office(), scale.of(30, 100, 100)
    served.wait_for_people(office)
    moves = served.query(office, "SELECT count(*) FROM statusmove WHERE machine = 'application'")[
        0
    ][0]
    untold = [f"{action} of {case}" for action, case in served.query(office, UNRECORDED_MOVES)]
    looks, unseen = open_everything(office, scale.of(3, 20, 40))
    changed, named = tamper(office, many)
    lost = len(untold) + len(unseen)
    share = 100 * (1 - lost / (moves + looks))
    right = len(changed & named)
    detail = f"{moves} moves ({', '.join(Action)}) and {looks} looks at cases, papers and cards; "
    detail += f"one byte changed in {many} rows at random, `audit verify` named {len(named)}, "
    detail += f"{len(named - changed)} of them wrongly"
    passed = lost == 0 and right == many and named == changed
    said = "; ".join([detail, *untold[:2], *unseen[:2]])
    return Figure(f"{share:.1f} %; {right} of {many}", passed, said)


def open_everything(office: Any, many: int) -> tuple[int, list[str]]:
    """An officer opens so many cases, papers and cards; looks, and those that left no row."""
    browser = served.signed_in("officer", 1)
    cases = served.query(
        office, f"SELECT public_id FROM application WHERE status <> 'DRAFT' LIMIT {many}"
    )
    papers = served.query(
        office, f"SELECT public_id FROM document WHERE replaced IS NULL LIMIT {many}"
    )
    cards = served.query(office, f"SELECT public_id FROM card LIMIT {many}")
    last = audit_head(office)
    inside.run(_open_cases(office, browser.cookie, [case for (case,) in cases]))
    for (paper,) in papers:
        assert browser.get(f"/berkas/{paper}").status_code == 200
    for (card,) in cards:
        assert browser.get(f"/kartu/{card}.pdf").status_code == 200
    rows = served.query(
        office, "SELECT act, subject, detail FROM auditentry WHERE id > ? ORDER BY id", (last,)
    )
    told = {(act, subject) for act, subject, _ in rows} | {(act, detail) for act, _, detail in rows}
    wanted = [(ViewKind.CASE, case) for (case,) in cases]
    wanted += [(ViewKind.PAPER, paper) for (paper,) in papers]
    wanted += [(ViewKind.PRINT, card) for (card,) in cards]
    return len(wanted), [f"{act} {what}" for act, what in wanted if (act, what) not in told]


def audit_head(office: Any) -> int:
    """The number of the newest row of the trail."""
    return served.query(office, "SELECT max(id) FROM auditentry")[0][0]


async def _open_cases(office: Any, cookie: str, cases: list[str]) -> None:
    for case in cases:
        async with Tab(office, cookie, path=f"{routes.INBOX}/{case}/") as tab:
            await tab.emit(f"{ROOT}.hydrate_and_load", {"vars": {}, "hashes": []})
            await tab.until(f'"public_id": "{case}"', seconds=60)


def tamper(office: Any, many: int) -> tuple[set[int], set[int]]:
    """Change one byte in rows of a copy of the trail: which were changed, which are named."""
    with tempfile.TemporaryDirectory(prefix="barut-bar-") as folder:
        copy = Path(folder) / "var"
        copy.mkdir()
        shutil.copy(served.database_file(office).parent / "secret", copy)
        own, other = served.database_file(office), copy / "barut.db"
        with closing(sqlite3.connect(own)) as source, closing(sqlite3.connect(other)) as target:
            source.backup(target)
            changed = _change_bytes(target, many)
        env = office.env | {"BARUT_VAR": str(copy)}
        command = [sys.executable, "-m", "barut_reflex", "audit", "verify"]
        done = subprocess.run(
            command, cwd=served.ROOT, env=env, capture_output=True, text=True, check=False
        )
    assert done.returncode == bool(changed), done.stdout + done.stderr
    broken = done.stdout.partition("RUSAK pada baris:")[2]
    return changed, {int(number) for number in re.findall(r"\d+", broken)}


def _change_bytes(target: sqlite3.Connection, many: int) -> set[int]:
    """Past the triggers, which only the owner of the file can take away."""
    chance = random.Random(30)
    for act in ("update", "delete"):
        target.execute(f"DROP TRIGGER IF EXISTS auditentry_no_{act}")
    numbers = [number for (number,) in target.execute("SELECT id FROM auditentry")]
    chosen = set(chance.sample(numbers[1:], many))
    for number in chosen:
        kept = target.execute(
            f"SELECT {', '.join(COLUMNS)} FROM auditentry WHERE id = ?", (number,)
        ).fetchone()
        filled = [(name, text) for name, text in zip(COLUMNS, kept, strict=True) if text]
        name, text = chance.choice(filled)
        place = chance.randrange(len(text))
        other = text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]
        target.execute(f"UPDATE auditentry SET {name} = ? WHERE id = ?", (other, number))
    target.commit()
    return chosen
