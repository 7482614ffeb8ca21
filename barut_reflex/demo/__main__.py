"""Program that fills the demo's database with invented people: `python -m barut_reflex.demo`."""

import os
import sys

from ..core import logs
from ..core.errors import Refusal
from .office import create_history

logs.configure()
os.umask(0o077)
try:
    create_history()
except Refusal as refusal:
    sys.exit(refusal.message)
