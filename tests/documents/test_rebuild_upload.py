"""An upload ticket opens its bytes once, for its own sign-in, kind and owner."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pypdfium2
import pytest

from barut_reflex.core import clock, db
from barut_reflex.documents import rules
from barut_reflex.documents.rules import FileRefused, Kind
from barut_reflex.documents.service import attachments, uploads
from barut_reflex.documents.storage import quarantine, store
from probes.factories import make_person
from probes.files.active_content import signs_of_life
from probes.files.genuine import GPS_CANARY, jpeg, png, scan

from .conftest import SIGN_IN, on_both_stores


def rebuild(session, person, *tickets, kind=Kind.ID_CARD, sign_in=SIGN_IN):
    return uploads.rebuild_upload(session, kind, list(tickets), by=person, sign_in=sign_in)


@on_both_stores
def test_a_picture_is_drawn_anew_and_stored(session, ahmad, send, files, papers):
    checked = rebuild(session, ahmad, send(ahmad, jpeg()))
    kept = store.read(checked.file)
    assert (checked.media_type, checked.pages, checked.size) == ("image/jpeg", 1, len(kept))
    assert signs_of_life(kept, "image/jpeg", GPS_CANARY.encode()) == []
    assert files("var") == []
    assert papers() == [checked.file]


def test_several_pictures_become_one_paper(session, ahmad, send):
    tickets = [send(ahmad, jpeg(seed)) for seed in range(2)]
    tickets.append(send(ahmad, png(), name="kk.png"))
    checked = rebuild(session, ahmad, *tickets)
    assert (checked.media_type, checked.pages) == ("application/pdf", 3)


@pytest.mark.parametrize(
    "change",
    [{"sign_in": "b" * 64}, {"kind": Kind.DIPLOMA}, {"sign_in": ""}],
    ids=["another session", "another kind", "no session"],
)
def test_a_ticket_is_bound(session, ahmad, send, change, files):
    ticket = send(ahmad, jpeg())
    with pytest.raises(uploads.UploadLost):
        rebuild(session, ahmad, ticket, **change)
    assert len(files("var")) == 1
    assert rebuild(session, ahmad, ticket).pages == 1


def test_somebody_else_s_ticket_is_missing(session, ahmad, siti, send):
    ticket = send(ahmad, jpeg())
    with pytest.raises(uploads.UploadLost):
        rebuild(session, siti, ticket)


@pytest.mark.parametrize("ticket", ["", "x", "../../etc/passwd", "a" * 64, "\0"])
def test_an_invented_ticket_is_missing(session, ahmad, ticket):
    with pytest.raises(uploads.UploadLost) as refused:
        rebuild(session, ahmad, ticket)
    assert refused.value.field == "id_card"


def test_no_ticket_is_missing_too(session, ahmad):
    with pytest.raises(uploads.UploadLost):
        rebuild(session, ahmad)


def test_a_ticket_works_once(session, ahmad, send):
    ticket = send(ahmad, jpeg())
    rebuild(session, ahmad, ticket)
    with pytest.raises(uploads.UploadLost):
        rebuild(session, ahmad, ticket)


def test_the_same_ticket_twice_is_refused(session, ahmad, send):
    ticket = send(ahmad, jpeg())
    with pytest.raises(uploads.UploadLost):
        rebuild(session, ahmad, ticket, ticket)


def test_a_ticket_lives_ten_minutes(session, ahmad, send, monkeypatch):
    ticket = send(ahmad, jpeg())
    late = clock.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: late)
    with pytest.raises(uploads.UploadLost):
        rebuild(session, ahmad, ticket)


def claim_at_once(name):
    with ThreadPoolExecutor(8) as pool:
        return [got for got in pool.map(lambda _: quarantine.claim(name), range(8)) if got]


def test_of_eight_at_once_one_takes_the_bytes():
    name, handle = quarantine.open_quarantine()
    handle.write(b"KTP")
    handle.close()
    assert claim_at_once(name) == [b"KTP"]


def test_without_the_rename_several_would_take_them(monkeypatch):
    name, handle = quarantine.open_quarantine()
    handle.write(b"KTP")
    handle.close()
    monkeypatch.setattr(quarantine, "claim", lambda n: (quarantine.folder() / n).read_bytes())
    assert len(claim_at_once(name)) == 8


@on_both_stores
def test_of_two_accepts_at_once_one_gets_the_paper(file_office, papers):
    with db.writing() as session:
        ahmad = make_person(session, name="Ahmad")
        file, handle = quarantine.open_quarantine()
        handle.write(jpeg())
        handle.close()
        given = (Kind.ID_CARD, file, 1, "a.jpg")
        ticket = uploads.issue_ticket(session, ahmad, *given, sign_in=SIGN_IN)

    def accept(_):
        try:
            with db.reading() as session:
                checked = rebuild(session, ahmad, ticket)
            with db.writing() as session:
                return attachments.attach(session, ahmad, Kind.ID_CARD, checked).file
        except uploads.UploadLost:
            return None

    with ThreadPoolExecutor(4) as pool:
        attached = [file for file in pool.map(accept, range(4)) if file]
    assert papers() == attached
    assert len(attached) == 1


@pytest.mark.parametrize(
    ("content", "name", "kind", "says"),
    [
        (b"", "a.jpg", Kind.ID_CARD, ["kosong"]),
        (jpeg() + bytes(5_500_000), "a.jpg", Kind.ID_CARD, ["5,3 MB", "5 MB", "lagi"]),
        (scan(0, 21, "L"), "a.pdf", Kind.DIPLOMA, ["21 halaman", "20 halaman", "Kirim"]),
        (scan(), "a.pdf", Kind.PHOTO, ["JPG atau PNG"]),
        (b"\0\0\0\x18ftypheic" + bytes(90), "a.heic", Kind.PHOTO, ["HEIC", "Paling Kompatibel"]),
        (jpeg(), "a.png", Kind.ID_CARD, [".png", "JPG"]),
        (jpeg()[:3000], "a.jpg", Kind.ID_CARD, ["rusak", "foto"]),
        (b"GIF89a" + bytes(90), "a.jpg", Kind.ID_CARD, ["bukan JPG"]),
    ],
    ids=["empty", "large", "21 pages", "photo as pdf", "heic", "name", "cut", "gif"],
)
def test_a_refusal_says_limit_and_fact_and_leaves_nothing(
    session, ahmad, send, files, content, name, kind, says
):
    ticket = send(ahmad, content, kind=kind, name=name)
    with pytest.raises(FileRefused) as refused:
        rebuild(session, ahmad, ticket, kind=kind)
    assert [words for words in says if words not in refused.value.message] == []
    assert refused.value.field == kind
    assert files() == []


def test_eleven_pictures_at_once_are_too_many(session, ahmad):
    with pytest.raises(FileRefused, match="11 berkas, batasnya 10"):
        rebuild(session, ahmad, *[f"t{number}" for number in range(11)])


def test_a_photo_is_one_picture(session, ahmad, send):
    tickets = [send(ahmad, jpeg(seed), kind=Kind.PHOTO) for seed in range(2)]
    with pytest.raises(FileRefused):
        rebuild(session, ahmad, *tickets, kind=Kind.PHOTO)


def test_a_bad_page_among_good_ones_leaves_nothing(session, ahmad, send, files):
    tickets = [send(ahmad, jpeg()), send(ahmad, b"<html>")]
    with pytest.raises(FileRefused):
        rebuild(session, ahmad, *tickets)
    assert files() == []


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Foto\\ktp.jpg", "ktp.jpg"),
        ("ktp\r\nX-A: b.jpg", "ktpX-A: b.jpg"),
        ("\u202egpj.exe", "gpj.exe"),
        ("k\0tp\u200b.jpg", "ktp.jpg"),
        ("e\u0301ijazah.pdf", "éijazah.pdf"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
        ("", ""),
    ],
)
def test_a_name_is_only_shown(raw, shown):
    assert rules.shown_name(raw) == shown


# -- pages that could not be viewed later ----------------------------------------------------------


@pytest.fixture
def rendered(monkeypatch):
    """Renders pages; gives the long sides asked for, and fails at the page set in `fails_at`."""

    class Rendered(list):
        fails_at = 0

    seen, real = Rendered(), pypdfium2.PdfPage.render

    def render(sheet, scale, **options):
        seen.append(round(max(sheet.get_size()) * scale + 0.5))
        if len(seen) == seen.fails_at:
            raise MemoryError
        return real(sheet, scale=scale, **options)

    monkeypatch.setattr(pypdfium2.PdfPage, "render", render)
    return seen


def test_a_page_that_cannot_be_drawn_refuses_the_paper_when_it_arrives(rendered):
    rendered.fails_at = 3
    with pytest.raises(FileRefused):
        uploads.rebuild_and_store(Kind.ID_CARD, [scan(0, 5)], ["ktp.pdf"])
    assert rendered == [rules.STORED_LONG_SIDE] * 3


def test_were_it_drawn_it_would_be_taken(rendered):
    assert uploads.rebuild_and_store(Kind.ID_CARD, [scan(0, 5)], ["ktp.pdf"]).pages == 5
    assert rendered == [rules.STORED_LONG_SIDE] * 5
