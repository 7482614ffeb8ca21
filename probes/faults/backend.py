"""Serves an office without its compiled pages: `python -m probes.faults.backend`.

Sockets, routes, worker and people are the real ones; only the pages' files are not there, so it
opens in seconds on any port.
"""

import os
import sys
from pathlib import Path

from probes.office import Office

ROOT = Path(__file__).parents[2]


class Backend(Office):
    """An office on a free port, opened and closed (or killed) as often as a test likes."""

    command = ("-m", "probes.faults.backend")

    def __init__(self, folder: Path, **env: str):
        folder.mkdir(exist_ok=True)
        super().__init__(folder, **env)
        self.env |= {name: value for name, value in env.items() if name.startswith("BARUT_")}

    def __enter__(self) -> "Backend":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


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
    office.create_accounts()
    serve.SERVING.pop("__REFLEX_MOUNT_FRONTEND_COMPILED_APP")
    serve.serve(int(os.environ["PORT"]))


if __name__ == "__main__":
    main()
