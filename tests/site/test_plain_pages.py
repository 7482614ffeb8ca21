"""The plain pages contain what they must, in the exact words staff are trained with."""

import re
from itertools import pairwise

import pytest

from barut_reflex.core import routes
from barut_reflex.core.settings import settings
from barut_reflex.site.web import help as help_screen
from barut_reflex.site.web import legal, not_found, welcome

from .reading import read

PAGES = {
    "welcome": welcome.welcome_page,
    "terms": legal.terms_page,
    "privacy": legal.privacy_page,
    "help": help_screen.help_page,
    "404": not_found.not_found_page,
}


def page(name):
    return read(str(PAGES[name]()))


@pytest.fixture(scope="module")
def landing():
    return page("welcome")


def link_to(drawn, words):
    found = [one for one in drawn.all("a") if one.text() == words]
    assert len(found) == 1, words
    return found[0].marks["href"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_and_one_main_that_can_be_skipped_to(name):
    drawn = page(name)
    assert len(drawn.all("h1")) == len(drawn.all("title")) == 1
    assert drawn.one("html").marks["lang"] == "id"
    assert drawn.one("main").marks["id"] == "isi"
    first = drawn.all("a")[0]
    assert (first.text(), first.marks["href"]) == ("Langsung ke isi", "#isi")


@pytest.mark.parametrize("name", PAGES)
def test_headings_leave_out_no_level(name):
    levels = [int(one.tag[1]) for one in page(name).all() if re.fullmatch("h[1-6]", one.tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_pages_that_exist(name):
    drawn = page(name)
    values = [value for value in vars(routes).values() if isinstance(value, str)]
    known = {f"{value.rstrip('/')}/" for value in values if value.startswith("/")}
    links = [one.marks["href"] for one in drawn.all("a")]
    assert {href for href in links if href.startswith("/")} <= known
    ids = {one.marks["id"] for one in drawn.all() if "id" in one.marks}
    assert {href[1:] for href in links if href.startswith("#")} <= ids


@pytest.mark.parametrize("name", PAGES)
def test_a_page_brings_one_script_and_nothing_inline(name):
    drawn = page(name)
    assert [one.marks["src"] for one in drawn.all("script")] == ["/ui.js"]
    assert drawn.one("script").text() == "" and drawn.all("style") == []
    marks = {mark for one in drawn.all() for mark in one.marks}
    assert not [mark for mark in marks if mark == "style" or mark.startswith("on")]


def test_the_landing_makes_the_four_promises(landing):
    said = [one.text() for one in landing.all("h3")]
    for promise in (
        "Proses Cepat 1x24 Jam",
        "Verifikasi Dokumen",
        "Layanan Gratis",
        "Layanan 100% Resmi",
    ):
        assert promise in said


def test_the_landing_leads_to_sign_up_and_login_and_repeats_neither_name(landing):
    assert link_to(landing, "Daftar") == "/daftar/"
    assert link_to(landing, "Login") == "/login/"
    pressed = [*landing.all("a"), *landing.all("button")]
    names = [one.text() + one.marks.get("aria-label", "") for one in pressed]
    assert sum("daftar" in name.lower() for name in names) == 1
    assert sum("login" in name.lower() for name in names) == 1


def test_the_landing_says_what_to_prepare(landing):
    listed = " ".join(one.text() for one in landing.all("li"))
    for paper in ("KTP", "Kartu Keluarga", "Pas foto", "Ijazah", "Sertifikat", "Surat pengalaman"):
        assert paper in listed


def test_the_landing_follows_the_figures_of_the_office(monkeypatch):
    monkeypatch.setattr(settings, "validity_months", 36)
    monkeypatch.setattr(settings, "report_months", 4)
    words = page("welcome").text()
    assert "3 tahun" in words and "4 bulan" in words
    monkeypatch.setattr(settings, "validity_months", 18)
    assert "18 bulan" in page("welcome").text()


def test_the_privacy_notice_names_every_kind_of_datum_and_who_to_ask():
    words = page("privacy").text()
    for datum in ("NIK", "agama", "Alamat lengkap", "Nomor HP", "Email", "Pas foto", "ijazah"):
        assert datum in words
    for duty in ("Nomor 27 Tahun 2022", "3x24 jam", "retensi", "Hak Anda", "Kepada siapa bertanya"):
        assert duty in words


@pytest.mark.parametrize("group", ["kode", "masuk", "nik", "berkas", "status", "kartu"])
def test_help_can_be_linked_by_its_trouble(group):
    section = page("help").one("section", id=group)
    assert len(section.all("details")) >= 3
