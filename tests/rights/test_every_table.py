"""Each table about people is in the copy of their data, or the exception is explained."""

import re

import pytest
from sqlalchemy import event

from barut_reflex.core import desks
from barut_reflex.rights import service as rights

from ..columns import our_models
from .tables import NOT_IN_THE_COPY, tables_about_people


@pytest.fixture
def read(session, filled):
    """Names of the tables that are read for a filled person's copy."""
    names = set()

    def note(_connection, _cursor, statement, *_):
        names.update(re.findall(r"\b(?:FROM|JOIN) (\w+)", statement))

    event.listen(session.get_bind(), "before_cursor_execute", note)
    session.expire(filled)
    rights.my_data(session, by=filled)
    return names


def test_every_table_about_people_is_in_the_copy_or_has_a_reason(read):
    assert tables_about_people(our_models()) - read == set(NOT_IN_THE_COPY)


def test_a_part_that_is_left_out_is_found(session, filled, request, monkeypatch):
    found = {name: desk for name, desk in desks.all_desks().items() if name != "attendance"}
    monkeypatch.setattr(desks, "all_desks", lambda: found)
    assert "attendance" not in request.getfixturevalue("read")
