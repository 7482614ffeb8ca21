"""The copy of a person's data: complete, only theirs, limited and recorded."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlmodel import select

from barut_reflex.cards.service import printing
from barut_reflex.core import clock, limits
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.documents.rules import Kind
from barut_reflex.people.service import sessions
from barut_reflex.profiles.service import entries
from barut_reflex.rights import service as rights
from probes.card_factories import FACTS, give_card, portrait
from probes.factories import make_document, make_profile

from ..browsing import open_browser

SECRETS = ("password_hash", "token_hash", "code_hash", "seal")


@pytest.fixture
def entered(session, card, ahmad):
    make_profile(session, person=ahmad)
    token = sessions.sign_in(session, ahmad.id, device="Firefox")
    session.commit()
    return token


@pytest.fixture
def copied(session, entered, ahmad):
    def copy(by=ahmad):
        file = io.BytesIO()
        rights.pack(session, by, file)
        return zipfile.ZipFile(file)

    return copy


def test_the_copy_is_whole(session, copied, card, ahmad, rina):
    printing.record_print(session, rina, card.public_id)
    bundle = copied()
    data = json.loads(bundle.read("data.json"))
    assert data["akun"]["email"] == ahmad.email
    assert data["data_diri"]["NIK"] == "6205050707000006"
    assert data["data_diri"]["Alamat"] == "Jl. Pangeran Antasari"
    [application] = data["pengajuan"]
    assert application["data_saat_dikirim"]["Nama Lengkap"] == "Bambang Susilo Hartono"
    [held] = data["kartu"]
    assert (held["nomor_pendaftaran"], held["keadaan"]) == (card.number, "Berlaku")
    assert len(held["dicetak"]) == 1
    assert data["sesi"][0]["perangkat"] == "Firefox"
    assert {"issue_card", "sign_in", "print_card"} <= {one["tindakan"] for one in data["jejak"]}
    assert {one["oleh"] for one in data["jejak"]} == {"Anda", "Petugas"}


def test_every_paper_is_in_it_as_stored(session, copied, ahmad):
    bundle = copied()
    data = json.loads(bundle.read("data.json"))
    [paper] = data["berkas"]
    assert paper["jenis"] == "Pas Foto"
    assert bundle.read(paper["file"]) == portrait()
    assert data["pengajuan"][0]["berkas"] == [paper["file"]]


def test_a_lost_file_does_not_spoil_the_rest(session, copied, ahmad):
    make_document(session, owner=ahmad, kind=Kind.ID_CARD, file=f"{'a' * 32}.jpg")
    assert len(copied().namelist()) == 3


def test_nothing_of_others_and_no_secret_is_in_it(session, copied, card, siti, ahmad, rina):
    facts = FACTS.model_copy(update={"nik": "6205050707000007"})
    give_card(session, holder=siti, officer=rina, facts=facts)
    make_profile(session, person=siti, nik="6205050707000007")
    text = copied().read("data.json").decode()
    assert siti.email not in text and "6205050707000007" not in text
    assert not any(word in text for word in SECRETS)
    assert rina.email not in text
    mine = copied(by=siti)
    assert ahmad.email not in mine.read("data.json").decode()


def test_a_typed_nik_does_not_show_who_viewed_its_owner(session, copied, card, siti, rina):
    """Siti types ahmad's NIK; what officers did with ahmad's card is none of her business."""
    make_profile(session, person=siti, nik=card.nik)
    data = json.loads(copied(by=siti).read("data.json"))
    assert [one["tindakan"] for one in data["jejak"] if one["oleh"] != "Anda"] == []


def test_somebody_without_anything_gets_a_copy_too(session, copied, siti):
    data = json.loads(copied(by=siti).read("data.json"))
    assert data["kartu"] == data["pengajuan"] == data["berkas"] == []
    assert data["data_diri"]["NIK"] == ""


def test_three_copies_a_day(session, set_clock, ahmad, monkeypatch):
    for _ in range(3):
        rights.count_copy(session, ahmad)
    with pytest.raises(rights.TooManyCopies):
        rights.count_copy(session, ahmad)
    copies = select(AuditEntry).where(AuditEntry.act == "copy_own_data")
    assert [entry.actor_id for entry in session.exec(copies)] == [ahmad.id] * 3
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    rights.count_copy(session, ahmad)


def test_without_the_limit_it_would_go_on(session, set_clock, ahmad, monkeypatch):
    monkeypatch.setattr(limits, "spend_within", lambda *args: True)
    for _ in range(10):
        rights.count_copy(session, ahmad)
    assert session.exec(select(AuditEntry)).all()[-1].act == "copy_own_data"


# -- the route --------------------------------------------------------------------------------


@pytest.fixture
def browser():
    headers = {"origin": settings.address, "sec-fetch-site": "same-origin"}
    return open_browser(headers=headers, follow_redirects=False)


def test_the_route_sends_the_zip(browser, entered):
    browser.cookies.set("sesi", entered)
    answer = browser.post("/data-saya")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert list(settings.var.glob("tmp*")) == []


def test_a_fourth_time_leads_back_to_the_page(browser, entered):
    browser.cookies.set("sesi", entered)
    answers = [browser.post("/data-saya") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 303]
    assert answers[-1].headers["location"] == "/data-saya/"


def test_guests_and_staff_get_none(session, browser, rina):
    assert browser.post("/data-saya").status_code == 401
    token = sessions.sign_in(session, rina.id)
    session.commit()
    browser.cookies.set("sesi", token)
    assert browser.post("/data-saya").status_code == 403


def test_the_profile_and_its_proofs_are_in_the_copy(session, copied, ahmad):
    form = {"title": "Kasir", "organisation": "Toko", "kind": "Kontrak", "start": "2020"}
    job = entries.save_entry(session, ahmad, "experience", "", form | {"is_current": "on"})
    entries.answer(session, ahmad, "training", is_none=True)
    make_document(session, owner=ahmad, kind=Kind.PROOF, proves=job.public_id, file="bukti.jpg")
    data = json.loads(copied().read("data.json"))
    parts = {one["bagian"]: one for one in data["profil"]}
    assert parts["Pengalaman Kerja"]["isi"][0]["judul"] == "Kasir"
    assert parts["Pelatihan"]["tidak_ada"]
    assert "Bukti Profil" in [paper["jenis"] for paper in data["berkas"]]
