"""Markup in the office's settings is shown as text on every plain page."""

import pytest
from markupsafe import Markup, escape

from barut_reflex.core.settings import Settings, settings

from .test_plain_pages import PAGES

MARKUP = """<img src=x onerror="alert('{0}')">&{0}"""
WORDS = ("app_name", "regency")
SAID = sorted(
    name
    for name, field in Settings.model_fields.items()
    if field.annotation is str and (name.startswith("office_") or name in WORDS)
)


@pytest.fixture
def planted(monkeypatch):
    """Every word of the office is markup that names its setting."""
    marks = {name: MARKUP.format(name) for name in SAID}
    for name, mark in marks.items():
        monkeypatch.setattr(settings, name, mark)
    return marks


def shown() -> str:
    return "".join(str(page()) for page in PAGES.values())


def test_every_word_of_the_office_is_shown_escaped(planted):
    html = shown()
    assert len(planted) >= 8
    assert [name for name, mark in planted.items() if str(escape(mark)) not in html] == []
    assert "<img src=x" not in html


def test_markup_that_was_let_through_would_be_found(planted, monkeypatch):
    monkeypatch.setattr(settings, "office_hours", Markup(planted["office_hours"]))
    assert "<img src=x" in shown()


def test_a_brace_in_a_word_is_no_figure(monkeypatch):
    monkeypatch.setattr(settings, "office_address", "Jalan {email} {0} {")
    assert "Jalan {email} {0} {" in str(PAGES["help"]())
