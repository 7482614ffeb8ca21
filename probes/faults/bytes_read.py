"""Counts by strace how many bytes a running office reads from each connection."""

import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from probes.factories import known

from .backend import Backend

READ = re.compile(
    r"(?:recvfrom|read|readv|recvmsg)\(\d+<TCP:\[(?P<line>[^]]+)\]>.*= (?P<bytes>\d+)$"
)


def can_watch() -> bool:
    """Whether there is strace here."""
    return shutil.which("strace") is not None


@contextmanager
def reads_of(office: Backend) -> Iterator[Counter[str]]:
    """Bytes read of each connection meanwhile; filled in at the end."""
    found: Counter[str] = Counter()
    log = office.var / "strace.log"
    family = psutil.Process(office.process.pid)
    pids = [family.pid, *(child.pid for child in family.children(recursive=True))]
    command = [str(shutil.which("strace")), "-f", "-yy", "-s", "0", "-o", str(log)]
    command += ["-e", "trace=recvfrom,read,readv,recvmsg", *(f"-p{pid}" for pid in pids)]
    watching = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        for _ in pids:
            known(watching.stderr).readline()  # "Process … attached"
        yield found
    finally:
        watching.send_signal(signal.SIGINT)
        watching.wait(30)
        found.update(_counted(log))


def _counted(log: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    with log.open(errors="replace") as lines:
        for line in lines:
            if hit := READ.search(line):
                found[hit["line"]] += int(hit["bytes"])
    return found
