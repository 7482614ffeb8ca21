"""Points the settings of this process at a new, empty office folder; loads all models.

It is a demo with a low bcrypt cost. Import it before anything else of `barut_reflex`: settings
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
