"""Entry point of the sandbox process: reads one job from standard input, writes one answer.

Both are a line of JSON, then bytes. The resource limits are set before any foreign byte is read;
from then on the process can't start another one nor write more than its answer.
"""

import json
import os
import resource
import sys

from ..rules import CPU_SECONDS, FileRefused, Format, Reason, format_of
from . import pages

MEMORY_LIMIT = 512 * 1024 * 1024
OUTPUT_LIMIT = 64 * 1024 * 1024


def main() -> None:
    """Read the job, do it, write the answer or the reason why not."""
    lock_in()
    job = json.loads(sys.stdin.buffer.readline())
    parts = [sys.stdin.buffer.read(size) for size in job["sizes"]]
    try:
        content, facts = do_job(job, parts)
    except FileRefused as unfit:
        facts = {"reason": unfit.reason, "actual": unfit.actual, "limit": unfit.limit}
        content = b""
    except MemoryError:
        content, facts = b"", {"reason": Reason.TOO_HEAVY}
    except Exception:  # a decoder may raise anything over a foreign file
        content, facts = b"", {"reason": Reason.BROKEN}
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + content)


def do_job(job: dict, parts: list[bytes]) -> tuple[bytes, dict]:
    """Render a page or re-encode a paper: the content, and facts about it."""
    if job["job"] == "draw":
        return pages.render_page(parts[0], Format(job["format"]), job["page"], job["long_side"]), {}
    content, media_type, count = pages.rebuild([(part, format_of(part[:16])) for part in parts])
    return content, {"media_type": media_type, "pages": count}


def lock_in() -> None:
    """Set this process its limits: memory, time, open files, no child processes."""
    os.nice(5)
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT_LIMIT),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    main()
