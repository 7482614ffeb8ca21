"""Context managers: an office whose database, papers and ledger lie in one folder, for `with`."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from barut_reflex.core import db, schema
from barut_reflex.core.settings import settings


@contextmanager
def office_at(folder: Path, url: str = "") -> Iterator[str]:
    """An office whose database, papers and ledger lie in `folder`; gives the database's address."""
    (folder / "var").mkdir(parents=True, exist_ok=True)
    url = url or f"sqlite:///{folder}/var/barut.db"
    engine = db.make_engine(url)
    _ = settings.secret_key
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "var", folder / "var")
        patch.setattr(settings, "uploads", folder / "uploaded_files")
        patch.setattr(settings, "ledger", folder / "ledger.jsonl")
        patch.setattr(db, "engine", engine)
        schema.upgrade(engine)
        yield url
        db.engine.dispose()


@contextmanager
def temporary_office(url: str = "") -> Iterator[str]:
    """An empty office in a folder of its own; gives the database's address."""
    place = tempfile.TemporaryDirectory(prefix="barut-office-")
    with place as folder, office_at(Path(folder), url) as address:
        yield address
