"""The docs name only files, `make` targets, settings and code names that exist."""

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


def unknown_names(page: str, source: str) -> set[str]:
    """Names in backticks, with a capital or an underscore inside, that no file contains."""
    words = re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", page)))
    names = {word for word in words if not word.islower() or "_" in word.strip("_")}
    return {name for name in names - set(re.findall(r"\w+", source)) if "BARUT_" not in name}


def targets_of_table(page: str) -> list[str]:
    return re.findall(r"^\| `make ([a-z-]+)` \|", page, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_document_names_only_what_exists(page, files):
    text = page.read_text()
    assert missing_files(text, files) == set()
    assert unknown_settings(text) == set()


@pytest.mark.parametrize("page", ["glossary.md", "architecture.md", "applications.md"])
def test_names_of_the_code_are_in_the_code(page, files):
    sources = [ROOT / file[1:] for file in files if file.endswith((".py", ".toml"))]
    source = "\n".join([*files, *(path.read_text() for path in sources if path.exists())])
    assert unknown_names((ROOT / "docs" / page).read_text(), source) == set()


def test_a_file_or_setting_that_is_gone_would_be_found():
    page = "`core/kept.py`, [more](docs/old.md), `core/db.py`, `BARUT_SECRET`, `BARUT_GONE`"
    assert missing_files(page, ["/barut_reflex/core/db.py"]) == {"core/kept.py", "docs/old.md"}
    assert unknown_settings(page) == {"BARUT_GONE"}
    assert unknown_names("`Spot`, `let_go(x)`, `core`, Kept", "class Page") == {"Spot", "let_go"}


DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.name[:4])
def test_a_decision_says_first_its_status_and_what_was_decided(page):
    title, status, decision, *_ = page.read_text().split("\n\n")
    assert title.startswith(f"# {page.name[:4]} ")
    assert status.startswith("**Status:** ")
    assert decision.startswith("**Decision.** ")


def test_the_readme_lists_every_target_of_make_once():
    listed = targets_of_table((ROOT / "README.md").read_text())
    assert sorted(listed) == sorted(TARGET.findall((ROOT / "Makefile").read_text()))


def test_a_target_without_its_row_would_be_found():
    assert TARGET.findall("quick: .venv ## fast\nscreen:\n\tx ## no\n") == ["quick"]
    assert targets_of_table("| `make quick` | fast |\n| make `slow` |") == ["quick"]
