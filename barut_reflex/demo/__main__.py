"""Program that fills the demo's database with invented people: `python -m barut_reflex.demo`."""

import os
import sys

from ..core import logs
from ..core.errors import Refusal
from .office import create_history

# Seconds between two people. Who waits for SQLite's lock in another process asks for it every
# 0.1 s, so somebody who uses the demo meanwhile gets a turn.
PAUSE = 0.2

logs.configure()
os.umask(0o077)
try:
    create_history(pause=PAUSE)
except Refusal as refusal:
    sys.exit(refusal.message)
