"""Starts and stops a server process (`tools/serve.py`) with its own port, database and files."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .mailbox import Mailbox

ROOT = Path(__file__).parent.parent
PORT = int(os.getenv("BARUT_TEST_PORT", "3100"))
NOT_INHERITED = {"PYTEST_CURRENT_TEST", "BARUT_BASE_URL", "BARUT_DATABASE_URL"}


class Office:
    """A running office: where it listens, who works there, what it mailed."""

    def __init__(self, var: Path, port: int = PORT, **env: str):
        self.var, self.port = var, port
        self.address = env.get("BARUT_BASE_URL", f"http://localhost:{port}")
        inherited = {name: os.environ[name] for name in os.environ if name not in NOT_INHERITED}
        self.env = inherited | {
            "BARUT_ENV": "demo",
            "PORT": str(port),
            "BARUT_VAR": str(var / "var"),
            "BARUT_UPLOADS": str(var / "uploaded_files"),
            "BARUT_BCRYPT_COST": "12",
            "REFLEX_TELEMETRY_ENABLED": "false",
            "REFLEX_CHECK_LATEST_VERSION": "false",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            **env,
        }
        self.mailbox = Mailbox(var / "var" / "outbox")

    def open(self) -> "Office":
        self.log = (self.var / "server.log").open("ab")
        command = [sys.executable, "tools/serve.py"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=self.log, stderr=self.log
        )
        self._wait()
        return self

    def _wait(self) -> None:
        host = {"Host": urlsplit(self.address).netloc}
        ping = urllib.request.Request(f"http://localhost:{self.port}/ping", headers=host)
        for _ in range(3600):
            try:
                urllib.request.urlopen(ping)
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.close()
        pytest.fail("the office did not open:\n" + (self.var / "server.log").read_text()[-4000:])

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.log.close()

    @property
    def people(self) -> list[dict[str, str]]:
        return json.loads((self.var / "var" / "demo-accounts.json").read_text())

    def one(self, role: str, nth: int = 0) -> dict[str, str]:
        return [person for person in self.people if person["role"] == role][nth]
