"""Checking a password takes time linear in its length, and happens once per form."""

import sys

import pytest
from zxcvbn import matching

from barut_reflex.accounts import rules
from barut_reflex.accounts.service import sign_up
from barut_reflex.core.errors import Invalid

from .conftest import sign_up_form
from .passwords import password_error

OWN = ["aaa aaaa aaaaa aaaaaa"]
SIGNS = "4@8({[<369!1|70$5+2%"


def steps(ask, *args) -> int:
    """How many lines of the rules, or of this file, were run."""
    files, counted = {rules.__file__, __file__}, 0

    def note(frame, event, arg):
        nonlocal counted
        if frame.f_code.co_filename not in files:
            return None
        counted += event == "line"
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        ask(*args)
    finally:
        sys.settrace(before)
    return counted


def of_own_words(letters: int) -> int:
    return steps(password_error, "a" * letters + "bQ7", OWN)


def test_twice_the_letters_take_about_twice_the_steps():
    assert of_own_words(110) < 3 * of_own_words(55)
    assert of_own_words(110) < 20_000


def test_trying_every_way_to_cut_it_takes_ever_more():
    def made_of(text, words):
        fitting = [word for word in words if text.startswith(word)]
        return not text or any(made_of(text[len(word) :], words) for word in fitting)

    words = ["aaa", "aaaa", "aaaaa", "aaaaaa"]
    assert steps(made_of, "a" * 26 + "b", words) > 4 * steps(made_of, "a" * 13 + "b", words)


def test_own_words_are_few_and_short():
    assert "mudah" in (password_error("Wulaningsih-26", ["Dewi Wulaningsih"]) or "")
    many = [" ".join(f"kata{number}" for number in range(5000))]
    assert steps(password_error, "perahu kecil di sungai", many) < 5_000


@pytest.fixture
def readings(monkeypatch):
    """How many readings of signs as letters zxcvbn is made to try."""
    tried, real = [], matching.enumerate_l33t_subs

    def noted(table):
        subs = real(table)
        tried.append(len(subs))
        return subs

    monkeypatch.setattr(matching, "enumerate_l33t_subs", noted)
    return tried


def test_signs_are_read_as_letters_in_a_few_ways_only(readings):
    password_error(SIGNS * 3 + "aB1!", [])
    assert max(readings) < 40


def test_without_that_limit_they_would_be_read_in_thousands(readings, monkeypatch):
    monkeypatch.setattr(rules, "MAX_READINGS", 10**9)
    password_error(SIGNS + "aB1!", [])
    assert max(readings) > 500


@pytest.fixture
def asked(monkeypatch):
    """The texts whose guesses were counted; what zxcvbn asks itself about is shorter."""
    texts, real = [], matching.omnimatch

    def noted(text, *args):
        texts.append(text)
        return real(text, *args)

    monkeypatch.setattr(matching, "omnimatch", noted)
    return texts


@pytest.mark.parametrize(
    "change", [{"name": "7"}, {"email": "x"}, {"agreed": ""}, {"again": "lain"}]
)
def test_a_form_refused_anyway_is_not_guessed_at(session, asked, change):
    with pytest.raises(Invalid):
        sign_up.prepare_sign_up(session, sign_up_form(**change))
    assert asked == []


def test_a_good_form_is_guessed_at_once(session, asked):
    form = sign_up_form()
    sign_up.prepare_sign_up(session, form)
    assert asked.count(form["password"][: rules.MAX_JUDGED_LENGTH]) == 1
