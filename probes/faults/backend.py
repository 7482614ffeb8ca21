"""Serves an office without its compiled pages: `python -m probes.faults.backend`.

Sockets, routes, worker and people are the real ones; only the pages' files are not there, so it
opens in seconds on any port.
"""

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from probes.office import Office

ROOT = Path(__file__).parents[2]


class Backend(Office):
    """An office on a free port, opened and closed (or killed) as often as a test likes."""

    def __init__(self, folder: Path, **env: str):
        folder.mkdir(exist_ok=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        super().__init__(folder, port, **env)
        self.env |= {name: value for name, value in env.items() if name.startswith("BARUT_")}

    def open(self) -> "Backend":
        self.log = (self.var / "server.log").open("ab")
        command = [sys.executable, "-m", "probes.faults.backend"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=self.log, stderr=self.log
        )
        self._wait()
        return self

    def __enter__(self) -> "Backend":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            urllib.request.urlopen(f"{self.address}/ping", timeout=2)
        except OSError:
            return False
        return True


def main() -> None:
    """Make the demo people who can sign in, then become the server."""
    sys.path.insert(0, str(ROOT / "tools"))
    import serve

    from barut_reflex.core import schema
    from barut_reflex.demo import office
    from barut_reflex.seal import keys

    os.umask(0o077)
    schema.upgrade()
    keys.ensure_key()
    office.open_office()
    serve.SERVING.pop("__REFLEX_MOUNT_FRONTEND_COMPILED_APP")
    serve.serve(int(os.environ["PORT"]))


if __name__ == "__main__":
    main()
