"""Which module may import which: import-linter's contracts, and what they cannot express."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import grimp
import pytest
import reflex as rx

from barut_reflex.core import routes
from barut_reflex.gate import doors
from tools.contracts import PrivateContract

ROOT = Path(__file__).parent.parent
PACKAGE = "barut_reflex"
SOURCES = sorted((ROOT / PACKAGE).rglob("*.py"))


def test_import_contracts_are_kept():
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_import_contracts_can_fail(tmp_path):
    config = (
        (ROOT / ".importlinter").read_text().replace("barut_reflex.*.web\n", "barut_reflex.x\n")
    )
    (tmp_path / "broken.ini").write_text(config)
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config"]
    done = subprocess.run([*command, tmp_path / "broken.ini"], cwd=ROOT, capture_output=True)
    assert done.returncode != 0


def open_to_all(*, importer, imported):
    """Whether the contract lets `importer` use `imported`, in a house of two desks."""
    graph = grimp.ImportGraph()
    for folder in ("house", "house.server", "house.above", "house.below"):
        graph.add_module(folder)
    for desk in ("above", "below"):
        for name in ("desk", "web", "web.parts", "web.screen"):
            graph.add_module(f"house.{desk}.{name}")
    graph.add_import(importer=f"house.{importer}", imported=f"house.{imported}")
    options = {
        "protected_modules": ["house.*.web"],
        "open_modules": ["house.*.web.parts"],
        "allowed_importers": ["house.server"],
    }
    return PrivateContract("private", {}, options).check(graph, verbose=False).kept


def test_the_parts_of_a_desk_are_open_and_its_screens_are_not():
    assert open_to_all(importer="above.web.screen", imported="below.web.parts")
    assert open_to_all(importer="above.desk", imported="above.web.screen")
    assert not open_to_all(importer="above.desk", imported="below.web.screen")
    assert open_to_all(importer="below.web.screen", imported="below.web.parts")
    assert not open_to_all(importer="above.web.screen", imported="below.web.screen")
    assert not open_to_all(importer="above.web.parts", imported="below.web.screen")


PARTS = [path for path in SOURCES if path.match("web/parts.py")]


def states_in(module):
    """The States a module defines or imports, by name or within a module of ours."""
    within = [one for one in vars(module).values() if isinstance(one, ModuleType)]
    ours = [module, *(one for one in within if one.__name__.startswith("barut_reflex."))]
    found = [one for seen in ours for one in vars(seen).values() if isinstance(one, type)]
    return [one.__name__ for one in found if issubclass(one, rx.State)]


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.parts[-3])
def test_the_parts_of_a_desk_hold_no_state(path):
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    assert states_in(import_module(name)) == []


def test_a_state_in_the_parts_would_be_found():
    named, within, clean = (ModuleType("barut_reflex.planted") for _ in range(3))
    vars(named)["Notice"] = doors.Notice
    vars(within)["doors"], vars(clean)["routes"] = doors, routes
    assert states_in(named) == ["Notice"]
    assert "Notice" in states_in(within)
    assert states_in(clean) == []


def imported_by(source):
    """Every module or name an import of ours speaks of: `a`, `a.b`, from `a.b import c`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def takes(source, pattern):
    return any(re.match(pattern, name) for name in imported_by(source))


OF_THE_WEB = r"reflex|starlette"  # the linter knows those that are imported today; here all
MAKES_ENGINES = r"sql(alchemy|model)\.(.*\.)?create_engine"


def test_no_part_of_reflex_is_known_outside_the_web():
    inside = {"web", "ui", "gate"}
    others = [path for path in SOURCES if not inside & {*path.parts} and path.stem != PACKAGE]
    assert len(others) > 150
    assert [path.name for path in others if takes(path.read_text(), OF_THE_WEB)] == []


def test_only_the_database_module_makes_engines():
    makers = [path.name for path in SOURCES if takes(path.read_text(), MAKES_ENGINES)]
    assert makers == ["db.py"]


def test_such_imports_would_be_found():
    assert takes("import reflex_components_radix", OF_THE_WEB)
    assert takes("def f():\n    from starlette.routing import Route", OF_THE_WEB)
    assert takes("from sqlmodel import create_engine", MAKES_ENGINES)
    assert not takes("from .reflexes import knee", OF_THE_WEB)


# each uses those after it
TOP_FOLDERS = ["tests", "bar bench printtest", "measure", "probes", "tools", PACKAGE]


def top_folders_imported(source: str) -> set[str]:
    """The first part of each absolute import in a source text."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).split(".")[0])
    return found


def wrong_way(folder: str, source: str) -> set[str]:
    """The top folders that `source`, a module of `folder`, may not import and does."""
    level = next(n for n, names in enumerate(TOP_FOLDERS) if folder in names.split())
    above = {name for names in TOP_FOLDERS[:level] for name in names.split()}
    beside = set(TOP_FOLDERS[level].split()) - {folder}
    return top_folders_imported(source) & (above | beside)


@pytest.mark.parametrize("folder", " ".join(TOP_FOLDERS[1:]).split())
def test_top_folders_lean_one_way(folder):
    modules = (ROOT / folder).rglob("*.py")
    wrong = {str(path): wrong_way(folder, path.read_text()) for path in modules}
    assert not {path: names for path, names in wrong.items() if names}


def test_a_probe_that_used_a_test_would_be_seen():
    assert wrong_way("probes", "from tests.cards import conftest") == {"tests"}
    assert wrong_way("bench", "import bar.rows_codes") == {"bar"}
    assert not wrong_way("bar", "from probes import served")
