"""Every address of a page is defined in `core/routes`; other modules write none by hand."""

import ast
import re
from pathlib import Path

import pytest

from barut_reflex.core import routes

PACKAGE = Path(routes.__file__).parent.parent
ADDRESSES = {
    value for name, value in vars(routes).items() if name.isupper() and value != routes.WELCOME
}


def written_in(source):
    """The addresses that stand in a source as texts, alone or with what follows a slash or dot."""
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    heads = {
        text: re.match(r"(/[^.{?#\s]+?)/?$", text.partition("{")[0]) for text in as_text(texts)
    }
    found = {text for text, head in heads.items() if head and is_known(head[1])}
    return sorted(found)


def as_text(values):
    return [value for value in values if isinstance(value, str) and value.startswith("/")]


def is_known(path):
    return any(path == known or path.startswith(f"{known}/") for known in ADDRESSES)


SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != Path(routes.__file__)]


def test_no_other_module_writes_an_address():
    found = {str(path.relative_to(PACKAGE)): written_in(path.read_text()) for path in SOURCES}
    assert {path: texts for path, texts in found.items() if texts} == {}


@pytest.mark.parametrize("text", ["'/beranda'", "f'/berkas/{a}'", "'/v/{code}'", "'/admin/cetak/'"])
def test_such_an_address_would_be_found(text):
    assert written_in(f"a = 1\nx = {text}") != []


@pytest.mark.parametrize("text", ["'beranda'", "'/beranda.css'", "'/var/lib'", "'/'"])
def test_other_texts_are_none(text):
    assert written_in(f"x = {text}") == []


def test_every_address_is_used():
    used = "\n".join(path.read_text() for path in SOURCES)
    names = [name for name in vars(routes) if name.isupper()]
    assert [name for name in names if f"routes.{name}" not in used] == []
