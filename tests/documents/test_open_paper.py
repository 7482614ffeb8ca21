"""A paper opens for its owner and for staff; for others it does not exist."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from barut_reflex.core import clock
from barut_reflex.core import views as core_views
from barut_reflex.documents import service
from barut_reflex.documents.models import Kind
from barut_reflex.documents.service import views
from tests.factories import make_document

from .conftest import on_both_stores
from .genuine import jpeg, scan

pytestmark = on_both_stores


@pytest.fixture
def ktp(session, ahmad):
    checked = service.check(Kind.ID_CARD, [scan(0, 2)], ["ktp.pdf"])
    return service.attach(session, Kind.ID_CARD, checked, by=ahmad)


@pytest.mark.parametrize("who", ["ahmad", "rina", "pak_budi"])
def test_owner_and_staff_open_it(session, ktp, request, who):
    document, content = service.open_paper(session, ktp.public_id, by=request.getfixturevalue(who))
    assert document == ktp
    assert content.startswith(b"%PDF-")


def test_a_stranger_s_answer_is_that_of_a_missing_paper(session, ktp, siti):
    with pytest.raises(service.NotFound) as foreign:
        service.open_paper(session, ktp.public_id, by=siti)
    with pytest.raises(service.NotFound) as missing:
        service.open_paper(session, "6b7a0000-0000-4000-8000-000000000000", by=siti)
    assert foreign.value.message == missing.value.message


def test_without_the_staff_rule_a_stranger_would_see_it(session, ktp, siti, monkeypatch):
    monkeypatch.setattr(views, "STAFF", {siti.role})
    assert service.open_paper(session, ktp.public_id, by=siti)[0] == ktp


def test_a_replaced_paper_stays_readable(session, ktp, ahmad, rina):
    service.detach(session, Kind.ID_CARD, by=ahmad)
    assert service.open_paper(session, ktp.public_id, by=rina)[1]


def test_a_row_without_file_is_missing(session, ahmad):
    lost = make_document(session, owner=ahmad, file="0" * 32 + ".jpg")
    with pytest.raises(service.NotFound):
        service.open_paper(session, lost.public_id, by=ahmad)


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_beyond_the_paper_is_missing(session, ktp, ahmad, page):
    with pytest.raises(service.NotFound):
        service.open_page(session, ktp.public_id, page, by=ahmad)


def test_pages_are_drawn(session, ktp, rina):
    page = service.open_page(session, ktp.public_id, 2, by=rina)
    small = service.open_page(session, ktp.public_id, 2, is_small=True, by=rina)
    assert max(Image.open(io.BytesIO(page)).size) == views.FULL_VIEW
    assert max(Image.open(io.BytesIO(small)).size) == views.THUMBNAIL


def test_a_thumbnail_of_a_photo(session, ahmad):
    checked = service.check(Kind.PHOTO, [jpeg(size=(900, 1200))], ["a.jpg"])
    photo = service.attach(session, Kind.PHOTO, checked, by=ahmad)
    assert Image.open(io.BytesIO(service.thumbnail(photo))).size == (240, 320)


def looked(session, paper, by):
    """As the door does: whose paper it is, and whether that is a new look."""
    views_of = core_views.view_of(session, service.open_page, b"", (paper.public_id, 1))
    return views_of, core_views.is_new(session, views_of, by=by)


def test_whose_paper_it_is_stands_in_the_trail_once_in_ten_minutes(
    session, ktp, ahmad, rina, pak_budi, monkeypatch
):
    view, is_new = looked(session, ktp, rina)
    assert (view.seen, view.subject, view.detail) == ("view_paper", ahmad.public_id, ktp.public_id)
    assert is_new
    core_views.note(session, view, by=rina)
    assert not looked(session, ktp, rina)[1] and looked(session, ktp, pak_budi)[1]
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert looked(session, ktp, rina)[1]
