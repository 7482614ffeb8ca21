"""Row 46 can fail: it reports views that are not recorded or not counted together."""

import pytest

from bar import rows_views
from barut_reflex.core import audit, views
from barut_reflex.people.rules import Role
from probes import inside
from probes.attackers import data_access

OFFICER = (Role.OFFICER,)


@pytest.fixture
def empty_office():
    with inside.office() as engine, data_access.record_every_view():
        yield engine


def watched(engine):
    """The forged order: hydrate, then `ReviewState.watch` without `load`."""
    return rows_views.crawl(engine, 1, OFFICER, only="review_state.watch", pages=False)


def test_a_forged_watch_gives_a_case_and_leaves_its_row(empty_office):
    walked = watched(empty_office)
    assert walked.with_data == {"event review_state.watch"} and not walked.unrecorded


def test_without_recording_the_forged_watch_is_bare(empty_office, monkeypatch):
    monkeypatch.setattr(audit, "record", lambda *_, **__: None)
    assert watched(empty_office).unrecorded == {"event review_state.watch"}


def test_a_question_without_its_mark_is_found(empty_office, monkeypatch):
    monkeypatch.setattr(views, "WHOSE", "__forgotten__")
    assert watched(empty_office).unrecorded == {"event review_state.watch"}


def test_an_unmasked_list_is_found(empty_office, monkeypatch):
    monkeypatch.setattr("barut_reflex.review.queries.inbox.masked_nik", lambda nik: nik)
    walked = rows_views.crawl(empty_office, 1, OFFICER, only="inbox_state.watch", pages=False)
    assert walked.unmasked == {"event inbox_state.watch"}


def test_views_by_five_ways_are_one_alarm_unless_nobody_counts(empty_office, monkeypatch):
    monkeypatch.setattr(views, "check_alarm", lambda *_, **__: None)
    assert rows_views.view_in_turns(empty_office, 1) == (5, 0)
