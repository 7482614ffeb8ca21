"""The first pages show the sections that other desks add to them."""

import pytest
import reflex as rx

from barut_reflex.core import desks, routes
from barut_reflex.core.desks import Section, Web
from barut_reflex.home.web import desk, seeker

FIRST_PAGES = [(routes.SEEKER_HOME, seeker.home_page), (routes.DESK, desk.desk_page)]


@pytest.fixture
def plant(monkeypatch):
    """A desk that adds two lines to the page at that address."""

    def section(route: str):
        lines = [
            Section(route=route, position=place, draw=lambda word=word: rx.el.p(word))
            for place, word in ((20, "kedua"), (10, "pertama"))
        ]
        monkeypatch.setattr(desks, "all_web", lambda: {"planted": Web(sections=lines)})

    return section


@pytest.mark.parametrize(("route", "page"), FIRST_PAGES)
def test_what_a_desk_adds_stands_there_in_its_order(plant, route, page):
    plant(route)
    drawn = str(page().render())
    assert 0 < drawn.index("pertama") < drawn.index("kedua")


@pytest.mark.parametrize(("route", "page"), FIRST_PAGES)
def test_what_belongs_to_another_page_does_not(plant, route, page):
    plant(routes.MY_CARD)
    assert "pertama" not in str(page().render())
