import sys

from .cli import main
from .core import logs

logs.configure()
sys.exit(main())
