"""The S3 store when the server is unreachable, slow, cut off, or asked for something forbidden."""

import socket
import threading
from contextlib import suppress

import obstore
import pytest

from barut_reflex.core.settings import UnsafeSetting, settings
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import integrity, views
from barut_reflex.documents.storage import bucket, names, store
from barut_reflex.documents.storage.bucket import Bucket
from probes.factories import make_document

from ..scale import s3

PAPER = b"KTP" * 100_000

pytestmark = pytest.mark.parametrize("store", ["bucket"], indirect=True)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setitem(bucket.RETRY_CONFIG, "max_retries", 0)


@pytest.fixture
def nowhere(monkeypatch, impatient):
    """The server is away: nobody listens there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setattr(settings, "store_url", f"s3://barut?endpoint=http://127.0.0.1:{port}")


@pytest.fixture
def cut_line(monkeypatch, impatient):
    """A line to the real server that breaks after 100 kB of what is sent."""
    good = settings.store_url
    host, port = s3.server().removeprefix("http://").split(":")
    listener = socket.create_server(("127.0.0.1", 0))

    def carry():
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                with near, socket.create_connection((host, int(port))) as far:
                    left = 100_000
                    while left > 0 and (part := near.recv(min(left, 16_384))):
                        far.sendall(part)
                        left -= len(part)

    threading.Thread(target=carry, daemon=True).start()
    here = f"http://127.0.0.1:{listener.getsockname()[1]}"
    monkeypatch.setattr(settings, "store_url", good.replace(s3.server(), here))
    yield good
    listener.close()


def test_a_server_that_is_away_is_said_so(nowhere):
    for door in (lambda: store.add(PAPER, "jpg"), lambda: store.read("0" * 32), store.names):
        with pytest.raises(names.StoreAway, match="Data Anda aman"):
            door()
    assert not store.is_reachable()


def test_a_cut_line_leaves_no_half_object(cut_line, monkeypatch):
    with pytest.raises(names.StoreAway):
        store.add(PAPER, "jpg")
    monkeypatch.setattr(settings, "store_url", cut_line)
    assert store.names() == []


def test_a_bucket_that_is_not_there(monkeypatch):
    there = settings.store_url
    monkeypatch.setattr(settings, "store_url", there.replace("s3://barut-", "s3://missing-"))
    assert not store.is_reachable()
    with pytest.raises(names.StoreAway):
        store.add(PAPER, "jpg")


def test_two_offices_share_a_bucket_by_prefix(monkeypatch):
    name = store.add(PAPER, "jpg")
    other = settings.store_url.replace("/papers?", "/other?")
    monkeypatch.setattr(settings, "store_url", other)
    assert not store.exists(name)
    assert store.names() == []


def test_what_is_not_ours_is_not_listed(papers):
    Bucket(settings.store_url).put("catatan.txt", b"x")
    assert papers() == store.names() == []


def test_without_the_guard_a_paper_would_be_written_over(monkeypatch):
    name = store.add(PAPER, "jpg")
    put = obstore.put
    monkeypatch.setattr(
        obstore, "put", lambda *args, **kw: put(*args, **kw | {"mode": "overwrite"})
    )
    store.put(name, b"other")
    assert store.read(name) == b"other"


def test_a_paper_exchanged_in_the_bucket_is_not_shown(session, ahmad, caplog):
    name = store.add(PAPER, "jpg")
    paper = make_document(session, owner=ahmad, kind=Kind.ID_CARD, file=name)
    bucket = Bucket(settings.store_url)
    bucket.remove(name)
    bucket.put(name, b"exchanged")
    with pytest.raises(views.NotFound):
        views.open_paper(session, ahmad, paper.public_id)
    assert "alarm" in caplog.text
    assert integrity.broken_papers(session) == [name]


@pytest.mark.parametrize("endpoint", ["http://store.example.go.id", "http://10.0.0.5:9000"])
def test_papers_never_travel_in_the_clear(endpoint):
    with pytest.raises(UnsafeSetting, match="https"):
        Bucket(f"s3://barut?endpoint={endpoint}")
    Bucket(f"s3://barut?endpoint={endpoint.replace('http:', 'https:')}")
