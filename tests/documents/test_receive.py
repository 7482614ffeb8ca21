"""POST /berkas/<kind>: who may send, how much is read, and that a refusal leaves nothing."""

import asyncio
import json

import pytest
from sqlmodel import select
from starlette.applications import Starlette

from barut_reflex.core import audit, lanes
from barut_reflex.core.figures import MEGABYTE
from barut_reflex.core.settings import settings
from barut_reflex.core.tokens import fingerprint
from barut_reflex.documents.models import QuarantinedUpload
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments, uploads, views
from barut_reflex.documents.storage import quarantine, store
from barut_reflex.documents.web import routes
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.people.service import sessions
from probes.files.genuine import jpeg, scan

APP = Starlette(routes=routes.ROUTES)
CHUNK = bytes(256 * 1024)


class Call:
    """One request, its body handed over chunk by chunk; `asked` counts the chunks asked for."""

    def __init__(self, path, *, method="GET", token="", headers=None, chunks=(), ends=True):
        sent = {"host": "localhost:3000", "origin": settings.origins[0]} | (headers or {})
        if token:
            sent["cookie"] = f"{COOKIE}={token}"
        path, _, query = path.partition("?")
        self.scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(k.encode(), v.encode()) for k, v in sent.items() if v is not None],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 3000),
            "scheme": "http",
        }
        self.chunks, self.ends, self.asked = iter(chunks), ends, 0
        self.status, self.headers, self.body = 0, {}, b""

    async def receive(self):
        self.asked += 1
        chunk = next(self.chunks, None)
        if chunk == "hang":
            await asyncio.sleep(3600)
        if chunk == "wait":
            await asyncio.sleep(1.2)
            chunk = CHUNK
        if chunk is None and not self.ends:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            self.body += message.get("body", b"")

    async def run(self):
        await APP(self.scope, self.receive, self.send)
        return self

    @property
    def answer(self):
        return json.loads(self.body)


def post(kind="id_card", **changes):
    return Call(f"/berkas/{kind}", method="POST", **changes)


@pytest.fixture
def signed_in(session):
    def token_of(person):
        token = sessions.sign_in(session, person.id)
        session.commit()
        return token

    return token_of


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


async def test_patience_ends(session, ahmad, signed_in, files, monkeypatch):
    monkeypatch.setattr(routes, "MIN_UPLOAD_SECONDS", 0.05)
    monkeypatch.setattr(routes, "MIN_BYTES_PER_SECOND", len(CHUNK) * 1000)
    call = await post(token=signed_in(ahmad), chunks=[CHUNK, "hang"]).run()
    assert call.status == 409
    assert "terlalu lama" in call.answer["error"]
    assert files() == []


@pytest.mark.parametrize(("slowest", "status"), [(len(CHUNK) / 60, 200), (len(CHUNK) * 1000, 409)])
async def test_bytes_that_arrive_buy_patience(
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
    """The lane of job seekers' looks has no place left."""
    monkeypatch.setattr(lanes, "PAPER_PAGES", lanes.Lane(0, per_person=1, queue_per_person=-1))
    views.page_cache.clear()


async def look_at(paper, token):
    return (await Call(f"/berkas/{paper.public_id}?halaman=1", token=token).run()).status


async def test_officers_look_while_job_seekers_wait(
    session, ktp, ahmad, rina, signed_in, job_seekers_wait
):
    assert await look_at(ktp, signed_in(ahmad)) == 429
    assert await look_at(ktp, signed_in(rina)) == 200
    assert await look_at(ktp, signed_in(ahmad)) == 200  # what was just drawn waits for nothing


async def test_in_one_lane_officers_would_wait_too(
    session, ktp, rina, signed_in, job_seekers_wait, monkeypatch
):
    monkeypatch.setattr(lanes, "OFFICER_PAPER_PAGES", lanes.PAPER_PAGES)
    assert await look_at(ktp, signed_in(rina)) == 429


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "²", "9999999"])
async def test_a_page_that_is_not_there(session, ktp, ahmad, signed_in, page):
    path = f"/berkas/{ktp.public_id}?halaman={page}"
    assert (await Call(path, token=signed_in(ahmad)).run()).status == 404


async def test_a_stranger_sees_what_a_missing_paper_shows(session, ktp, siti, signed_in):
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


async def test_looks_of_staff_are_noted_before_anything_is_shown(
    session, ktp, rina, signed_in, monkeypatch
):
    def broken(*_, **__):
        raise RuntimeError("no audit, no view")

    call = Call(f"/berkas/{ktp.public_id}", token=signed_in(rina))
    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError):
        await call.run()
    assert call.body.find(b"%PDF") < 0
