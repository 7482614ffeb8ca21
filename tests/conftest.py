"""The cast: ahmad and siti seek work, rina is an officer, pak_budi administers the office."""

import os
import tempfile
from pathlib import Path

_office = Path(tempfile.mkdtemp(prefix="barut-test-"))
os.environ["BARUT_ENV"] = "demo"
os.environ.setdefault("BARUT_VAR", str(_office / "var"))
os.environ.setdefault("BARUT_UPLOADS", str(_office / "uploaded_files"))
os.environ["BARUT_BCRYPT_COST"] = "4"  # slow on purpose only where people sign in

import pytest  # noqa: E402
from sqlalchemy.pool import StaticPool  # noqa: E402
from sqlmodel import Session, SQLModel, create_engine  # noqa: E402

from barut_reflex.accounts.models import Role, StaffKind  # noqa: E402
from barut_reflex.cards import models as _cards  # noqa: E402, F401  registers every table
from barut_reflex.core import db  # noqa: E402
from barut_reflex.core import models as _core  # noqa: E402, F401
from barut_reflex.profiles import models as _profiles  # noqa: E402, F401
from barut_reflex.sharing import models as _sharing  # noqa: E402, F401

from .factories import make_person  # noqa: E402


@pytest.fixture
def session(monkeypatch):
    """An empty office in memory."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    SQLModel.metadata.create_all(engine)
    monkeypatch.setattr(db, "engine", engine)
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def file_office(monkeypatch, tmp_path):
    """An empty office in a file, for acts that run at the same time; gives its engine."""
    engine = db.make_engine(f"sqlite:///{tmp_path}/office.db")
    SQLModel.metadata.create_all(engine)
    monkeypatch.setattr(db, "engine", engine)
    yield engine
    engine.dispose()


@pytest.fixture
def ahmad(session):
    return make_person(session, name="Ahmad")


@pytest.fixture
def siti(session):
    return make_person(session, name="Siti")


@pytest.fixture
def rina(session):
    return make_person(
        session,
        name="Rina",
        role=Role.OFFICER,
        position="Pengantar Kerja",
        staff_kind=StaffKind.PNS,
        staff_number="198501012010012001",
    )


@pytest.fixture
def pak_budi(session):
    return make_person(
        session,
        name="Budi",
        role=Role.ADMINISTRATOR,
        position="Kepala Bidang",
        staff_kind=StaffKind.PNS,
        staff_number="197001011995011001",
    )
