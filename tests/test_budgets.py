"""What browsers download stays within the size budgets of `tools/check_budgets.py`."""

import random

import pytest

from tools import check_budgets
from tools.check_budgets import BUDGETS, ROOT, heaviest_page, over_budget, without_budget


def test_nothing_weighs_more_than_it_may(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["check_budgets.py"])
    check_budgets.main()
    assert capsys.readouterr().out == "budgets: ok\n"


@pytest.fixture
def folder(tmp_path):
    """A script of 1,000 bytes that cannot be packed."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "new.js").write_bytes(random.Random(1).randbytes(1000))
    return tmp_path


def test_what_weighs_more_is_found(folder):
    assert over_budget(folder, {("assets/*.js",): 1100}) == []
    [line] = over_budget(folder, {("assets/*.js",): 1000})
    assert "budget 1,000" in line


def test_a_row_without_files_is_found(folder):
    assert over_budget(folder, {("assets/*.css",): 1000}) == ["assets/*.css: no such file"]


def test_a_file_in_no_row_is_found(folder):
    assert without_budget(folder) == ["assets/new.js: in no row of BUDGETS"]


def test_no_file_is_counted_twice():
    files = [path for patterns in BUDGETS for one in patterns for path in ROOT.glob(one)]
    assert len(files) == len(set(files))


def test_make_check_stops_when_too_much_is_sent(folder, monkeypatch):
    monkeypatch.setattr(check_budgets, "ROOT", folder)
    monkeypatch.setattr("sys.argv", ["check_budgets.py"])
    with pytest.raises(SystemExit, match=r"new\.js"):
        check_budgets.main()
    assert "tools/check_budgets.py" in (ROOT / "Makefile").read_text()


def test_the_heaviest_page_is_found(folder):
    (folder / "small.html").write_text("<p>")
    (folder / "large.html").write_text('<script src="/assets/new.js"></script>')
    weight, page = heaviest_page(folder)
    assert page == "large.html"
    assert weight > 1000
