"""A paper opens for its owner and for staff; everybody else gets 404."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from barut_reflex.core import clock
from barut_reflex.core import views as core_views
from barut_reflex.documents import jail
from barut_reflex.documents.rules import SHOWN_LONG_SIDE, FileRefused, Kind, Reason
from barut_reflex.documents.service import attachments, uploads, views
from probes.factories import known, make_document
from probes.files.genuine import jpeg, scan

from .conftest import on_both_stores

pytestmark = on_both_stores


@pytest.fixture
def ktp(session, ahmad):
    checked = uploads.rebuild_and_store(Kind.ID_CARD, [scan(0, 2)], ["ktp.pdf"])
    return attachments.attach(session, ahmad, Kind.ID_CARD, checked)


@pytest.mark.parametrize("who", ["ahmad", "rina", "pak_budi"])
def test_owner_and_staff_open_it(session, ktp, request, who):
    document, content = views.open_paper(session, request.getfixturevalue(who), ktp.public_id)
    assert document == ktp
    assert content.startswith(b"%PDF-")


def test_somebody_else_gets_the_answer_of_a_missing_paper(session, ktp, siti):
    with pytest.raises(views.NotFound) as foreign:
        views.open_paper(session, siti, ktp.public_id)
    with pytest.raises(views.NotFound) as missing:
        views.open_paper(session, siti, "6b7a0000-0000-4000-8000-000000000000")
    assert foreign.value.message == missing.value.message


def test_without_the_staff_rule_somebody_else_would_see_it(session, ktp, siti, monkeypatch):
    monkeypatch.setattr(views, "STAFF", {siti.role})
    assert views.open_paper(session, siti, ktp.public_id)[0] == ktp


def test_a_replaced_paper_stays_readable(session, ktp, ahmad, rina):
    attachments.detach(session, ahmad, Kind.ID_CARD)
    assert views.open_paper(session, rina, ktp.public_id)[1]


def test_a_row_without_file_is_missing(session, ahmad):
    lost = make_document(session, owner=ahmad, file="0" * 32 + ".jpg")
    with pytest.raises(views.NotFound):
        views.open_paper(session, ahmad, lost.public_id)


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_beyond_the_paper_is_missing(session, ktp, ahmad, page):
    with pytest.raises(views.NotFound):
        views.get_page(session, ahmad, ktp.public_id, page)


def drawn(session, paper, number, *, by, is_small=False):
    return views.render_page(
        views.get_page(session, by, paper.public_id, number, is_small=is_small)
    )


def test_pages_are_drawn(session, ktp, rina):
    page = drawn(session, ktp, 2, by=rina)
    small = drawn(session, ktp, 2, is_small=True, by=rina)
    assert max(Image.open(io.BytesIO(page)).size) == SHOWN_LONG_SIDE
    assert max(Image.open(io.BytesIO(small)).size) == views.THUMBNAIL_LONG_SIDE


def test_a_thumbnail_of_a_photo(session, ahmad):
    checked = uploads.rebuild_and_store(Kind.PHOTO, [jpeg(size=(900, 1200))], ["a.jpg"])
    photo = attachments.attach(session, ahmad, Kind.PHOTO, checked)
    small = drawn(session, photo, 1, is_small=True, by=ahmad)
    assert Image.open(io.BytesIO(small)).size == (240, 320)


# -- what was drawn once, and what could not be drawn ---------------------------------------------


@pytest.fixture
def jobs(monkeypatch):
    """What the jail was asked to draw; `FileRefused` put in front is what it answers."""

    class Jobs(list):
        answer = b"JPEG"

    jobs = Jobs()
    views.page_cache.clear()
    views.failure_cache.clear()

    def draw(content, media_type, *, page, long_side):
        jobs.append((page, long_side))
        if isinstance(jobs.answer, FileRefused):
            raise jobs.answer
        return jobs.answer

    monkeypatch.setattr(jail, "render_page", draw)
    return jobs


class Nothing(dict):
    """Remembers nothing."""

    def __setitem__(self, key, value):
        pass


def test_a_page_is_drawn_once(session, ktp, ahmad, jobs):
    assert [drawn(session, ktp, 1, by=ahmad) for _ in range(3)] == [b"JPEG"] * 3
    assert jobs == [(1, SHOWN_LONG_SIDE)]


def test_without_the_memory_it_is_drawn_each_time(session, ktp, ahmad, jobs, monkeypatch):
    monkeypatch.setattr(views, "page_cache", Nothing())
    [drawn(session, ktp, 1, by=ahmad) for _ in range(3)]
    assert len(jobs) == 3


def try_to_draw(session, ktp, by, times):
    for is_small in [False, True] * times:
        with pytest.raises(FileRefused, match="terlalu rumit"):
            drawn(session, ktp, 2, is_small=is_small, by=by)


def test_a_page_that_failed_is_not_tried_again(session, ktp, ahmad, jobs):
    jobs.answer = FileRefused(Reason.TOO_HEAVY)
    try_to_draw(session, ktp, ahmad, 3)
    assert len(jobs) == 1
    jobs.answer = b"JPEG"
    assert drawn(session, ktp, 1, by=ahmad) == b"JPEG"  # the other page is no worse for it


def test_without_the_memory_of_failures_each_view_costs_its_ten_seconds(
    session, ktp, ahmad, jobs, monkeypatch
):
    monkeypatch.setattr(views, "failure_cache", Nothing())
    jobs.answer = FileRefused(Reason.TOO_HEAVY)
    try_to_draw(session, ktp, ahmad, 3)
    assert len(jobs) == 6


def test_what_the_machine_had_no_time_for_is_tried_again(session, ktp, ahmad, jobs, monkeypatch):
    def late(*_, **__):
        raise jail.JailBusy

    draw = jail.render_page
    monkeypatch.setattr(jail, "render_page", late)
    with pytest.raises(jail.JailBusy):
        drawn(session, ktp, 1, by=ahmad)
    monkeypatch.setattr(jail, "render_page", draw)
    assert drawn(session, ktp, 1, by=ahmad) == b"JPEG"


def record_view(session, paper, by):
    """As the door does: whose paper it is, and whether that is a new view."""
    view = known(core_views.view_of(session, views.get_page, b"", paper.public_id, 1))
    return view, core_views.is_new(session, view, by=by)


def test_whose_paper_it_is_stands_in_the_trail_once_in_ten_minutes(
    session, ktp, ahmad, rina, pak_budi, monkeypatch
):
    view, is_new = record_view(session, ktp, rina)
    assert (view.kind, view.subject, view.detail) == ("view_paper", ahmad.public_id, ktp.public_id)
    assert is_new
    core_views.record(session, view, by=rina)
    assert not record_view(session, ktp, rina)[1] and record_view(session, ktp, pak_budi)[1]
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert record_view(session, ktp, rina)[1]
