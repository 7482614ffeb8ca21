"""A case as the officer reads it: facts, papers, history, flags, and what is missing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from barut_reflex.applications.models import ApplicationPaper
from barut_reflex.applications.status import Action, Status
from barut_reflex.core import clock, views
from barut_reflex.documents.models import Document
from barut_reflex.documents.rules import Kind
from barut_reflex.review import rules
from barut_reflex.review import service as review
from barut_reflex.review.queries import case as case_module
from barut_reflex.review.queries import case as review_case
from probes.case_factories import make_case, note_move
from probes.factories import LONG_AGO, known, make_document, make_profile, save

from .conftest import SEAL, read


def as_read(case):
    return {row.label: row.value for row in (*case.personal, *case.address, *case.schooling)}


def test_all_that_was_handed_in_stands_there(session, case, rina):
    found = read(session, case, rina)
    assert (found.name, found.nik) == ("Ahmad", "6205050707000006")
    facts = as_read(found)
    assert facts["Tempat, Tanggal Lahir"] == "Muara Teweh, 7 Juli 2000"
    assert (facts["Umur"], facts["Nomor HP"], facts["RT / RW"]) == (
        "25 tahun",
        "082312345678",
        "1 / 2",
    )
    assert found.skills == ["Las listrik", "Komputer"]
    assert facts["Tahun Lulus"] == "2023"


def test_the_facts_stand_in_the_order_of_the_page(session, case, rina):
    assert list(as_read(read(session, case, rina))) == [
        "Tempat, Tanggal Lahir",
        "Umur",
        "Jenis Kelamin",
        "Status Pernikahan",
        "Agama",
        "Nomor HP",
        "Email",
        "Alamat",
        "RT / RW",
        "Kelurahan/Desa",
        "Kecamatan",
        "Kabupaten/Kota",
        "Provinsi",
        "Pendidikan Terakhir",
        "Jurusan",
        "Tahun Lulus",
    ]


def test_every_page_of_every_paper_can_be_viewed(session, case, ahmad, rina):
    scan = make_document(
        session, owner=ahmad, kind=Kind.SKILL_CERTIFICATE, media_type="application/pdf", pages=2
    )
    save(session, ApplicationPaper(application_id=case.id, document_id=scan.id))
    sheets = read(session, case, rina).pages
    assert len(sheets) == 6
    pages = [sheet for sheet in sheets if scan.public_id in sheet.address]
    assert [page.address for page in pages] == [
        f"/berkas/{scan.public_id}?halaman=1",
        f"/berkas/{scan.public_id}?halaman=2",
    ]
    assert pages[1].label == "Sertifikat Keterampilan, halaman 2 dari 2"


def test_a_paper_replaced_later_does_not_slip_into_the_case(session, case, ahmad, rina):
    handed_in = session.exec(select(Document).where(Document.kind == Kind.ID_CARD)).one()
    handed_in.replaced = LONG_AGO
    save(session, handed_in)
    newer = make_document(session, owner=ahmad, kind=Kind.ID_CARD)
    addresses = [sheet.address for sheet in read(session, case, rina).pages]
    assert not any(newer.public_id in address for address in addresses)
    assert any(handed_in.public_id in address for address in addresses)


def test_the_history_says_who_when_and_why(session, case, rina):
    review.return_for_correction(session, rina, case.public_id, seal=SEAL, note="Foto buram")
    first, second = read(session, case, rina).history
    assert (first.label, first.when) == ("Dikirim oleh Ahmad", "1 April 2026 09.00")
    assert (second.label, second.note) == ("Ditolak oleh Rina", "Foto buram")


def test_what_may_be_decided_follows_the_status(session, case, rina):
    waiting = read(session, case, rina)
    assert (waiting.can_approve, waiting.seal) == (True, SEAL)
    review.return_for_correction(session, rina, case.public_id, seal=SEAL, note="Foto")
    returned = read(session, case, rina)
    assert (returned.can_approve, returned.note) == (False, "Foto")


def test_who_may_sign_is_active_staff_with_a_number(session, case, rina, pak_budi, siti):
    pak_budi.is_active = False
    save(session, pak_budi)
    found = read(session, case, rina)
    assert [(choice.value, choice.label) for choice in found.signatories] == [
        (rina.public_id, "Rina, Pengantar Kerja")
    ]
    assert found.me == rina.public_id


# -- flags ----------------------------------------------------------------------------------------


def test_a_nik_that_does_not_fit_is_flagged(session, siti, rina):
    woman = make_case(session, applicant=siti, facts={"sex": "Perempuan"})
    assert any("laki-laki" in flag for flag in read(session, woman, rina).flags)


def test_the_same_nik_elsewhere_is_flagged_to_the_officer(session, case, siti, rina):
    assert read(session, case, rina).flags == []
    make_profile(session, person=siti, nik=case.nik)
    [flag] = read(session, case, rina).flags
    assert "Siti (siti@contoh.id)" in flag


def test_the_same_nik_in_a_sent_application_is_flagged(session, case, siti, rina):
    other = make_case(session, applicant=siti)
    assert "Siti" in read(session, case, rina).flags[0]
    assert "Ahmad" in read(session, other, rina).flags[0]


def test_a_draft_of_somebody_else_is_no_flag(session, case, siti, rina):
    make_case(session, applicant=siti, status=Status.DRAFT)
    assert read(session, case, rina).flags == []


def test_another_valid_card_is_flagged_and_may_be_revoked(session, case, siti, rina):
    older = make_case(session, applicant=siti)
    card = review.approve(session, rina, older.public_id, seal=SEAL)
    found = read(session, case, rina)
    assert found.other_card == card.number
    assert any(card.number in flag for flag in found.flags)


def test_its_own_card_is_no_flag(session, case, rina):
    review.approve(session, rina, case.public_id, seal=SEAL)
    found = read(session, case, rina)
    assert (found.other_card, found.flags) == ("", [])


def test_who_is_too_young_is_flagged(session, siti, rina):
    child = make_case(
        session,
        applicant=siti,
        nik="6205050707120006",
        facts={"birth_date": "2012-07-07"},
    )
    assert "Pemohon berumur 13 tahun, di bawah batas 15 tahun." in read(session, child, rina).flags


@pytest.mark.parametrize(
    ("day", "age"), [("2026-07-06", 25), ("2026-07-07", 26), ("2028-02-29", 27)]
)
def test_age_counts_full_years(day, age):
    born = datetime(2000, 7, 7).date()
    assert rules.age_on(datetime.fromisoformat(day).date(), born) == age


# -- what is not there ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "public_id", ["", "nothing", "' OR 1=1 --", "00000000-0000-4000-8000-000000000000", "1"]
)
def test_an_unknown_address_is_answered_by_a_sentence(session, case, rina, public_id):
    found = review_case.get_case(session, rina, public_id)
    assert (found.public_id, found.missing) == ("", case_module.MISSING)


def test_a_withdrawn_application_is_as_missing_as_an_unknown_one(session, case, ahmad, rina):
    unknown = review_case.get_case(session, rina, "nothing")
    case.status = Status.DRAFT
    save(session, case)
    assert read(session, case, rina) == unknown


def test_a_job_seeker_reads_no_case_not_even_the_own_one(session, case, ahmad):
    assert read(session, case, ahmad).public_id == ""


# -- recorded views --------------------------------------------------------------------------------


def view_of_case(session, public_id, by):
    """The view that this query is, as the door records it."""
    case = review_case.get_case(session, by, public_id)
    return views.view_of(session, review_case.get_case, case, public_id)


def test_a_case_is_a_view_of_its_applicant(session, case, ahmad, rina):
    view = known(view_of_case(session, case.public_id, rina))
    assert (view.subject, view.nik, view.detail) == (ahmad.public_id, case.nik, case.public_id)


def test_another_nik_is_another_view(session, case, rina):
    before = known(view_of_case(session, case.public_id, rina))
    case.nik = "6205051212120001"
    save(session, case)
    assert known(view_of_case(session, case.public_id, rina)).key != before.key


def test_a_missing_case_leaves_no_trace(session, case, rina):
    assert view_of_case(session, "nothing", rina) is None
    case.status = Status.DRAFT
    save(session, case)
    assert view_of_case(session, case.public_id, rina) is None


def test_a_move_of_another_case_does_not_show(session, case, siti, rina):
    other = make_case(session, applicant=siti)
    note_move(session, other, Action.RETURN, by=rina, after=Status.RETURNED)
    assert len(read(session, case, rina).history) == 1


def test_age_is_counted_on_the_day_of_sending(session, siti, rina, monkeypatch):
    case = make_case(session, applicant=siti)
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(days=4000))
    assert as_read(read(session, case, rina))["Umur"] == "25 tahun"
