"""Runs hostile and genuine files through the upload check and counts what came of them.

Also measures memory and time of the decompression bombs in the jail.
"""

import json
import multiprocessing
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from barut_reflex.core import lanes
from probes.files.active_content import signs_of_life
from probes.files.corpus import BOMBS, HOSTILE, LIGHT
from probes.files.genuine import GPS_CANARY, genuine
from probes.files.judge import stored, verdict

ROOT = Path(__file__).parents[2]
_fork = multiprocessing.get_context("fork")


@dataclass
class CorpusResult:
    """What the office did with the files. `alive`: bad ones that were taken with something in
    them that acts or tells; `dirty`: genuine ones stored with what cameras add."""

    bad: int = 0
    classes: int = 0
    alive: list[str] = field(default_factory=list)
    good: int = 0
    refused: list[str] = field(default_factory=list)
    dirty: list[str] = field(default_factory=list)


def run_corpora(seeds: int, *, genuine_seeds: int, in_jail: bool) -> CorpusResult:
    """Both corpora; without the jail its work is done here, only bombs are opened behind it."""
    found = CorpusResult(classes=len(HOSTILE))
    work = [(seed, name) for seed in range(seeds) for name in (HOSTILE if in_jail else LIGHT)]
    for name, wrong in run_each(_check_bad, [(*item, in_jail) for item in work], in_jail):
        found.bad += 1
        found.alive += [f"{name}: {wrong}"] if wrong else []
    if not in_jail:
        for name, wrong in run_each(_check_bad, [(0, name, True) for name in BOMBS], True):
            found.bad += 1
            found.alive += [f"{name}: {wrong}"] if wrong else []
    good = [(*item, in_jail) for item in genuine(genuine_seeds)]
    for name, is_kept, signs in run_each(_check_good, good, in_jail):
        found.good += 1
        found.refused += [] if is_kept else [name]
        found.dirty += [f"{name}: {signs}"] if signs else []
    return found


def run_each(function: Any, work: list[tuple], in_jail: bool) -> list[Any]:
    """The jail has two places; without it two processes do the work."""
    if in_jail:
        with ThreadPoolExecutor(lanes.UPLOADS.slots) as pool:
            return list(pool.map(lambda item: function(*item), work))
    with _fork.Pool(2) as pool:
        return pool.starmap(function, work, chunksize=16)


def _check_bad(seed: int, name: str, in_jail: bool) -> tuple[str, list[str]]:
    return name, verdict(HOSTILE[name](seed), in_jail=in_jail)


def _check_good(name: str, file: str, content: bytes, in_jail: bool) -> tuple[str, bool, list[str]]:
    kept = stored(file, content, in_jail=in_jail)
    return name, kept is not None, signs_of_life(*kept, GPS_CANARY.encode()) if kept else []


@dataclass
class BombCosts:
    """The worst of the bombs: resident memory in MB, seconds of CPU, seconds by the wall."""

    bombs: int = 0
    taken: list[str] = field(default_factory=list)
    memory: float = 0
    cpu: float = 0
    wall: float = 0


def run_bombs() -> BombCosts:
    """Open every bomb in the jail, from a small process that has had no other children.

    Its own memory counts in: to the system a child begins as large as its parent.
    """
    command = [sys.executable, "-m", "probes.faults.corpora"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return BombCosts(**json.loads(told))


def main() -> None:
    """Print what the worst bomb cost."""
    found = BombCosts()
    for name, make in BOMBS.items():
        bad, spent, began = make(0), _cpu(), time.monotonic()
        wrong = verdict(bad, in_jail=True)
        found.wall = max(found.wall, time.monotonic() - began)
        found.cpu = max(found.cpu, _cpu() - spent)
        found.bombs += 1
        found.taken += [name] if wrong else []
    found.memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(json.dumps(vars(found)))


def _cpu() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main()
