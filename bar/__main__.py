"""`python -m bar [--small | --full] [--rows 1,2,G1] [--publish]`: measure, print, publish."""

import sys

from measure import command

from .table import PAGE, SECOND_PROCESS, TABLE

if __name__ == "__main__":
    sys.exit(command.main(TABLE, PAGE, SECOND_PROCESS))
