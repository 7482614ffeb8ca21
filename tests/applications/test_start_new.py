"""Starting an application: one open application per person, also for concurrent requests."""

from threading import Barrier, Thread

import pytest
from sqlmodel import Session, select

from barut_reflex.applications import queries as applications
from barut_reflex.applications import service as application_service
from barut_reflex.applications.models import Application
from barut_reflex.applications.service import AlreadyOpen
from barut_reflex.applications.status import Status
from barut_reflex.core import db
from probes.factories import make_application, make_person


def test_the_first_application_is_an_empty_draft(session, ahmad):
    begun = application_service.start_new(session, ahmad)
    assert (begun.status, begun.applicant_id, begun.is_closed) == (Status.DRAFT, ahmad.id, False)


@pytest.mark.parametrize("status", list(Status))
def test_while_one_is_open_there_is_no_other(session, ahmad, status):
    make_application(session, applicant=ahmad, status=status)
    with pytest.raises(AlreadyOpen):
        application_service.start_new(session, ahmad)


def test_after_the_card_ended_a_new_one_may_be_made(session, ahmad):
    old = make_application(session, applicant=ahmad, status=Status.APPROVED)
    application_service.close(session, old.id)
    new = application_service.start_new(session, ahmad)
    assert applications.find_newest(session, ahmad.id) is new
    assert applications.find_open(session, ahmad.id) is new


def test_another_persons_application_does_not_count(session, ahmad, siti):
    make_application(session, applicant=siti)
    assert application_service.start_new(session, ahmad).applicant_id == ahmad.id


def test_ten_tabs_at_once_make_one(file_office):
    with Session(file_office, expire_on_commit=False) as session:
        ahmad = make_person(session, name="Ahmad")
    barrier, refused = Barrier(10), []

    def press():
        barrier.wait()
        try:
            with db.writing() as session:
                application_service.start_new(session, ahmad)
        except AlreadyOpen:
            refused.append(1)

    tabs = [Thread(target=press) for _ in range(10)]
    [tab.start() for tab in tabs]
    [tab.join() for tab in tabs]
    with Session(file_office) as session:
        assert len(session.exec(select(Application)).all()) == 1
    assert len(refused) == 9


def test_the_index_alone_would_hold_too(session, ahmad, monkeypatch):
    make_application(session, applicant=ahmad)
    monkeypatch.setattr(applications, "find_open", lambda *_, **__: None)
    with pytest.raises(AlreadyOpen):
        application_service.start_new(session, ahmad)
