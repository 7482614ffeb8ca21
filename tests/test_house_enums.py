"""Rules for enums: a new member fails here until everything it needs exists."""

import ast
import importlib
from enum import Enum, EnumType
from pathlib import Path

import pytest

from barut_reflex.applications.status import Action, Status
from barut_reflex.cards.dates import CardState
from barut_reflex.documents.rules import Kind
from barut_reflex.people.rules import Role

from .test_house import ROOT, SOURCES


@pytest.fixture(scope="module")
def tables():
    """Every table keyed by an enum: where it stands, the enum, and the members it has."""
    modules = [importlib.import_module(name) for name in map(_name_of, SOURCES) if name]
    return [table for module in modules for table in [*_tables_of(module), *_inner_tables(module)]]


def _name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "" if path.stem == "__main__" else ".".join(parts).removesuffix(".__init__")


def _tables_of(module):
    """The dicts a module makes for itself; those it imports stand where they are made."""
    for node in ast.parse(Path(module.__file__).read_text()).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for name in [target.id for target in targets if isinstance(target, ast.Name)]:
            table = getattr(module, name, None)
            if not isinstance(table, dict):
                continue
            kinds = {type(key) for key in table}
            if len(kinds) == 1 and issubclass(kind := kinds.pop(), Enum):
                yield f"{module.__name__}.{name}", kind, {key.name for key in table}


def _inner_tables(module):
    """The dicts inside functions that are written out member by member."""
    for function in ast.walk(ast.parse(Path(module.__file__).read_text())):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for table in [node for node in ast.walk(function) if isinstance(node, ast.Dict)]:
                keys = [key for key in table.keys if isinstance(key, ast.Attribute)]
                kinds = {getattr(module, ast.unparse(key.value), None) for key in keys}
                if len(kinds) == 1 and isinstance(kind := kinds.pop(), EnumType):
                    names = {key.attr for key in keys}
                    yield f"{module.__name__}.{function.name}", kind, names


# Tables that leave out these members on purpose; any other is still missed.
PARTIAL = {
    "applications.web.papers.HINTS": {"PROOF"},  # asked in the profile, not for the AK1
    "home.web.seeker.NEXT_STEPS": {"NONE"},  # no application: the page offers to begin one
    "demo.papers.TITLES": {"PHOTO", "PROOF"},  # the demo draws photos, and has no proofs
    "documents.imaging.pictures.DECODERS": {"PDF"},  # no picture
    "documents.rules.STORED_AS": {"PNG"},  # kept as JPEG
    "verify.service.scans._SUBJECTS": {"ACCESS"},  # never opens a check page
    "verify.web.check.KINDS": {"ACCESS"},
    "profiles.rules.biodata.domicile_gaps": {"SAME"},  # asks nothing more
    "profiles.rules.biodata._unasked": {"SAME"},
    "profiles.queries.sections._sections": {  # lists of entries, shown alike
        "EXPERIENCE",
        "TRAINING",
        "CERTIFICATES",
        "LANGUAGES",
        "ACHIEVEMENTS",
    },
}


def _lacking(tables, planted=None):
    """Where members are missing, and which. `planted`: an enum that got one more."""
    wanted = {
        where: {*kind.__members__, *(["NEW"] if kind is planted else [])} - names
        for where, kind, names in tables
    }
    known = {f"barut_reflex.{where}": names for where, names in PARTIAL.items()}
    found = {where: names - known.get(where, set()) for where, names in wanted.items()}
    return {where: names for where, names in found.items() if names}


def test_every_table_keyed_by_an_enum_has_all_its_members(tables):
    assert len(tables) > 20
    assert _lacking(tables) == {}


@pytest.mark.parametrize("enum", [Status, Action, Role, Kind, CardState])
def test_a_new_member_shows_every_table_that_lacks_it(tables, enum):
    keyed = {where for where, kind, _ in tables if kind is enum}
    assert keyed
    found = _lacking(tables, planted=enum)
    assert {where for where, names in found.items() if "NEW" in names} == keyed


def test_what_may_be_left_out_is_left_out(tables):
    left_out = {
        where.removeprefix("barut_reflex."): {*kind.__members__} - names
        for where, kind, names in tables
    }
    assert [where for where, names in PARTIAL.items() if not names <= left_out[where]] == []


HOMES_OF_ENUMS = {"rules", "status", "dates"}  # `core` has no such files
ENUMS = {"Enum", "StrEnum", "IntEnum"}


def _enums_in(source):
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and ENUMS & {ast.unparse(base) for base in node.bases}:
            yield node.name


def test_every_enum_of_a_desk_stands_among_its_rules():
    homeless = [
        f"{path.relative_to(ROOT)}:{name}"
        for path in SOURCES
        if not HOMES_OF_ENUMS & {path.stem, path.parent.name} and path.parent.name != "core"
        for name in _enums_in(path.read_text())
    ]
    assert homeless == []


def test_an_enum_elsewhere_would_be_found():
    assert list(_enums_in("class Colour(StrEnum):\n    RED = 'red'\n")) == ["Colour"]
