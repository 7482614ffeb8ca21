"""Checks that the locked requirements match the .in files and have hashes; part of `make check`."""

import re
import sys
from pathlib import Path


def main() -> None:
    wrong = []
    for name in ("requirements", "requirements-dev"):
        locked = Path(f"{name}.txt").read_text().replace("\\\n", " ")
        for line in Path(f"{name}.in").read_text().splitlines():
            wanted = re.match(r"([A-Za-z0-9_.-]+)(\[[^]]*\])?(==\S+)?$", line.strip())
            if wanted and not _is_locked(locked, wanted[1], wanted[3] or "=="):
                wrong.append(f"{name}.txt: {line}")
        pinned = re.findall(r"^[A-Za-z0-9].*$", locked, re.M)
        wrong += [f"{name}.txt: no hash: {line[:60]}" for line in pinned if "--hash=" not in line]
    if wrong:
        sys.exit("Locks differ, run `make lock`:\n" + "\n".join(wrong))
    print("locks: ok")


def _is_locked(locked: str, package: str, version: str) -> bool:
    name = re.sub(r"[-_.]+", "[-_.]+", package)
    return bool(re.search(rf"(?im)^{name}(\[[^]]*\])?{re.escape(version)}", locked))


if __name__ == "__main__":
    main()
