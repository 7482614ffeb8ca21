"""Keyboard shortcuts: one table per page for its help and script, and no browser key reused."""

import json
import re
from pathlib import Path

import pytest
import reflex as rx

from barut_reflex.review.web.viewer import KEYS
from barut_reflex.ui.keys import Shortcut, shortcuts
from probes.composed import registered

ROOT = Path(__file__).parent.parent
SCRIPTS = [*(ROOT / "assets").glob("*.js"), *(ROOT / "barut_reflex").rglob("*.js")]
TABLES = [KEYS]  # of every page that has one; a page that draws another is found below

# What browsers, screen readers and the page itself do with a key by itself, without Ctrl or Alt.
TAKEN = {"Tab", "Enter", " ", "Escape", "Backspace", "Delete", "Insert", "Home", "End", "PageUp"}
TAKEN |= {"PageDown", "ArrowUp", "ArrowDown", "/", "'", "CapsLock", "Shift", "ContextMenu"}
TAKEN |= {f"F{number}" for number in range(1, 25)}
NAMES = {"ArrowRight": "→", "ArrowLeft": "←", "=": "+"}  # as the help names them, if not by itself
# Keys that a script names itself: they do what they do anyway, only safer.
BY_THEMSELVES = {
    "ui.js": {"Escape"},  # closes a menu
    "desk.js": {"Enter", "Arrow"},  # may not pass by the question; scroll a picture that is zoomed
}


def faults(table):
    """What is wrong in a table of keys."""
    keys = [key for row in table for key in row.acts]
    found = [f"{key}: twice" for key in sorted(set(keys)) if keys.count(key) > 1]
    found += [f"{key}: taken" for key in keys if key in TAKEN]
    found += [f"{key}: not in small letters" for key in keys if len(key) == 1 and key.isupper()]
    return found + [
        f"{key}: not shown"
        for row in table
        for key in row.acts
        if NAMES.get(key, key.upper()) not in re.split(" atau | dan ", row.shown)
    ]


@pytest.mark.parametrize("table", TABLES)
def test_no_key_stands_twice_or_belongs_to_somebody_else(table):
    assert faults(table) == []


@pytest.mark.parametrize(
    ("shown", "acts", "found"),
    [
        ("N", {"n": "other"}, ["n: twice"]),
        ("ENTER", {"Enter": "approve"}, ["Enter: taken"]),
        ("/", {"/": "search"}, ["/: taken"]),
        ("K", {"K": "next"}, ["K: not in small letters"]),
        ("M", {"k": "next"}, ["k: not shown"]),
    ],
)
def test_a_key_that_may_not_stand_there_is_found(shown, acts, found):
    assert faults([*KEYS, Shortcut(shown=shown, says="", acts=acts)]) == found


def keys_named_in(script):
    """The keys that a script names itself; React's own names begin with `__`."""
    named = r"""\bkey\b[^;\n]*?(?:===?|startsWith\(|case)\s*["'`](.+?)["'`]"""
    return {key for key in re.findall(named, script) if not key.startswith("__")}


def test_no_script_has_keys_of_its_own():
    listening = {path.name: path.read_text() for path in SCRIPTS if "key" in path.read_text()}
    named = {name: keys_named_in(text) for name, text in listening.items()}
    assert {name: keys for name, keys in named.items() if keys} == BY_THEMSELVES


@pytest.mark.parametrize(
    "line", ['if (event.key === "x") show();', "key == 'x' && go()", 'event.key.startsWith("x")']
)
def test_a_key_that_a_script_names_itself_is_found(line):
    assert keys_named_in(line) == {"x"}


def test_the_script_has_every_act_of_the_table():
    script = (ROOT / "assets" / "desk.js").read_text()
    acts = re.search(r"const acts = \{(.*?)\n  \};", script, re.DOTALL)
    assert acts
    wanted = {act for row in KEYS for act in row.acts.values()}
    assert wanted <= set(re.findall(r"^    (\w+): ", acts[1], re.MULTILINE))


def tables_in(component):
    """The tables of keys a page draws, as its script reads them."""
    drawn = getattr(component, "custom_attrs", {}).get("data-keys")
    found = [json.loads(drawn)] if drawn else []
    return found + [table for child in component.children for table in tables_in(child)]


def test_the_script_reads_what_the_help_shows():
    [table] = tables_in(shortcuts(*KEYS))
    assert table == {key: act for row in KEYS for key, act in row.acts.items()}
    drawn = str(shortcuts(*KEYS))
    assert all(json.dumps(text) in drawn for row in KEYS for text in (row.shown, row.says))
    assert "Pakai tombol pintas di halaman ini" in drawn  # single keys can be switched off


@pytest.fixture(scope="module")
def tables():
    """The tables of every page, by its address."""
    from barut_reflex import barut_reflex as office

    with registered(office.app):
        return {screen.route: tables_in(screen.page()) for screen in office.SCREENS}


def test_a_page_has_one_table_at_most_and_it_is_asked_above(tables):
    drawn = [table for found in tables.values() for table in found]
    known = [{key: act for row in table for key, act in row.acts.items()} for table in TABLES]
    assert [route for route, found in tables.items() if len(found) > 1] == []
    assert drawn == known


def test_two_tables_on_a_page_are_found():
    assert len(tables_in(rx.el.div(shortcuts(*KEYS), rx.el.div(shortcuts(KEYS[0]))))) == 2
