"""POST /berkas/<kind>: who may send, how much is read, and that a refusal stores nothing."""

import asyncio

import pytest
from sqlmodel import select

from barut_reflex.core.figures import MEGABYTE
from barut_reflex.core.settings import settings
from barut_reflex.core.tokens import fingerprint
from barut_reflex.documents.models import QuarantinedUpload
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import uploads
from barut_reflex.documents.storage import quarantine, store
from barut_reflex.documents.web import routes
from probes.files.genuine import jpeg

from .raw_request import CHUNK, Call


def post(kind="id_card", **changes):
    return Call(f"/berkas/{kind}", method="POST", **changes)


async def test_bytes_arrive_and_a_ticket_comes_back(session, ahmad, signed_in, files):
    token = signed_in(ahmad)
    call = await post(
        token=token, chunks=[jpeg()], headers={"x-file-name": "KTP%20%C3%A9.jpg"}
    ).run()
    assert call.status == 200
    row = session.exec(select(QuarantinedUpload)).one()
    assert row.ticket_hash == fingerprint(call.answer["ticket"])
    assert (row.sign_in, row.original_name) == (fingerprint(token), "KTP é.jpg")
    assert files("var") == [row.file]
    checked = uploads.rebuild_upload(
        session, Kind.ID_CARD, [call.answer["ticket"]], by=ahmad, sign_in=fingerprint(token)
    )
    assert checked.pages == 1


async def test_without_a_sign_in_no_byte_is_read(session, files):
    call = await post(chunks=[CHUNK] * 9).run()
    assert (call.status, call.asked) == (401, 0)
    assert files() == []


async def test_an_officer_may_not_send(session, rina, signed_in, files):
    call = await post(token=signed_in(rina), chunks=[CHUNK]).run()
    assert (call.status, call.asked) == (403, 0)


@pytest.mark.parametrize(
    "origin", [None, "null", "https://jahat.example", "http://localhost:30000"]
)
async def test_a_foreign_page_may_not_send(session, ahmad, signed_in, origin):
    call = await post(token=signed_in(ahmad), chunks=[CHUNK], headers={"origin": origin}).run()
    assert (call.status, call.asked) == (403, 0)


async def test_an_announced_giant_is_refused_unread(session, ahmad, signed_in, files):
    large = {"content-length": str(10**9)}
    call = await post(token=signed_in(ahmad), chunks=[CHUNK] * 9, headers=large).run()
    assert (call.status, call.asked) == (409, 0)
    assert "batasnya 5 MB" in call.answer["error"]
    assert files() == []


@pytest.mark.parametrize("headers", [{}, {"content-length": "10"}, {"content-length": "x"}])
async def test_reading_stops_at_six_megabytes(session, ahmad, signed_in, files, headers):
    endless = [CHUNK] * 4000
    call = await post(token=signed_in(ahmad), chunks=endless, headers=headers).run()
    assert call.status == 409
    assert call.asked * len(CHUNK) <= 6 * MEGABYTE + len(CHUNK)
    assert files() == []


async def test_without_the_cap_it_would_read_on(session, ahmad, signed_in, monkeypatch):
    monkeypatch.setattr(settings, "upload_cap", 1 << 40)
    call = await post(token=signed_in(ahmad), chunks=[CHUNK] * 30).run()
    assert (call.status, call.asked) == (200, 31)


async def test_a_cut_connection_leaves_nothing(session, ahmad, signed_in, files):
    call = await post(token=signed_in(ahmad), chunks=[CHUNK] * 3, ends=False).run()
    assert call.status == 400
    assert files() == []
    assert session.exec(select(QuarantinedUpload)).all() == []


async def test_a_cancelled_request_leaves_nothing(session, ahmad, signed_in, files, monkeypatch):
    monkeypatch.setattr(routes, "MAX_CONCURRENT_UPLOADS", 1)
    token = signed_in(ahmad)
    call = post(token=token, chunks=[CHUNK, "hang"])
    task = asyncio.create_task(call.run())
    while call.asked < 2:
        await asyncio.sleep(0.01)
    assert len(files("var")) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert files() == []
    assert (await post(token=token).run()).status == 200  # its slot is free again


async def test_waiting_times_out(session, ahmad, signed_in, files, monkeypatch):
    monkeypatch.setattr(routes, "MIN_UPLOAD_SECONDS", 0.05)
    monkeypatch.setattr(routes, "MIN_BYTES_PER_SECOND", len(CHUNK) * 1000)
    call = await post(token=signed_in(ahmad), chunks=[CHUNK, "hang"]).run()
    assert call.status == 409
    assert "terlalu lama" in call.answer["error"]
    assert files() == []


@pytest.mark.parametrize(("slowest", "status"), [(len(CHUNK) / 60, 200), (len(CHUNK) * 1000, 409)])
async def test_bytes_that_arrive_extend_the_timeout(
    session, ahmad, signed_in, monkeypatch, slowest, status
):
    """A paper may take as long as a slow line needs; without that it ends, the control says."""
    monkeypatch.setattr(routes, "MIN_UPLOAD_SECONDS", 1)
    monkeypatch.setattr(routes, "MIN_BYTES_PER_SECOND", slowest)
    call = await post(token=signed_in(ahmad), chunks=[CHUNK, "wait"]).run()
    assert call.status == status


async def test_three_at_a_time(session, ahmad, siti, signed_in):
    token = signed_in(ahmad)
    waiting = [post(token=token, chunks=[CHUNK, "hang"]) for _ in range(3)]
    tasks = [asyncio.create_task(call.run()) for call in waiting]
    while any(call.asked < 2 for call in waiting):
        await asyncio.sleep(0.01)
    fourth = await post(token=token, chunks=[CHUNK]).run()
    other = await post(token=signed_in(siti), chunks=[CHUNK]).run()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (fourth.status, fourth.asked) == (409, 0)
    assert other.status == 200


async def test_an_unknown_kind_is_refused_unread(session, ahmad, signed_in):
    call = await post("../../etc", token=signed_in(ahmad), chunks=[CHUNK]).run()
    assert (call.status, call.asked) in ((409, 0), (404, 0))


async def test_a_full_disk_is_said_before_reading(session, ahmad, signed_in, monkeypatch):
    monkeypatch.setattr(store, "MIN_FREE_BYTES", 1 << 60)
    call = await post(token=signed_in(ahmad), chunks=[CHUNK]).run()
    assert (call.status, call.asked) == (409, 0)
    assert "penuh" in call.answer["error"]


async def test_a_disk_that_fills_up_leaves_nothing(session, ahmad, signed_in, files, monkeypatch):
    open_quarantine = quarantine.open_quarantine

    class Full:
        def __init__(self, file):
            self.file = file

        def write(self, _):
            raise OSError(28, "No space left on device")

        def close(self):
            self.file.close()

    def filling():
        name, file = open_quarantine()
        return name, Full(file)

    monkeypatch.setattr(quarantine, "open_quarantine", filling)
    call = await post(token=signed_in(ahmad), chunks=[CHUNK]).run()
    assert call.status == 409
    assert files() == []
