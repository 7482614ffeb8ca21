"""Each query of the officer's list uses an index, on both databases."""

import pytest
from sqlalchemy import event

from barut_reflex.review.queries import inbox, pages

LIST, OF_STATUS = "ix_application_list", "ix_application_list_of_status"
FEW_ROWS = (
    "SET LOCAL enable_seqscan = off",
    "SET LOCAL enable_sort = off",
    "ANALYZE application",  # else autovacuum does, or does not, in the middle of the run
)  # or no index pays on PostgreSQL


@pytest.fixture
def plans(session, rina, people):
    """What a question asks of the database, as plans in one text a statement."""
    connection = session.connection()
    is_postgres = connection.dialect.name == "postgresql"
    statements = []

    def note(_connection, _cursor, statement, values, *_):
        statements.append((statement, values))

    def plans_of(*question):
        statements.clear()
        event.listen(connection, "before_cursor_execute", note)
        inbox.list_applications(session, rina, *question)
        event.remove(connection, "before_cursor_execute", note)
        explain = "EXPLAIN " if is_postgres else "EXPLAIN QUERY PLAN "
        asked = [one for one in statements if one[0].startswith("SELECT")]
        return [_text(connection.exec_driver_sql(explain + sql, given)) for sql, given in asked]

    for setting in FEW_ROWS if is_postgres else ():
        connection.exec_driver_sql(setting)
    return plans_of


@pytest.fixture(params=["", "submitted"])
def status(request, session):
    """All cases or those of one status; PostgreSQL has no other index than that list's own.

    With a few rows, all of one status, both indexes cost the same there, and chance decides.
    """
    if session.connection().dialect.name == "postgresql":
        session.connection().exec_driver_sql(f"DROP INDEX {LIST if request.param else OF_STATUS}")
    return request.param


def _text(plan):
    return "\n".join(str(row[-1]) for row in plan)


def is_in_order(plan, index):
    """Walked along that index, and nothing sorted."""
    return index in plan.split() and "Sort" not in plan and "TEMP B-TREE" not in plan


@pytest.mark.parametrize("way", ["first", "after", "before", "last"])
def test_a_page_is_reached_by_its_key(session, rina, plans, monkeypatch, way, status):
    for module in (pages, inbox):
        monkeypatch.setattr(module, "PAGE_SIZE", 2)
    first = inbox.list_applications(session, rina, "", status, "")
    asked = {
        "first": ("",),
        "after": ("2", first.older),
        "before": ("2", "", "0-1"),
        "last": (pages.LAST_PAGE,),
    }
    *_, page = plans("", status, *asked[way])
    assert is_in_order(page, OF_STATUS if status else LIST), page


def test_a_part_of_a_name_is_looked_for_in_the_index_alone(plans, status):
    search, _page = plans("siti", status, "")
    assert is_in_order(search, OF_STATUS if status else LIST), search
    assert "COVERING INDEX" in search or "Index Only Scan" in search


@pytest.mark.parametrize("typed", ["6205030707000006", "620500000320042026"])
def test_a_whole_nik_or_number_is_found_by_their_indexes(plans, typed):
    by_nik, by_number, search, page = plans(typed, "submitted", "")
    assert "ix_application_nik" in by_nik
    assert "card_number_key" in by_number or "autoindex_card" in by_number
    for plan in (search, page):
        assert "SCAN application" not in plan and "Seq Scan on application" not in plan


def test_without_its_index_the_list_would_be_sorted(session, plans):
    session.connection().exec_driver_sql(f"DROP INDEX {LIST}")
    *_, page = plans("", "", "")
    assert not is_in_order(page, LIST)
