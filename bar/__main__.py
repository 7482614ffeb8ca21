"""Command line of the bar: measures its rows, prints and, if asked, publishes the results.

`python -m bar [--small | --full] [--rows 1,2,G1] [--publish]`; `--publish` writes the page.
"""

import sys

from measure import command

from .table import PAGE, SECOND_PROCESS, TABLE

if __name__ == "__main__":
    sys.exit(command.main(TABLE, PAGE, SECOND_PROCESS))
