"""Command line of the benchmark: measures its rows, prints and, if asked, publishes them.

`python -m bench [--small] [--rows check,events-1] [--publish]`; `--publish` writes the page.
"""

import sys

from measure import command

from .table import PAGE, TABLE

if __name__ == "__main__":
    sys.exit(command.main(TABLE, PAGE))
