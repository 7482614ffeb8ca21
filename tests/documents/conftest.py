"""Fixtures for documents: an empty store, an unsandboxed conversion, and a way to send a file."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from barut_reflex.core.settings import settings
from barut_reflex.documents import jail
from barut_reflex.documents.imaging import __main__ as child
from barut_reflex.documents.rules import FileRefused, Kind, Reason
from barut_reflex.documents.service import uploads
from barut_reflex.documents.storage import quarantine
from barut_reflex.documents.storage import store as document_store
from barut_reflex.people.service import sessions

from ..scale import s3

SIGN_IN = "a" * 64
on_both_stores = pytest.mark.parametrize("store", ["folder", "bucket"], indirect=True)


@pytest.fixture(autouse=True)
def store(request, monkeypatch, tmp_path):
    """Papers and quarantine of this test alone, in a folder; `on_both_stores`: in a bucket too."""
    _ = settings.secret_key  # made once, and not in here
    monkeypatch.setattr(settings, "var", tmp_path / "var")
    monkeypatch.setattr(settings, "uploads", tmp_path / "uploaded_files")
    if getattr(request, "param", "folder") == "bucket":
        monkeypatch.setattr(settings, "store_key", SecretStr(s3.KEY))
        monkeypatch.setattr(settings, "store_secret", SecretStr(s3.SECRET))
        monkeypatch.setattr(settings, "store_url", s3.new_bucket())
    return tmp_path


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The jail's work without its walls; tests of the walls have a `quick` of their own."""

    def run(job, parts):
        try:
            content, facts = child.do_job(job, parts)
        except FileRefused:
            raise
        except Exception as error:
            raise FileRefused(Reason.BROKEN) from error
        return facts, content

    monkeypatch.setattr(jail, "run_job", run)


@pytest.fixture
def files(store):
    """What lies in the store and the quarantine, by name."""

    def listed(folder=""):
        return sorted(p.name for p in (store / folder).rglob("*") if p.is_file())

    return listed


@pytest.fixture
def papers(store):
    """Names of what lies in the store of papers, torn leftovers too, whichever store it is."""

    def listed():
        return sorted(document_store.names_before(datetime.now(UTC) + timedelta(days=1)))

    return listed


@pytest.fixture
def send(session):
    """Put bytes into quarantine as the route does; gives the ticket."""

    def sent(person, content, *, kind=Kind.ID_CARD, name="ktp.jpg", sign_in=SIGN_IN):
        file, handle = quarantine.open_quarantine()
        with handle:
            handle.write(content)
        ticket = uploads.issue_ticket(
            session, person, kind, file, len(content), name, sign_in=sign_in
        )
        session.commit()
        return ticket

    return sent


@pytest.fixture
def signed_in(session):
    def token_of(person):
        token = sessions.sign_in(session, person.id)
        session.commit()
        return token

    return token_of
