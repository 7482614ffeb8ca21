"""Checks by strace that a paper and its row are flushed to disk before success is reported.

`python -m probes.faults.flush_order FOLDER ACTS` runs under `strace`, which says in which
order files were written, flushed and renamed.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CALLS = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2"
LINE = re.compile(r"(?P<call>\w+)\((?P<args>.*)\)\s+= (?P<result>-?\d+)")
STEPS = [
    "paper written",
    "paper flushed",
    "paper renamed",
    "folder flushed",
    "row written",
    "row flushed",
    "told",
]


def traced(folder: Path, acts: int, *, way: str = "file_first") -> list[list[str]]:
    """The steps of each act, in the order the system saw them."""
    log = folder / "strace.log"
    strace = [
        shutil.which("strace"),
        "-f",
        "-y",
        "-s",
        "32",
        "-e",
        f"trace={CALLS}",
        "-o",
        str(log),
    ]
    command = [sys.executable, "-m", "probes.faults.flush_order", str(folder), str(acts), way]
    subprocess.run([*strace, *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    seen = [step for line in log.read_text(errors="replace").splitlines() if (step := _step(line))]
    return _by_act(seen)


def is_in_order(steps: list[str]) -> bool:
    """Whether the last of each step came before the first of the next one that vouches for it."""
    if not set(STEPS) <= set(steps):
        return False
    last = {step: len(steps) - 1 - steps[::-1].index(step) for step in STEPS}
    return [step for step, _ in sorted(last.items(), key=lambda item: item[1])] == STEPS


def _step(line: str) -> str:
    """What a line of strace means for us; empty if nothing."""
    found = LINE.search(line)
    if found is None or found["result"].startswith("-"):
        return ""
    call, args = found["call"], found["args"]
    if call.startswith("rename"):
        return "paper renamed" if "/papers/" in args else ""
    if call == "write" and '"told ' in args:
        return "told"
    is_flush = call in ("fsync", "fdatasync")
    if re.search(r"/papers>", args) and is_flush:
        return "folder flushed"
    if "/papers/" in args:
        return "paper flushed" if is_flush else "paper written"
    if "barut.db-wal>" in args:
        return "row flushed" if is_flush else "row written"
    return ""


def _by_act(seen: list[str]) -> list[list[str]]:
    acts: list[list[str]] = [[]]
    for step in seen:
        acts[-1].append(step)
        if step == "told":
            acts.append([])
    return [act for act in acts[1:] if act and act[-1] == "told"]


def main() -> None:
    """Hand in so many papers, telling after each."""
    from probes import throwaway as _throwaway  # noqa: F401

    from . import killing
    from .backlog import make_ready_seeker
    from .temporary_office import office_at

    folder, acts, way = sys.argv[1:]
    with office_at(Path(folder)):
        seekers = [make_ready_seeker() for _ in range(int(acts))]
        (Path(folder) / "uploaded_files" / "papers").mkdir(parents=True, exist_ok=True)
        os.write(1, b"told begun\n")
        for number, seeker in enumerate(seekers):
            content = f"{number} ".encode() * 20_000
            getattr(killing, way)(seeker, killing.Kind.ID_CARD, content)
            os.write(1, f"told {number}\n".encode())


if __name__ == "__main__":
    main()
