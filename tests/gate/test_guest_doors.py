"""The doors for guests call no service that needs to know who acts."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlmodel import Session

from barut_reflex.gate import doors, transactions
from barut_reflex.people.models import Person

PACKAGE = Path(__file__).parents[2] / "barut_reflex"
FILES = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if "_as_guest(" in path.read_text()
    and path not in (Path(doors.__file__), Path(transactions.__file__))
]


def given_to_guests(source: str, module: ModuleType) -> Iterator[object]:
    """The services that are handed to a door `..._as_guest`, as the module knows them."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        door = ast.unparse(node.func).split(".")[-1]
        if door.endswith("_as_guest"):
            place = 2 if door == "slow_as_guest" else 1
            yield eval(ast.unparse(node.args[place]), vars(module))


def _module(path: Path) -> ModuleType:
    return importlib.import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))


def wants_a_person(service) -> bool:
    """Whether its second parameter is `by: Person`; another person may be what is asked about."""
    _, *others = inspect.signature(service).parameters.values()
    return bool(others) and others[0].name == "by"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_guests_are_given_what_asks_for_no_person(path):
    services = list(given_to_guests(path.read_text(), _module(path)))
    assert services and [one for one in services if wants_a_person(one)] == []


def test_all_doors_are_looked_for():
    found = [list(given_to_guests(path.read_text(), _module(path))) for path in FILES]
    assert len(FILES) > 10 and sum(map(len, found)) > 40


@pytest.mark.parametrize("door", ["act_as_guest(tab, ", "doors.slow_as_guest(tab, lane, "])
def test_one_that_wants_a_person_is_found(door):
    def approve(session: Session, by: Person, public_id: str): ...

    module = ModuleType("planted")
    module.approve = approve  # pyright: ignore[reportAttributeAccessIssue]
    source = f"async def press(tab, lane, somebody):\n    await {door}approve, somebody, 'x')"
    assert [wants_a_person(one) for one in given_to_guests(source, module)] == [True]
