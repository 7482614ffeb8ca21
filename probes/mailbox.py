"""Reads the emails of the demo's mail folder: waits for one, takes a code or a link out of it."""

import email
import re
import time
from email.policy import default
from pathlib import Path

from .factories import known


class Mailbox:
    def __init__(self, folder: Path):
        self.folder = folder

    def letters(self, to: str) -> list[str]:
        """Plain texts of all letters to an address, the oldest first."""
        paths = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        read = [email.message_from_bytes(path.read_bytes(), policy=default) for path in paths]
        return [known(m.get_body(("plain",))).get_content() for m in read if to in str(m["To"])]

    def wait_for(self, to: str, pattern: str, *, after: int = 0, seconds: float = 60) -> str:
        """The first group of `pattern` in the newest letter beyond the first `after`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for letter in reversed(self.letters(to)[after:]):
                if found := re.search(pattern, letter, re.M):
                    return found[1]
            time.sleep(0.1)
        raise AssertionError(f"no letter to {to} matches {pattern}")

    def code(self, to: str, *, after: int = 0) -> str:
        return self.wait_for(to, r"^\s*(\d{6})\s*$", after=after)
