"""Hostile files are refused, or what is stored of them is harmless."""

import pytest

from barut_reflex.documents import rules
from barut_reflex.documents.imaging import pictures
from probes.files.active_content import signs_of_life
from probes.files.active_pdfs import ACTIVE
from probes.files.corpus import BOMBS, HOSTILE, LIGHT
from probes.files.judge import verdict
from probes.files.planted_pdfs import copy_pages

pytestmark = pytest.mark.slow  # a corpus of files


@pytest.fixture(autouse=True)
def quick():
    """Here the jail itself is tried."""


def test_there_are_300_classes():
    assert len(HOSTILE) >= 300


@pytest.mark.parametrize("name", LIGHT)
def test_a_hostile_file_is_refused_or_dead(name):
    assert verdict(HOSTILE[name](0)) == []


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_or_dead(name):
    assert verdict(BOMBS[name](0), in_jail=True) == []


@pytest.mark.parametrize("name", sorted(ACTIVE))
def test_active_content_is_found_in_each_pdf_before(name):
    assert signs_of_life(ACTIVE[name](0), "application/pdf", b"KANARI") != []


def test_a_careless_copy_would_be_found(monkeypatch):
    """Negative control: with pages copied instead of drawn, actions come along."""
    copy_pages(monkeypatch)
    assert verdict(HOSTILE["pdf with action in graphics state"](0)) != []


def test_without_the_allow_list_other_formats_would_be_drawn(monkeypatch):
    monkeypatch.setattr(rules, "SIGNATURES", rules.SIGNATURES | {b"GIF8": rules.Format.PNG})
    monkeypatch.setattr(pictures, "DECODERS", {rules.Format.PNG: ("GIF", {"GIF"})})
    assert verdict(HOSTILE["gif as png"](0)) == ["taken"]
