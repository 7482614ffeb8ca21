"""The public pages: what must stand on them, by the exact words staff train with."""

import re
from itertools import pairwise

import pytest

from barut_reflex.core import routes
from barut_reflex.gate import shell
from barut_reflex.site.web import help as help_screen
from barut_reflex.site.web import legal, not_found, welcome

from .drawing import draw

PAGES = {
    "welcome": welcome.welcome_page,
    "terms": legal.terms_page,
    "privacy": legal.privacy_page,
    "help": help_screen.help_page,
    "404": not_found.not_found_page,
    "seeker": lambda: shell.seeker_page("Beranda"),
    "staff": lambda: shell.staff_page("Akun", active="Akun"),
}


@pytest.fixture(scope="module")
def landing():
    return draw(welcome.welcome_page())


def link_to(drawn, words):
    found = [one for one in drawn.all("ReactRouterLink") if one.text() == words]
    assert len(found) == 1, words
    return found[0].marks["to"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_one_heading_and_one_main_that_can_be_skipped_to(page):
    drawn = draw(PAGES[page]())
    assert len(drawn.all("h1")) == 1
    assert drawn.one("main").marks["id"] == "isi"
    first = drawn.all("a")[0]
    assert (first.text(), first.marks["href"]) == ("Langsung ke isi", "#isi")


@pytest.mark.parametrize("page", PAGES)
def test_headings_leave_out_no_level(page):
    levels = [
        int(one.tag[1]) for one in draw(PAGES[page]()).all() if re.fullmatch("h[1-6]", one.tag)
    ]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_pages_that_exist(page):
    drawn = draw(PAGES[page]())
    known = {f"{value.rstrip('/')}/" for name, value in vars(routes).items() if name.isupper()}
    plain = [
        one.marks["to"] for one in drawn.all("ReactRouterLink") if one.marks["to"].startswith("/")
    ]
    assert plain and set(plain) <= known
    ids = {one.marks["id"] for one in drawn.all() if "id" in one.marks}
    jumps = [one.marks["href"][1:] for one in drawn.all("a") if one.marks["href"].startswith("#")]
    assert set(jumps) <= ids


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
    pressed = [*landing.all("ReactRouterLink"), *landing.all("a"), *landing.all("button")]
    names = [one.text() + one.marks.get("aria-label", "") for one in pressed]
    assert sum("daftar" in name.lower() for name in names) == 1
    assert sum("login" in name.lower() for name in names) == 1


def test_the_landing_says_what_to_prepare(landing):
    listed = " ".join(one.text() for one in landing.all("li"))
    for paper in ("KTP", "Kartu Keluarga", "Pas foto", "Ijazah", "Sertifikat", "Surat pengalaman"):
        assert paper in listed


def test_the_menu_offers_what_the_manual_names():
    menu = draw(shell.seeker_page("Beranda")).one("details")
    assert link_to(menu, "Ganti Password") == "/lupa-password/"
    leave = menu.one("form")
    assert (leave.marks["action"], leave.marks["method"]) == ("/keluar", "post")
    assert leave.one("button").text() == "Keluar"


def test_accounts_stand_in_the_sidebar_for_administrators_only():
    source = str(shell.staff_page("Akun", active="Akun").render())
    assert 'role_rx_state_?.valueOf?.() === "administrator"' in source
    sidebar = draw(shell.staff_page("x", active="Pengajuan"))
    current = sidebar.all("ReactRouterLink", aria_current="page")
    assert [one.text() for one in current] == ["Pengajuan"]


def test_answers_are_announced():
    drawn = draw(shell.public_page("Login"))
    assert len(drawn.one("main").all("div", role="status")) == 1


def test_the_privacy_notice_names_every_kind_of_datum_and_who_to_ask():
    words = draw(legal.privacy_page()).text()
    for datum in ("NIK", "agama", "Alamat lengkap", "Nomor HP", "Email", "Pas foto", "ijazah"):
        assert datum in words
    for duty in ("Nomor 27 Tahun 2022", "3x24 jam", "retensi", "Hak Anda", "Kepada siapa bertanya"):
        assert duty in words


@pytest.mark.parametrize("group", ["kode", "masuk", "nik", "berkas", "status", "kartu"])
def test_help_can_be_linked_by_its_trouble(group):
    section = draw(help_screen.help_page()).one("section", id=group)
    assert len(section.all("details")) >= 3


def test_a_crash_shows_nothing_of_its_cause():
    source = str(not_found.error_boundary(stateful=True).render())
    assert "Halaman ini terhenti" in source
    assert "error.message" not in source and "error.stack" not in source.split("fallbackRender")[1]
