"""Upload tickets: bytes are registered in quarantine, up to a limit per person."""

from datetime import timedelta

import pytest
from sqlmodel import select

from barut_reflex.core import clock
from barut_reflex.core.tokens import fingerprint
from barut_reflex.documents import rules
from barut_reflex.documents.models import QuarantinedUpload
from barut_reflex.documents.service import uploads
from barut_reflex.documents.storage import names, store
from probes.files.genuine import jpeg


def test_only_the_hash_of_a_ticket_is_kept(session, ahmad, send):
    ticket = send(ahmad, jpeg(), name="../KTP saya.jpg")
    row = session.exec(select(QuarantinedUpload)).one()
    assert row.ticket_hash == fingerprint(ticket)
    assert (row.owner_id, row.original_name) == (ahmad.id, "KTP saya.jpg")
    assert len(ticket) >= 43


def test_thirty_uploads_may_wait(session, ahmad, siti, send, monkeypatch):
    monkeypatch.setattr(rules, "MAX_WAITING_UPLOADS", 3)
    for _ in range(3):
        send(ahmad, b"x")
    with pytest.raises(uploads.TooManyUploads):
        uploads.ensure_upload_allowed(session, ahmad)
    uploads.ensure_upload_allowed(session, siti)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert uploads.ensure_upload_allowed(session, ahmad) is None


def test_uploads_an_hour_are_limited(session, ahmad, send, monkeypatch):
    monkeypatch.setattr(rules, "MAX_UPLOADS_PER_HOUR", 2)
    for _ in range(2):
        send(ahmad, b"x")
    with pytest.raises(uploads.TooManyUploads):
        send(ahmad, b"x")


def test_a_full_disk_takes_no_upload(session, ahmad, monkeypatch):
    monkeypatch.setattr(store, "MIN_FREE_BYTES", 1 << 60)
    with pytest.raises(names.StoreFull, match="Data Anda aman"):
        uploads.ensure_upload_allowed(session, ahmad)
