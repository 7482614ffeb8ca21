"""Tests that pyright rejects wrong calls of services through `gate/doors.py`; part of `make check`.

It checks generated calls of a small service through each door: pyright must report exactly the
lines marked WRONG.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
WRONG = "# WRONG"

HEAD = """
from sqlmodel import Session

from barut_reflex.core import lanes, views
from barut_reflex.gate import autosave, doors
from barut_reflex.gate.cookies import Caller
from barut_reflex.people.models import Person

def service(session: Session, by: Person, name: str, *, note: str = "") -> int: ...
def for_guests(session: Session, name: str, *, note: str = "") -> int: ...
def saves(session: Session, by: Person, form: dict[str, str], *, partial: bool = False) -> None: ...
def asks_whole(session: Session, by: Person, form: dict[str, str]) -> None: ...

@views.audited(lambda *_: None)
def question(session: Session, by: Person, name: str, *, note: str = "") -> int: ...

async def calls(caller: Caller, screen: doors.Notice) -> None:
"""

EACH_DOOR = """
    right: int = await {door}, "a", note="b")
    result: str = await {door}, "a")  # WRONG
    await {door}, 7)  # WRONG
    await {door}, "a", note=7)  # WRONG
    await {door}, "a", nota="b")  # WRONG
    await {door})  # WRONG
    await {other}, "a", note="b")  # WRONG
"""

LIVE = """
    async for right in doors.live(screen, service, "a", note="b"):
        right.bit_length()
        right.upper()  # WRONG
    doors.live(screen, service, 7)  # WRONG
    doors.live(screen, service, "a", nota="b")  # WRONG
    doors.live(screen, service)  # WRONG
    doors.live(screen, for_guests, "a")  # WRONG
"""

REST = """
    await autosave.autosave(screen, saves, {"a": "b"})
    await autosave.autosave(screen, asks_whole, {"a": "b"})  # WRONG
    found: int = await doors.look(caller, question, "a", note="b")
    await doors.look(caller, question, "a", nota="b")  # WRONG
    views.audited(lambda *_: None)(for_guests)  # WRONG
"""


def probe() -> str:
    """The source that is checked."""
    parts = [HEAD]
    for door in ("act", "write", "look", "slow"):
        lane = ", lanes.CARDS" if door == "slow" else ""
        person = f"doors.{door}(caller{lane}, "
        guest = f"doors.{door}_as_guest(caller{lane}, "
        parts.append(EACH_DOOR.format(door=f"{person}service", other=f"{person}for_guests"))
        parts.append(EACH_DOOR.format(door=f"{guest}for_guests", other=f"{guest}service"))
    return "".join([*parts, LIVE, REST])


def refused(source: str) -> set[int]:
    """The lines in which pyright finds an error."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "probe.py"
        file.write_text(source)
        command = [Path(sys.executable).parent / "pyright", "--outputjson", file]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    found = json.loads(told)["generalDiagnostics"]
    return {one["range"]["start"]["line"] for one in found if one["severity"] == "error"}


def main() -> int:
    lines = probe().splitlines()
    wrong = {number for number, line in enumerate(lines) if WRONG in line}
    seen = refused("\n".join(lines))
    for number in sorted(wrong ^ seen):
        print("not refused:" if number in wrong else "refused:", lines[number].strip())
    print(f"doors: {len(wrong & seen)} of {len(wrong)} wrong calls are refused")
    return int(wrong != seen)


if __name__ == "__main__":
    sys.exit(main())
