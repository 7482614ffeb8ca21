"""The frame of the Reflex pages contains what it must, in the words staff are trained with."""

import re
from itertools import pairwise

import pytest

from barut_reflex.core import routes
from barut_reflex.gate import shell
from barut_reflex.ui import feedback, native

from .drawing import draw

PAGES = {
    "guest": lambda: shell.public_page("Login"),
    "seeker": lambda: shell.seeker_page("Beranda"),
    "staff": lambda: shell.staff_page("Akun", active="Akun"),
}


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
    values = [value for value in vars(routes).values() if isinstance(value, str)]
    known = {f"{value.rstrip('/')}/" for value in values if value.startswith("/")}
    followed = [one.marks["to"] for one in drawn.all("ReactRouterLink")]
    loaded = [one.marks["href"] for one in drawn.all("a")]
    assert {to for to in followed + loaded if to.startswith("/")} <= known
    ids = {one.marks["id"] for one in drawn.all() if "id" in one.marks}
    assert {href[1:] for href in loaded if href.startswith("#")} <= ids


def test_a_plain_page_is_loaded_anew():
    drawn = draw(native.link("Bantuan", href=routes.HELP, class_name="x"))
    assert drawn.one("a").marks["href"] == "/bantuan/"
    assert (
        draw(native.link("Login", href=routes.LOGIN)).one("ReactRouterLink").marks["to"]
        == "/login/"
    )


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


def test_a_crash_shows_nothing_of_its_cause():
    source = str(feedback.error_boundary(stateful=True).render())
    assert "Halaman ini terhenti" in source
    assert "error.message" not in source and "error.stack" not in source.split("fallbackRender")[1]
