"""The child of `jail.py`: one job from standard input, one answer on standard output.

A line of JSON, then bytes. The limits are set before any foreign byte is read; after that
this process can neither start another one nor write more than its answer.
"""

import json
import os
import resource
import sys

from ..rules import CHILD_SECONDS, Format, Reason, Unfit, format_of
from . import pages

MEMORY = 512 * 1024 * 1024
ANSWER = 64 * 1024 * 1024


def main() -> None:
    """Read the job, do it, write the answer or the reason why not."""
    lock_in()
    job = json.loads(sys.stdin.buffer.readline())
    parts = [sys.stdin.buffer.read(size) for size in job["sizes"]]
    try:
        content, facts = do_job(job, parts)
    except Unfit as unfit:
        facts = {"reason": unfit.reason, "actual": unfit.actual, "limit": unfit.limit}
        content = b""
    except MemoryError:
        content, facts = b"", {"reason": Reason.TOO_HEAVY}
    except Exception:  # a decoder may raise anything over a foreign file
        content, facts = b"", {"reason": Reason.BROKEN}
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + content)


def do_job(job: dict, parts: list[bytes]) -> tuple[bytes, dict]:
    """Draw one page, or rebuild a paper from its parts: the bytes and what is said of them."""
    if job["job"] == "draw":
        return pages.draw(parts[0], Format(job["format"]), job["page"], job["long_side"]), {}
    content, media_type, count = pages.rebuild([(part, format_of(part[:16])) for part in parts])
    return content, {"media_type": media_type, "pages": count}


def lock_in() -> None:
    """Limit this process for good: memory, time, files, and no process of its own."""
    os.nice(5)
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CHILD_SECONDS),
        (resource.RLIMIT_FSIZE, ANSWER),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    main()
