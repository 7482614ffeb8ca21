"""Background work after the demo's first start: `python -m barut_reflex.demo`."""

import os

from ..core import logs
from . import fill_office

logs.configure()
os.umask(0o077)
fill_office()
