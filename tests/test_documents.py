"""The documents name only files, `make` targets and settings that exist."""

import re
import subprocess
from pathlib import Path

import pytest

from barut_reflex.core.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "uploaded_files/README.md", *(ROOT / "docs").rglob("*.md")]
FILE = re.compile(r"[\w./@-]+\.(?:py|js|json|css|html|md|conf)")
TARGET = re.compile(r"^([a-z-]+):.* ## ", re.MULTILINE)  # as `make help` lists them
MADE = ("var/", "/", "data.json")  # by a running office or on a server, not in the repository
OTHER_SETTINGS = {"BARUT_TEST_DATABASE", "BARUT_BENCH_KEEP"}  # of tests and measurements


@pytest.fixture(scope="module")
def files():
    """The files of the repository, each path with a slash before it."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    return [f"/{path}" for path in listed.stdout.splitlines()]


def missing_files(page: str, files: list[str]) -> set[str]:
    """What stands in backticks, or behind a link, and is the end of no path."""
    named = re.findall(r"`([^`\n]+)`|\]\(([^)#:]+)\)", page)
    paths = {(code or link).removeprefix("../") for code, link in named}
    paths = {path for path in paths if FILE.fullmatch(path) and not path.startswith(MADE)}
    return {path for path in paths if not any(file.endswith(f"/{path}") for file in files)}


def unknown_settings(page: str) -> set[str]:
    own = {f"BARUT_{name.upper()}" for name in Settings.model_fields}
    return set(re.findall(r"BARUT_[A-Z0-9_]+", page)) - own - OTHER_SETTINGS


def targets_of_table(page: str) -> list[str]:
    return re.findall(r"^\| `make ([a-z-]+)` \|", page, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_document_names_only_what_exists(page, files):
    text = page.read_text()
    assert missing_files(text, files) == set()
    assert unknown_settings(text) == set()


def test_a_file_or_setting_that_is_gone_would_be_found():
    page = "`core/kept.py`, [more](docs/old.md), `core/db.py`, `BARUT_SECRET`, `BARUT_GONE`"
    assert missing_files(page, ["/barut_reflex/core/db.py"]) == {"core/kept.py", "docs/old.md"}
    assert unknown_settings(page) == {"BARUT_GONE"}


def test_the_readme_lists_every_target_of_make_once():
    listed = targets_of_table((ROOT / "README.md").read_text())
    assert sorted(listed) == sorted(TARGET.findall((ROOT / "Makefile").read_text()))


def test_a_target_without_its_row_would_be_found():
    assert TARGET.findall("quick: .venv ## fast\nscreen:\n\tx ## no\n") == ["quick"]
    assert targets_of_table("| `make quick` | fast |\n| make `slow` |") == ["quick"]
