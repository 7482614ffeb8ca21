"""`python -m printtest`: the table of docs/qr.md. `--publish` writes it there."""

import os
import sys

os.environ.setdefault("BARUT_ENV", "demo")

from .table import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
