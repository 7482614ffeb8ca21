"""Writes the software bill of materials (CycloneDX): `var/sbom/python.json` and `web.json`.

Python: everything installed beside this interpreter, by its own metadata. Browser: the locked
packages, without the optional binaries npm picks by machine. Neither asks the network.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
WEB = ["npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only"]
WEB += ["--omit", "optional", "--legacy-peer-deps"]


def main() -> None:
    folder = ROOT / os.getenv("BARUT_VAR", "var") / "sbom"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, bill in {"python": python_bill(), "web": web_bill()}.items():
        (folder / f"{name}.json").write_text(bill)
        print(f"{folder / name}.json: {len(json.loads(bill)['components'])} komponen")


def python_bill(*options: str) -> str:
    """The Python packages, their licences and where they come from."""
    command = [TOOLS / "cyclonedx-py", "environment", "--output-reproducible", *options]
    command.append(sys.executable)
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def web_bill() -> str:
    """The packages of the browser's part, from the lock."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            lock = json.loads((ROOT / "reflex.lock" / name).read_text())
            lock["version"] = "0.0.0"  # npm needs a version
            (Path(folder) / name).write_text(json.dumps(lock))
        env = os.environ | {"PATH": f"{TOOLS}:{os.environ['PATH']}"}
        done = subprocess.run(WEB, check=True, capture_output=True, text=True, cwd=folder, env=env)
        return done.stdout


if __name__ == "__main__":
    main()
