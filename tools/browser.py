"""Installs Chromium, nginx, poppler and zbar for the tests by apt; else Playwright's Chromium.

Does nothing when Chromium and nginx are there; without root only Chromium is installed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def main() -> None:
    if shutil.which("chromium") and Path("/usr/sbin/nginx").exists():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-q"], check=False, stdout=subprocess.DEVNULL)
        packages = ["chromium", "poppler-utils", "zbar-tools", "nginx"]
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
        if subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0:
            return
    if shutil.which("chromium"):
        return  # without nginx a few tests are left out and say so
    done = subprocess.run([".venv/bin/playwright", "install", "chromium"])
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
