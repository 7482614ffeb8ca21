"""Finds a Chromium for the browser journeys, or installs one."""

import os
import shutil
import subprocess
import sys


def main() -> None:
    if shutil.which("chromium"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-q"], check=False, stdout=subprocess.DEVNULL)
        packages = ["chromium", "poppler-utils", "zbar-tools"]
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
        if subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0:
            return
    done = subprocess.run([".venv/bin/playwright", "install", "chromium"])
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
