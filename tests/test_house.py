"""Rules of the code base that no single feature can test."""

import ast
import inspect
from pathlib import Path

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext
from reflex_components_core.react_router.dom import ReactRouterLink
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from barut_reflex.core import desks, routes
from barut_reflex.core.models import Impersonal, Personal
from barut_reflex.gate.access import FRAMEWORK, rule_of
from barut_reflex.gate.payload import model_of
from probes.composed import app, registered

from .columns import our_models
from .e2e.records import RECORDS
from .rights.tables import tables_about_people

ROOT = Path(__file__).parent.parent

SOURCES = sorted((ROOT / "barut_reflex").rglob("*.py"))


@pytest.fixture(scope="module")
def composed():
    from barut_reflex import barut_reflex

    return barut_reflex


@pytest.fixture(scope="module")
def handlers(composed):
    """Every handler of every state, also those that exist only once a page is evaluated."""
    with registered(app()):
        return [entry.handler for entry in RegistrationContext.get().event_handlers.values()]


def ours(handlers):
    return [h.fn for h in handlers if h.fn.__module__.startswith("barut_reflex.")]


def test_every_event_handler_says_who_may_call_it(handlers):
    assert len(ours(handlers)) > 30
    assert [fn.__qualname__ for fn in ours(handlers) if rule_of(fn) is None] == []


def test_an_unmarked_handler_would_be_found():
    def forgotten(self): ...

    assert rule_of(forgotten) is None


@pytest.fixture(scope="module")
def elements(composed, handlers):
    """Every element of every page, with the forms it stands in."""
    with registered(composed.app):
        pages = [screen.page() for screen in composed.SCREENS]
        return [found for page in pages for found in _descend(page, ())]


def _descend(component, forms):
    forms = (*forms, component) if getattr(component, "tag", "") == "form" else forms
    yield component, forms
    for child in component.children:
        yield from _descend(child, forms)


def _followed(element):
    """Where the router takes whoever follows a link of Reflex."""
    if not isinstance(element, ReactRouterLink):
        return ""
    return str(element.to).strip('"')  # pyright: ignore[reportAttributeAccessIssue]  Reflex's own


def _is_plain(address):
    return address != "" and (address.rstrip("/") or "/") in routes.PLAIN


def test_no_link_of_reflex_leads_to_a_plain_page(elements):
    followed = [_followed(element) for element, _ in elements]
    assert len(set(followed)) > 10
    assert [address for address in followed if _is_plain(address)] == []


def test_a_link_that_would_lead_there_is_found():
    for address in ("/", "/bantuan", "/bantuan/"):
        assert _is_plain(_followed(ReactRouterLink.create("x", to=address)))


def _first_value(element):
    """The Var of a State a field begins with, if it begins with one."""
    for name in ("default_value", "default_checked"):
        value = getattr(element, name, None)
        data = value._get_all_var_data() if isinstance(value, rx.Var) else None
        if data and (data.state or "row" in str(value)):
            return value
    return None


def _follows(element):
    """A radio follows the answer of its fieldset; any other field its own stored value."""
    is_radio = "radio" in str(getattr(element, "type", ""))
    return is_radio or "data-stored" in element.custom_attrs


def test_every_field_that_begins_with_the_state_follows_it(elements):
    begun = [element for element, _ in elements if _first_value(element) is not None]
    assert len(begun) > 60
    assert [str(element.name) for element in begun if not _follows(element)] == []


def test_a_field_that_would_not_follow_is_found():
    class BareState(rx.State):
        value: str = ""

    bare = rx.el.input(name="bare", default_value=BareState.value)
    assert _first_value(bare) is not None
    assert not _follows(bare)


# What the office offers, for the person to send as it is; every other form is a record.
OFFERED = {"email", "signatory", "tanggal", "kartu"}
DRAWN_LATER = {"domicile_country"}  # for another answer above


def test_a_form_that_shows_what_is_kept_sends_only_what_was_changed(elements):
    fields = [
        (_name(element), forms[-1]) for element, forms in elements if forms and _name(element)
    ]
    whole = {name for name, form in fields if "data-record" not in form.custom_attrs}
    assert whole == OFFERED


def test_every_record_is_tested_in_a_browser(elements):
    records = {}
    for element, forms in elements:
        if forms and "data-record" in forms[-1].custom_attrs and (name := _name(element)):
            records.setdefault(id(forms[-1]), set()).add(name)
    tested = {frozenset(record.fields) for record in RECORDS.values()}
    assert {frozenset(names - DRAWN_LATER) for names in records.values()} == tested


def _name(element):
    """The name of a field that follows the state."""
    if "data-stored" not in getattr(element, "custom_attrs", {}) or element.name is None:
        return ""
    return str(element.name).strip('"')


def test_every_event_handler_says_what_it_takes(handlers):
    assert [fn.__qualname__ for fn in ours(handlers) if not _is_typed(fn)] == []


def _is_typed(function):
    parameters = list(inspect.signature(function).parameters.values())[1:]
    model_of(function)
    return all(parameter.annotation is not parameter.empty for parameter in parameters)


def test_reflex_brings_no_new_handler(handlers):
    theirs = {fn.__name__ for fn in (h.fn for h in handlers) if fn.__module__ == "reflex.state"}
    assert theirs - FRAMEWORK == {"setvar"}


def test_no_state_has_a_set_method(handlers):
    assert [fn.__qualname__ for fn in ours(handlers) if fn.__name__.startswith("set_")] == []


def test_every_route_says_who_may_call_it(composed):
    assert len(composed.ROUTES) > 8
    assert [route.path for route in composed.ROUTES if rule_of(route.endpoint) is None] == []


def test_reflex_upload_is_not_mounted(composed, handlers):
    api = composed.app._api
    assert api is not None
    assert [r.path for r in api.routes if "_upload" in getattr(r, "path", "")] == []


def test_a_screen_handler_is_at_most_eight_lines(handlers):
    long = [fn.__qualname__ for fn in ours(handlers) if _body_lines(fn) > 10]
    assert long == []


def _body_lines(function):
    return len([line for line in inspect.getsource(function).splitlines() if line.strip()])


def test_no_file_over_300_lines_and_no_function_over_40():
    long_files = [p.name for p in SOURCES if len(p.read_text().splitlines()) > 300]
    assert long_files == []
    assert [row for path in SOURCES for row in _long_functions(path)] == []


def _long_functions(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            cap = 60 if node.name.endswith(("_page", "_form")) else 40
            if (node.end_lineno or 0) - node.lineno + 1 > cap:
                yield f"{path.name}:{node.name}"


@pytest.mark.parametrize(
    "word", ["rx.upload(", "rx.toast", "rx.html(", "call_script(", "rx.Cookie"]
)
def test_what_the_house_does_not_use(word):
    assert [path.name for path in SOURCES if word in path.read_text()] == []


def raw_sql_in(source):
    """Where SQL is written by hand: `text(...)`, a driver's own statement, a cursor."""
    by_hand = {"text", "exec_driver_sql", "cursor"}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in by_hand:
            yield ast.unparse(node)


def test_the_officers_desk_writes_no_sql_by_hand():
    own = [path for path in SOURCES if path.is_relative_to(ROOT / "barut_reflex" / "review")]
    assert len(own) > 10
    assert [found for path in own for found in raw_sql_in(path.read_text())] == []
    assert "barut_reflex/review" not in (ROOT / "pyproject.toml").read_text()  # no exception either


@pytest.mark.parametrize("line", ["sa.text('SELECT 1')", "connection.exec_driver_sql(asked)"])
def test_sql_by_hand_would_be_found(line):
    assert list(raw_sql_in(line)) == [line]


def without_a_line(models):
    """Tables about people of which no desk says how long they are kept; `merged` refuses two."""
    return tables_about_people(models) - desks.merge(lambda desk: desk.retention).keys()


def test_every_table_about_people_says_once_how_long_it_is_kept():
    assert without_a_line(our_models()) == set()
    kept = desks.merge(lambda desk: desk.retention)
    assert kept.keys() <= SQLModel.metadata.tables.keys()
    assert all(words.strip() for words in kept.values())


def test_a_table_about_people_without_a_line_is_found():
    class Base(SQLModel, registry=registry()):
        id: int = Field(default=None, primary_key=True)

    class Person(Base, table=True):
        name: Personal[str]

    class Invitation(Base, table=True):
        by: int = Field(foreign_key="person.id")

    class Answer(Base, table=True):
        invitation_id: int = Field(foreign_key="invitation.id")

    class Newsletter(Base, table=True):
        readers: Personal[str]

    class Holiday(Base, table=True):
        name: Impersonal[str]

    planted = [Person, Invitation, Answer, Newsletter, Holiday]
    assert without_a_line(planted) == {"invitation", "answer", "newsletter"}


def test_two_lines_for_one_table_are_refused(monkeypatch):
    found = {**desks.all_desks(), "planted": desks.Desk(retention={"card": "7 hari"})}
    monkeypatch.setattr(desks, "all_desks", lambda: found)
    with pytest.raises(ValueError, match="card"):
        without_a_line([])
