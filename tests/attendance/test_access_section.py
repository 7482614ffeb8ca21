"""The section of access codes on the card page stands between the card's acts and its views."""

import asyncio

import reflex as rx

from barut_reflex.attendance.service import NewAccessCode
from barut_reflex.attendance.web import access_code
from barut_reflex.attendance.web.access_code import AccessCodeState
from barut_reflex.core import desks, routes
from barut_reflex.gate.access import rule_of
from barut_reflex.people.rules import Role
from barut_reflex.siapkerja.web import mine

from ..screens import screen_of
from ..ui.drawing import draw


def test_it_is_drawn_for_whoever_has_a_digital_card():
    page = str(rx.fragment(mine.card_page()).render())
    places = [page.index(word) for word in ("Simpan PDF", "Kode akses", "Belum ada kartu")]
    assert places == sorted(places)
    assert page.count("Buat Kode Akses") == 1


def test_without_the_desk_the_page_has_none(monkeypatch):
    monkeypatch.setattr(desks, "all_web", dict)
    assert "Kode akses" not in str(rx.fragment(mine.card_page()).render())


def test_only_a_job_seeker_makes_one():
    for handler in (AccessCodeState.load, AccessCodeState.make_code):
        assert rule_of(handler.fn) == frozenset({Role.JOB_SEEKER})


def test_each_code_is_drawn_anew_so_that_its_minute_begins_again():
    drawn = draw(access_code.access_section())
    assert any("data-digits" in one.marks for one in drawn.all("p"))


def test_the_page_opens_without_the_code_of_before():
    (section,) = desks.sections_of(routes.MY_CARD)
    assert section.on_load == (AccessCodeState.load,)
    screen = screen_of(AccessCodeState)
    screen.code = NewAccessCode("id", "123 456", 60)
    loaded = AccessCodeState.load.fn(screen)
    if loaded is not None:
        asyncio.run(loaded)
    assert screen.code == NewAccessCode()
