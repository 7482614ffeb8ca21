"""The sweep deletes files nothing refers to, and nothing else."""

import os
from datetime import timedelta

import pytest
from sqlmodel import select

from barut_reflex.core import clock
from barut_reflex.documents.models import Document, QuarantinedUpload
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments, cleanup, uploads
from barut_reflex.documents.storage import store as document_store
from probes.files.genuine import jpeg

from .conftest import on_both_stores

pytestmark = on_both_stores


def none_needed(ids):
    return set()


def sweep(session, still_needed):
    """What the worker does: files that were old before, then rows."""
    cleanup.remove_files(cleanup.orphaned(session, cleanup.old_file_names()))
    cleanup.delete_unneeded(session, still_needed=still_needed)


@pytest.fixture
def pass_time(monkeypatch):
    def passed(**span):
        later = clock.now() + timedelta(**span)
        monkeypatch.setattr(clock, "now", lambda: later)

    return passed


@pytest.fixture
def ktp(session, ahmad):
    checked = uploads.rebuild_and_store(Kind.ID_CARD, [jpeg()], ["ktp.jpg"])
    document = attachments.attach(session, ahmad, Kind.ID_CARD, checked)
    session.commit()
    return document


def test_quarantine_is_emptied_after_ten_minutes(session, ahmad, send, files, pass_time):
    send(ahmad, jpeg())
    sweep(session, none_needed)
    assert len(files("var")) == 1
    pass_time(minutes=11)
    sweep(session, none_needed)
    assert files("var") == []
    assert session.exec(select(QuarantinedUpload)).all() == []


def test_a_current_paper_stays_for_ever(session, ktp, papers, pass_time):
    pass_time(days=900)
    sweep(session, none_needed)
    assert papers() == [ktp.file]


def test_a_file_without_row_goes_after_a_day(session, ktp, papers, pass_time):
    orphan = uploads.rebuild_and_store(Kind.ID_CARD, [jpeg(1)], ["ktp.jpg"]).file
    torn = "0" * 32 + ".tmp"
    document_store.put(torn, b"half")
    pass_time(hours=23)
    sweep(session, none_needed)
    assert papers() == sorted([ktp.file, orphan, torn])
    pass_time(hours=2)
    sweep(session, none_needed)
    assert papers() == [ktp.file]


def test_a_replaced_paper_goes_row_first_then_file(session, ktp, ahmad, papers, pass_time):
    attachments.detach(session, ahmad, Kind.ID_CARD)
    pass_time(hours=25)
    sweep(session, none_needed)
    assert session.exec(select(Document)).all() == []
    assert papers() == [ktp.file]
    sweep(session, none_needed)
    assert papers() == []


def test_a_paper_an_application_shows_is_kept(session, ktp, ahmad, papers, pass_time):
    attachments.detach(session, ahmad, Kind.ID_CARD)
    pass_time(days=400)
    for _ in range(2):
        sweep(session, set)
    assert session.exec(select(Document)).one() == ktp
    assert papers() == [ktp.file]


def test_a_file_two_rows_share_stays_for_the_second(session, ktp, ahmad, siti, papers, pass_time):
    same = uploads.StoredFile(
        kind=Kind.ID_CARD,
        file=ktp.file,
        media_type=ktp.media_type,
        size=ktp.size,
        pages=1,
        sha256=ktp.sha256,
        original_name="",
    )
    attachments.attach(session, siti, Kind.ID_CARD, same)
    attachments.detach(session, ahmad, Kind.ID_CARD)
    pass_time(days=3)
    for _ in range(2):
        sweep(session, none_needed)
    assert papers() == [ktp.file]


def test_what_is_not_ours_is_left_alone(session, store, pass_time):
    outside = store / "uploaded_files" / "catatan.txt"
    outside.parent.mkdir(exist_ok=True)
    outside.write_text("x")
    os.utime(outside, (0, 0))
    pass_time(days=3)
    sweep(session, none_needed)
    assert outside.exists()
