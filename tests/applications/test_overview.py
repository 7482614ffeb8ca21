"""The applicant's overview: which papers are needed, what is missing, and each step's date."""

import pytest

from barut_reflex.applications import queries as applications
from barut_reflex.applications import service as application_service
from barut_reflex.applications.rules import NoSuchKind, kind_named, required_papers
from barut_reflex.applications.status import Action, Stage, Status
from barut_reflex.documents.rules import Kind
from barut_reflex.profiles.rules.fact_rows import FactRow
from barut_reflex.profiles.rules.facts import Education
from probes.factories import make_application, make_document, make_profile

from .cases import make_ready

PAPERS_FIRST = [Kind.ID_CARD, Kind.FAMILY_CARD, Kind.PHOTO]


@pytest.mark.parametrize(
    ("education", "has_skills", "more"),
    [
        (None, False, []),
        (Education.NONE, False, []),
        (Education.NONE, True, [Kind.SKILL_CERTIFICATE]),
        (Education.SD, False, [Kind.DIPLOMA]),
        (Education.S3, True, [Kind.DIPLOMA, Kind.SKILL_CERTIFICATE]),
    ],
)
@pytest.mark.seed("manual 3.5a")
def test_the_papers_follow_education_and_skills(education, has_skills, more):
    assert required_papers(education, has_skills=has_skills) == PAPERS_FIRST + more


def test_an_unknown_kind_of_paper_is_refused():
    assert kind_named("photo") is Kind.PHOTO
    with pytest.raises(NoSuchKind):
        kind_named("../photo")


def test_nobody_began_yet(session, ahmad):
    assert applications.my_overview(session, by=ahmad) == applications.Overview()


def test_personal_data_only(session, ahmad):
    make_profile(session, person=ahmad, education=None, graduation_year=None, major="")
    make_application(session, applicant=ahmad, status=Status.DRAFT)
    view = applications.my_overview(session, by=ahmad)
    assert (view.stage, view.status) == (Stage.PERSONAL_ONLY, "Draft Belum Terkirim")
    assert FactRow("Tanggal Lahir", "7 Juli 2000") in view.personal
    assert FactRow("Nomor HP", "082312345678") in view.personal


def test_the_page_lists_every_fact_in_its_order(session, ahmad):
    make_profile(session, person=ahmad, skills="las")
    make_application(session, applicant=ahmad, status=Status.DRAFT)
    view = applications.my_overview(session, by=ahmad)
    assert [row.label for row in view.personal] == [
        "NIK",
        "Nama Lengkap",
        "Tempat Lahir",
        "Tanggal Lahir",
        "Jenis Kelamin",
        "Agama",
        "Status Pernikahan",
        "Nomor HP",
    ]
    assert [row.label for row in view.address] == [
        "Alamat",
        "RT",
        "RW",
        "Kelurahan/Desa",
        "Kecamatan",
        "Kabupaten/Kota",
        "Provinsi",
    ]
    assert [row.label for row in view.schooling] == [
        "Pendidikan Terakhir",
        "Jurusan",
        "Tahun Lulus",
    ]
    assert view.skills == ["las"]


def test_some_papers_missing_names_them(session, ahmad):
    make_profile(session, person=ahmad, skills="las")
    make_document(session, owner=ahmad, kind=Kind.ID_CARD)
    make_application(session, applicant=ahmad, status=Status.DRAFT)
    view = applications.my_overview(session, by=ahmad)
    assert view.stage is Stage.INCOMPLETE
    assert view.missing == ["Kartu Keluarga", "Pas Foto", "Ijazah", "Sertifikat Keterampilan"]


def test_complete(session, ahmad):
    make_ready(session, ahmad)
    make_application(session, applicant=ahmad, status=Status.DRAFT)
    view = applications.my_overview(session, by=ahmad)
    assert (view.stage, view.missing) == (Stage.COMPLETE, [])
    assert [paper.label for paper in view.papers] == ["KTP", "Kartu Keluarga", "Pas Foto", "Ijazah"]


def test_each_step_is_dated_and_the_next_one_named(session, ahmad, rina):
    make_ready(session, ahmad)
    application_service.start_new(session, ahmad)
    sent = application_service.submit(session, ahmad)
    application_service.move(session, sent, Action.RETURN, by=rina, note="Foto KTP buram")
    view = applications.my_overview(session, by=ahmad)
    assert (view.stage, view.note, view.tone) == (Stage.RETURNED, "Foto KTP buram", "danger")
    assert [m.label for m in view.moments] == [
        "Draft dibuat",
        "Dikirim",
        "Ditolak",
        "Perbaiki dan kirim ulang",
    ]
    assert [m.is_done for m in view.moments] == [True, True, True, False]
    assert view.moments[2].note == "Foto KTP buram"


def test_a_sent_application_shows_what_was_sent(session, ahmad):
    profile = make_ready(session, ahmad)
    application_service.start_new(session, ahmad)
    application_service.submit(session, ahmad)
    profile.name = "Lain"
    make_document(session, owner=ahmad, kind=Kind.EXPERIENCE_LETTER)
    view = applications.my_overview(session, by=ahmad)
    assert (view.stage, len(view.papers)) == (Stage.SUBMITTED, 4)
    assert FactRow("Nama Lengkap", "Ahmad") in view.personal


def test_my_page_shows_nothing_of_another_person(session, ahmad, siti):
    make_ready(session, siti)
    application_service.start_new(session, siti)
    assert applications.my_overview(session, by=ahmad).stage is Stage.NONE
    assert applications.papers_screen(session, ahmad).papers["photo"].public_id == ""


def test_which_papers_are_asked_for_stands_on_the_screen(session, ahmad):
    make_profile(session, person=ahmad, skills="las", education=Education.NONE)
    screen = applications.papers_screen(session, ahmad)
    assert screen.required == ["id_card", "family_card", "photo", "skill_certificate"]
    assert not screen.form.has_year


def test_replaced_papers_stay_as_long_as_an_application_shows_them(session, ahmad):
    make_ready(session, ahmad)
    application_service.start_new(session, ahmad)
    sent = application_service.submit(session, ahmad)
    ids = [paper.id for paper in applications.papers_of(session, sent.id)]
    spare = make_document(session, owner=ahmad, kind=Kind.EXPERIENCE_LETTER).id
    assert applications.still_attached(session, [*ids, spare]) == set(ids)
