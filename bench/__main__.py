"""`python -m bench [--small] [--rows check,events-1] [--publish]`: measure, print, publish."""

import sys

from measure import command

from .table import PAGE, TABLE

if __name__ == "__main__":
    sys.exit(command.main(TABLE, PAGE))
