"""The alarm for an officer who views more people in an hour than the work needs."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from barut_reflex.core import audit, views
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.views import View, ViewKind, list_view
from probes.factories import known

FEW = (5, timedelta(hours=1))
WHOLE = [seen for seen in ViewKind if seen is not ViewKind.LIST]


@pytest.fixture
def few(monkeypatch):
    assert (200, timedelta(hours=1)) == views.PEOPLE_ALARM
    monkeypatch.setattr(views, "PEOPLE_ALARM", FEW)


def view_people(session, by, people, seen=ViewKind.CASE):
    for number in people:
        views.record(session, View(seen, f"s{number}", f"{number:016}"), by=by)


def alarms(session):
    rows = select(AuditEntry).where(AuditEntry.act == views.ALARM_ACT).order_by(col(AuditEntry.id))
    return [entry.actor_id for entry in session.exec(rows)]


def test_one_more_than_the_most_is_an_alarm(session, hours, few, rina, caplog):
    view_people(session, rina, range(5))
    assert alarms(session) == [] and "alarm" not in caplog.text
    view_people(session, rina, range(5, 7))
    assert alarms(session) == [rina.id]
    assert f"alarm: officer {rina.id} opened more than 5 people within 1:00:00" in caplog.text
    assert audit.verify(session) == []


def test_without_the_limit_there_is_no_alarm(session, hours, few, rina, monkeypatch, caplog):
    monkeypatch.setattr(views, "PEOPLE_ALARM", (10**9, timedelta(hours=1)))
    view_people(session, rina, range(20))
    assert alarms(session) == [] and "alarm" not in caplog.text


def test_the_same_people_again_are_no_more_people(session, hours, few, rina):
    view_people(session, rina, [*range(5)] * 3)
    assert alarms(session) == []


def test_what_was_viewed_an_hour_ago_does_not_count(session, hours, few, rina):
    view_people(session, rina, range(5))
    hours.pass_by(minutes=61)
    view_people(session, rina, range(5, 10))
    assert alarms(session) == []
    view_people(session, rina, range(10, 13))
    hours.pass_by(minutes=61)
    view_people(session, rina, range(20))
    assert alarms(session) == [rina.id] * 2


def test_each_officer_is_counted_alone(session, hours, few, rina, pak_budi):
    view_people(session, rina, range(4))
    view_people(session, pak_budi, range(4, 8))
    assert alarms(session) == []
    view_people(session, pak_budi, range(8, 12))
    assert alarms(session) == [pak_budi.id]


# -- one alarm for all ways together ----------------------------------------------------------


def test_all_ways_to_view_count_together(session, hours, few, rina):
    for number, seen in enumerate(WHOLE[:6]):
        view_people(session, rina, [number], seen)
    assert alarms(session) == [rina.id]


def test_one_person_by_all_ways_is_one_person(session, hours, few, rina):
    for seen in WHOLE:
        view_people(session, rina, [1], seen)
    assert alarms(session) == []


def read_pages(session, by, pages, lines=10):
    for page in pages:
        view = known(list_view("pengajuan", lines, halaman=str(page)))
        views.record(session, view, by=by)


def test_ten_masked_lines_of_a_list_count_as_one_person(session, hours, few, rina):
    assert views.LINES_PER_PERSON == 10
    view_people(session, rina, range(2))
    read_pages(session, rina, range(1, 4))
    assert alarms(session) == []
    read_pages(session, rina, [4])
    assert alarms(session) == [rina.id]


def test_the_same_page_again_gives_nobody_new(session, hours, few, rina):
    for _ in range(10):
        read_pages(session, rina, [1], lines=50)
    assert alarms(session) == []


# -- what a list leaves in the trail ----------------------------------------------------------


def test_a_page_without_people_is_no_view():
    assert list_view("pengajuan", 0, search="ahmad") is None


def test_a_list_says_what_was_asked_and_how_many_it_gave_but_no_typed_name():
    view = list_view("pengajuan", 3, search="Ahmad", status="submitted", halaman="2")
    assert view and view.detail.startswith("3 orang; pengajuan; status=submitted; halaman=2; cari=")
    assert "ahmad" not in " ".join(map(str, view)).lower()
    assert view == list_view("pengajuan", 3, search=" AHMAD", status="submitted", halaman="2")


def test_a_nik_that_was_searched_is_found_by_that_nik_alone(session, hours, rina):
    nik = "6205050707000006"
    view = list_view("pengajuan", 1, search=nik)
    assert view
    views.record(session, view, by=rina)
    since = hours.moment - timedelta(minutes=1)
    [row] = audit.who_saw(session, nik, since, since + timedelta(minutes=2))
    assert nik not in str(row.model_dump())


def test_a_question_is_new_again_after_ten_minutes(session, hours, rina):
    view = list_view("pengajuan", 3)
    assert view and views.is_new(session, view, by=rina)
    views.record(session, view, by=rina)
    fewer = list_view("pengajuan", 2)  # somebody has gone meanwhile: no new question
    assert fewer and not views.is_new(session, fewer, by=rina)
    hours.pass_by(minutes=11)
    assert views.is_new(session, view, by=rina)


# -- and stays quick --------------------------------------------------------------------------

PLANS = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
LATELY = "SELECT subject FROM auditentry WHERE actor_id = 1 AND at > '2026-04-20'"


def plan(session):
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":  # a table this small would just be read
        session.execute(text("SET LOCAL enable_seqscan = off"))
    return " ".join(str(row) for row in session.execute(text(PLANS[dialect] + LATELY)))


def test_views_of_an_hour_are_found_by_an_index(session):
    assert "ix_auditentry_actor_id_at" in plan(session)


def test_without_it_the_whole_trail_would_be_read(session):
    session.execute(text("DROP INDEX ix_auditentry_actor_id_at"))
    assert "actor_id_at" not in plan(session)
