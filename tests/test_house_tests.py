"""Rules for tests and measurements: no private names of the package, no overlong files."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OWN = "barut_reflex"
FOLDERS = ("tests", "bar", "bench", "printtest", "probes", "measure")
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
LONG = {"tests/e2e/test_manual.py"}  # one journey, whose steps run in the order of the manual
PUBLIC = {"_replace", "_asdict", "_fields", "_exit"}  # documented, in spite of the underscore


def too_long(path: Path, most: int = 300) -> bool:
    return len(path.read_text().splitlines()) > most


def test_no_file_has_more_than_300_lines():
    assert {str(path.relative_to(ROOT)) for path in SOURCES if too_long(path)} == LONG


def without_docstring(paths: Iterable[Path]) -> list[str]:
    """Modules that do not say what they are; an empty `__init__.py` need not."""
    trees = ((path, ast.parse(path.read_text())) for path in paths)
    return [path.name for path, tree in trees if tree.body and not ast.get_docstring(tree)]


def test_every_test_module_says_what_it_tests():
    assert without_docstring((ROOT / "tests").rglob("*.py")) == []


def test_a_module_that_does_not_is_found(tmp_path):
    (tmp_path / "test_bare.py").write_text("pass\n")
    assert without_docstring([tmp_path / "test_bare.py"]) == ["test_bare.py"]


def test_a_longer_file_would_be_found(tmp_path):
    (tmp_path / "test_long.py").write_text("pass\n" * 301)
    assert too_long(tmp_path / "test_long.py")


def is_private(name: str) -> bool:
    return re.match("_[^_]", name) is not None and name not in PUBLIC


def is_of_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")


def defined_in(tree: ast.AST) -> set[str]:
    """Every name the source itself gives to a function, a class, a variable or its own object."""
    names = {getattr(node, "name", None) or "" for node in ast.walk(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names |= {node.attr} if is_of_self(node) else set()
    return names


def private_in_classes(tree: ast.AST) -> Iterator[str]:
    """What only the classes' own methods may touch, such as what a State keeps on the server."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from filter(is_private, defined_in(ast.Module(node.body, [])))


def imported(tree: ast.AST) -> set[str]:
    """The names under which the source knows the package, its modules and what is in them."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            ours = [name for name in node.names if name.name.split(".")[0] == OWN]
            names |= {name.asname or OWN for name in ours}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == OWN:
            names |= {name.asname or name.name for name in node.names}
    return names


def root_of(node: ast.AST) -> str:
    """The name an expression begins with: `a` of `a.b().c[0]`."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def private_attributes(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Private attributes of anything but `self`: what the expression begins with, and the name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and not is_of_self(node):
            yield root_of(node), node.attr


def private_names_of_the_package(source: str, in_classes: set[str]) -> set[str]:
    """The private names of the package a source imports, reads or patches, scripts in it too."""
    tree = ast.parse(source)
    known, theirs = imported(tree), in_classes - defined_in(tree)
    found = {name for root, name in private_attributes(tree) if root in known or name in theirs}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == OWN:
            names = [*str(node.module).split("."), *(name.name for name in node.names)]
            found |= set(filter(is_private, names))
        elif isinstance(node, ast.Call | ast.Tuple):
            found |= set(patched(node, known, theirs))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and OWN in node.value:
            found |= named_in_text(node.value, in_classes)
    return found


def patched(node: ast.Call | ast.Tuple, known: set[str], theirs: set[str]) -> Iterator[str]:
    """The private name in `setattr(module, "_name", …)` or `(module, "_name", …)`."""
    values = node.args if isinstance(node, ast.Call) else node.elts
    for target, name in pairwise(values):
        if isinstance(target, ast.Constant) or not isinstance(name, ast.Constant):
            continue
        is_ours = root_of(target) in known or name.value in theirs
        if is_ours and is_private(str(name.value)):
            yield str(name.value)


def named_in_text(text: str, in_classes: set[str]) -> set[str]:
    """Private names in a dotted path, or in a script for another process."""
    if re.fullmatch(rf"{OWN}(\.\w+)+", text):
        return set(filter(is_private, text.split(".")))
    try:
        return private_names_of_the_package(text, in_classes) if "import" in text else set()
    except SyntaxError:
        return set()


@pytest.fixture(scope="module")
def in_classes():
    paths = (ROOT / OWN).rglob("*.py")
    return {name for path in paths for name in private_in_classes(ast.parse(path.read_text()))}


def test_no_test_knows_a_private_name_of_the_package(in_classes):
    found = {
        str(path.relative_to(ROOT)): names
        for path in SOURCES
        if (names := private_names_of_the_package(path.read_text(), in_classes))
    }
    assert len(SOURCES) > 200 and len(in_classes) > 20
    assert found == {}


def test_a_private_name_of_a_library_is_used_by_one_module():
    users = defaultdict(set)
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        for name in {name for _, name in private_attributes(tree)} - defined_in(tree):
            users[name].add(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in users.items() if len(paths) > 1} == {}


@pytest.mark.parametrize(
    "line",
    [
        "from PACKAGE.core.db import _turn",
        "from PACKAGE.core import db\ndb._turn()",
        "from PACKAGE.core import db as store\nprint(store.engine()._turn)",
        "import PACKAGE.core.db\nPACKAGE.core.db._turn",
        "from PACKAGE.core import db\npatch.setattr(db, '_turn', None)",
        "from PACKAGE.core import db\nwith patched((db, '_turn', None)): ...",
        "from PACKAGE.core import db\ngetattr(db, '_turn')",
        "patch.setattr('PACKAGE.core.db._turn', None)",
        "run('from PACKAGE.core import db; db._turn()')",
        "state._turn = 1",
        "from PACKAGE.core import db\ndb.engine._turn = 1",
        "def _turn(): ...\nfrom PACKAGE.core import db\ndb._turn()",
        "patch.setattr(State, '_turn', None)",
        "self.state._turn",
    ],
)
def test_a_private_name_would_be_found(line):
    assert private_names_of_the_package(line.replace("PACKAGE", OWN), {"_turn"}) == {"_turn"}


@pytest.mark.parametrize(
    "line",
    [
        "from PACKAGE.core import db\ndb.turn, db.__name__, db.row._replace(turn=1)",
        "from .drill import _turn",
        "class Own:\n    def _turn(self): ...\nown._turn()",
        "self._turn",
        "print('_turn', 'PACKAGE')",
    ],
)
def test_what_is_no_private_name_of_the_package_passes(line):
    assert private_names_of_the_package(line.replace("PACKAGE", OWN), {"_turn"}) == set()
