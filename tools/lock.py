"""Writes requirements*.txt from the .in files: pinned versions with hashes, no index URL."""

import subprocess

COMMON = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "-q"]
COMMON += ["--no-emit-index-url", "--no-emit-find-links"]
COMMON += ["--no-strip-extras"]  # pip takes a pin for `granian[reload]` only with its extra

for name in ("requirements", "requirements-dev"):
    extra = [] if name == "requirements" else ["-c", "requirements.txt"]
    command = ["uv", "pip", "compile", *COMMON, f"{name}.in", "-o", f"{name}.txt", *extra]
    subprocess.run(command, check=True)
