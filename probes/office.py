"""Starts and stops a server process (`tools/serve.py`) with its own port, database and files.

The port is a free one, and `open` fails when another program answers there.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NoReturn, Self
from urllib.parse import urlsplit

import pytest

from .mailbox import Mailbox
from .ports import foreign_server_on, free_port

ROOT = Path(__file__).parent.parent
NOT_INHERITED = {"PYTEST_CURRENT_TEST", "BARUT_BASE_URL", "BARUT_DATABASE_URL"}


class Office:
    """A running office: where it listens, who works there, what it mailed."""

    command: tuple[str, ...] = ("tools/serve.py",)

    def __init__(self, var: Path, **env: str):
        """With the settings of `env`; without a `PORT` there it takes a free one."""
        self.var, self.port = var, int(env.get("PORT") or free_port())
        self.address = env.get("BARUT_BASE_URL", f"http://localhost:{self.port}")
        inherited = {name: os.environ[name] for name in os.environ if name not in NOT_INHERITED}
        self.env = inherited | {
            "BARUT_ENV": "demo",
            "PORT": str(self.port),
            "BARUT_VAR": str(var / "var"),
            "BARUT_UPLOADS": str(var / "uploaded_files"),
            "BARUT_BCRYPT_COST": "12",
            "REFLEX_TELEMETRY_ENABLED": "false",
            "REFLEX_CHECK_LATEST_VERSION": "false",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            **env,
        }
        self.mailbox = Mailbox(var / "var" / "outbox")

    def open(self) -> Self:
        self.log = (self.var / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, *self.command],
            cwd=ROOT,
            env=self.env,
            stdout=self.log,
            stderr=self.log,
        )
        self._wait()
        return self

    def _wait(self) -> None:
        for _ in range(1800):
            is_up = self.is_up()
            if foreign := foreign_server_on(self.port, self.process.pid):
                self._give_up(foreign)
            if is_up:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.2)
        self._give_up((self.var / "server.log").read_text()[-4000:])

    def is_up(self) -> bool:
        """Whether the port answers, whoever does."""
        host = {"Host": urlsplit(self.address).netloc}
        ping = urllib.request.Request(f"http://localhost:{self.port}/ping", headers=host)
        try:
            urllib.request.urlopen(ping, timeout=5)
        except OSError:
            return False
        return True

    def _give_up(self, reason: str) -> NoReturn:
        self.close()
        pytest.fail(f"the office did not open: {reason}")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.log.close()

    @property
    def people(self) -> list[dict[str, str]]:
        return json.loads((self.var / "var" / "demo-accounts.json").read_text())

    def one(self, role: str, nth: int = 0) -> dict[str, str]:
        return [person for person in self.people if person["role"] == role][nth]
