"""An office with an empty store of its own, and a way to send it a file."""

import pytest

from barut_reflex.core.settings import settings
from barut_reflex.documents import jail, service, storage
from barut_reflex.documents.imaging import __main__ as child
from barut_reflex.documents.models import Kind
from barut_reflex.documents.rules import Reason, Unfit

SIGN_IN = "a" * 64


@pytest.fixture(autouse=True)
def store(monkeypatch, tmp_path):
    """Papers and quarantine of this test alone."""
    _ = settings.secret_key  # made once, and not in here
    monkeypatch.setattr(settings, "var", tmp_path / "var")
    monkeypatch.setattr(settings, "uploads", tmp_path / "uploaded_files")
    return tmp_path


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The jail's work without its walls; tests of the walls have a `quick` of their own."""

    def run(job, parts):
        try:
            content, facts = child._do(job, parts)
        except Unfit:
            raise
        except Exception as error:
            raise Unfit(Reason.BROKEN) from error
        return facts, content

    monkeypatch.setattr(jail, "_run", run)


@pytest.fixture
def files(store):
    """What lies in the store and the quarantine, by name."""

    def listed(folder=""):
        return sorted(p.name for p in (store / folder).rglob("*") if p.is_file())

    return listed


@pytest.fixture
def send(session):
    """Put bytes into quarantine as the route does; gives the ticket."""

    def sent(person, content, *, kind=Kind.ID_CARD, name="ktp.jpg", sign_in=SIGN_IN):
        file, handle = storage.open_quarantine()
        with handle:
            handle.write(content)
        ticket = service.receive_ticket(
            session, kind, file, len(content), name, by=person, sign_in=sign_in
        )
        session.commit()
        return ticket

    return sent
