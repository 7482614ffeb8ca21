"""GET /berkas/<paper>: who may view its pages, under which headers, and that it is recorded."""

import pytest

from barut_reflex.core import audit, lanes
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments, uploads, views
from probes.files.genuine import scan

from .raw_request import Call


@pytest.fixture
def ktp(session, ahmad):
    checked = uploads.rebuild_and_store(Kind.ID_CARD, [scan(0, 2)], ['../KTP\r\n "Ahmad" é.pdf'])
    document = attachments.attach(session, ahmad, Kind.ID_CARD, checked)
    session.commit()
    return document


async def test_a_paper_is_shown_so_that_it_cannot_act(session, ktp, ahmad, signed_in):
    call = await Call(f"/berkas/{ktp.public_id}", token=signed_in(ahmad)).run()
    assert call.status == 200
    assert call.body.startswith(b"%PDF-")
    assert call.headers["content-type"] == "application/pdf"
    assert call.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert call.headers["x-content-type-options"] == "nosniff"
    assert call.headers["cross-origin-resource-policy"] == "same-origin"
    assert "no-store" in call.headers["cache-control"]
    disposition = call.headers["content-disposition"]
    assert disposition.startswith("inline; filename=\"id_card.pdf\"; filename*=UTF-8''")
    assert not {"\r", "\n"} & set(disposition)


async def test_one_page_is_a_picture(session, ktp, rina, signed_in):
    call = await Call(f"/berkas/{ktp.public_id}?halaman=2", token=signed_in(rina)).run()
    assert (call.status, call.headers["content-type"]) == (200, "image/jpeg")
    assert call.body.startswith(b"\xff\xd8")


@pytest.fixture
def job_seekers_wait(monkeypatch):
    """The lane of job seekers' views has no slot left."""
    monkeypatch.setattr(lanes, "PAPER_PAGES", lanes.Lane(0, per_person=1, queue_per_person=-1))
    views.page_cache.clear()


async def view_status(paper, token):
    return (await Call(f"/berkas/{paper.public_id}?halaman=1", token=token).run()).status


async def test_officers_view_while_job_seekers_wait(
    session, ktp, ahmad, rina, signed_in, job_seekers_wait
):
    assert await view_status(ktp, signed_in(ahmad)) == 429
    assert await view_status(ktp, signed_in(rina)) == 200
    assert await view_status(ktp, signed_in(ahmad)) == 200  # what was just drawn waits for nothing


async def test_in_one_lane_officers_would_wait_too(
    session, ktp, rina, signed_in, job_seekers_wait, monkeypatch
):
    monkeypatch.setattr(lanes, "OFFICER_PAPER_PAGES", lanes.PAPER_PAGES)
    assert await view_status(ktp, signed_in(rina)) == 429


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "²", "9999999"])
async def test_a_page_that_is_not_there(session, ktp, ahmad, signed_in, page):
    path = f"/berkas/{ktp.public_id}?halaman={page}"
    assert (await Call(path, token=signed_in(ahmad)).run()).status == 404


async def test_somebody_else_sees_what_a_missing_paper_shows(session, ktp, siti, signed_in):
    token = signed_in(siti)
    foreign = await Call(f"/berkas/{ktp.public_id}", token=token).run()
    page = await Call(f"/berkas/{ktp.public_id}?halaman=1", token=token).run()
    missing = await Call("/berkas/6b7a0000-0000-4000-8000-000000000000", token=token).run()
    assert foreign.status == page.status == missing.status == 404
    assert foreign.body == page.body == missing.body
    assert foreign.headers == missing.headers


async def test_a_guest_is_led_to_the_login(session, ktp):
    call = await Call(f"/berkas/{ktp.public_id}").run()
    assert call.status == 303
    assert b"%PDF" not in call.body


async def test_views_of_staff_are_recorded_before_anything_is_shown(
    session, ktp, rina, signed_in, monkeypatch
):
    def broken(*_, **__):
        raise RuntimeError("no audit, no view")

    call = Call(f"/berkas/{ktp.public_id}", token=signed_in(rina))
    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError):
        await call.run()
    assert call.body.find(b"%PDF") < 0
