"""Attaching a checked paper adds a row and replaces the older paper of its kind."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from barut_reflex.core import figures
from barut_reflex.core.models import AuditEntry
from barut_reflex.documents import rules
from barut_reflex.documents.models import Document, QuarantinedUpload
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments, uploads
from barut_reflex.documents.storage import store
from probes.factories import make_document
from probes.files.genuine import jpeg

from .conftest import SIGN_IN, on_both_stores


def checked_paper(kind=Kind.ID_CARD, seed=0):
    return uploads.rebuild_and_store(kind, [jpeg(seed)], ["ktp.jpg"])


def acts(session):
    return [(row.act, row.actor_id, row.subject) for row in session.exec(select(AuditEntry))]


@on_both_stores
def test_a_paper_gets_its_row(session, ahmad, send):
    ticket = send(ahmad, jpeg(), name="KTP Ahmad.jpg")
    checked = uploads.rebuild_upload(session, Kind.ID_CARD, [ticket], by=ahmad, sign_in=SIGN_IN)
    document = attachments.attach(session, ahmad, Kind.ID_CARD, checked)
    assert attachments.current_papers(session, ahmad.id) == {Kind.ID_CARD: document}
    assert (document.original_name, document.owner_id) == ("KTP Ahmad.jpg", ahmad.id)
    assert store.exists(document.file)
    assert session.exec(select(QuarantinedUpload)).all() == []
    assert acts(session) == [("attach_paper", ahmad.id, ahmad.public_id)]


@on_both_stores
def test_a_newer_paper_replaces_the_older(session, ahmad):
    older = attachments.attach(session, ahmad, Kind.ID_CARD, checked_paper())
    photo = attachments.attach(session, ahmad, Kind.PHOTO, checked_paper(Kind.PHOTO))
    newer = attachments.attach(session, ahmad, Kind.ID_CARD, checked_paper(seed=1))
    papers = attachments.current_papers(session, ahmad.id)
    assert papers == {Kind.ID_CARD: newer, Kind.PHOTO: photo}
    assert older.replaced is not None
    assert store.exists(older.file)


def test_papers_of_others_stay(session, ahmad, siti):
    hers = attachments.attach(session, siti, Kind.ID_CARD, checked_paper())
    attachments.attach(session, ahmad, Kind.ID_CARD, checked_paper())
    assert attachments.current_papers(session, siti.id) == {Kind.ID_CARD: hers}


def test_fifty_megabytes_a_person(session, ahmad, monkeypatch):
    make_document(session, owner=ahmad, kind=Kind.DIPLOMA, size=49 * figures.MEGABYTE)
    make_document(session, owner=ahmad, kind=Kind.FAMILY_CARD, size=figures.MEGABYTE)
    with pytest.raises(attachments.QuotaReached, match=r"batasnya 50 MB") as refused:
        attachments.attach(session, ahmad, Kind.ID_CARD, checked_paper())
    assert refused.value.field == "id_card"
    monkeypatch.setattr(rules, "MAX_BYTES", 60 * figures.MEGABYTE)
    assert attachments.attach(session, ahmad, Kind.ID_CARD, checked_paper()).id


def test_replacing_a_large_paper_counts_only_the_new(session, ahmad):
    make_document(session, owner=ahmad, kind=Kind.ID_CARD, size=50 * figures.MEGABYTE)
    assert attachments.attach(session, ahmad, Kind.ID_CARD, checked_paper()).size < figures.MEGABYTE


def test_so_many_papers_a_person(session, ahmad, monkeypatch):
    monkeypatch.setattr(rules, "MAX_PAPERS", 1)
    make_document(session, owner=ahmad, kind=Kind.DIPLOMA)
    with pytest.raises(attachments.QuotaReached, match="batasnya 1"):
        attachments.attach(session, ahmad, Kind.ID_CARD, checked_paper())


def test_the_database_itself_allows_one_current_paper_of_a_kind(session, ahmad):
    make_document(session, owner=ahmad, kind=Kind.ID_CARD)
    with pytest.raises(IntegrityError):
        make_document(session, owner=ahmad, kind=Kind.ID_CARD)


def test_a_paper_is_taken_away(session, ahmad):
    document = attachments.attach(session, ahmad, Kind.ID_CARD, checked_paper())
    attachments.detach(session, ahmad, Kind.ID_CARD)
    assert attachments.current_papers(session, ahmad.id) == {}
    assert session.get_one(Document, document.id).replaced is not None
    assert acts(session)[-1] == ("remove_paper", ahmad.id, ahmad.public_id)


def test_taking_away_twice_changes_nothing_more(session, ahmad, siti):
    attachments.attach(session, siti, Kind.ID_CARD, checked_paper())
    attachments.detach(session, ahmad, Kind.ID_CARD)
    assert len(acts(session)) == 1
    assert Kind.ID_CARD in attachments.current_papers(session, siti.id)
