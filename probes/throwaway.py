"""On import: gives this process demo settings with a new, empty folder; loads all models.

The bcrypt cost is low. Import it before anything else of `barut_reflex`: settings
are read once, on import.
"""

import os
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="barut-test-"))
os.environ["BARUT_ENV"] = "demo"
os.environ.setdefault("BARUT_VAR", str(_folder / "var"))
os.environ.setdefault("BARUT_UPLOADS", str(_folder / "uploaded_files"))
os.environ["BARUT_BCRYPT_COST"] = "4"  # full cost only where people sign in: one hash takes 0.25 s

from barut_reflex.core import desks  # noqa: E402

desks.load_models()
