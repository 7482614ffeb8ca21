"""Command line of the print test: measures its rows, prints and, if asked, publishes them.

`python -m printtest [--small] [--rows 1,2] [--publish]`; `--publish` writes the page.
"""

import sys

from measure import command

from .table import PAGE, TABLE

if __name__ == "__main__":
    sys.exit(command.main(TABLE, PAGE))
