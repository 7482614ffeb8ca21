"""Entry point of `python -m barut_reflex`: runs the command line."""

import sys

from .cli import main
from .core import logs

logs.configure()
sys.exit(main())
