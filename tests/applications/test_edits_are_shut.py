"""After sending, the service refuses every edit until the application is withdrawn or returned."""

import pytest
from sqlmodel import select

from barut_reflex.applications import queries as applications
from barut_reflex.applications import service as application_service
from barut_reflex.applications.models import Application
from barut_reflex.applications.status import Status, WrongStatus
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments, uploads
from barut_reflex.profiles.queries import facts
from probes.factories import known, make_application
from probes.form_values import EDUCATION_FORM, PERSONAL_FORM

from .cases import make_ready

CHECKED = uploads.StoredFile(Kind.PHOTO, "baru.jpg", "image/jpeg", 10, 1, "a" * 64, "baru.jpg")
EDITS = {
    "personal": lambda s, by: application_service.save_personal(s, by, PERSONAL_FORM),
    "personal field": lambda s, by: application_service.save_personal(
        s, by, {"rt": "9"}, partial=True
    ),
    "education": lambda s, by: application_service.save_education(s, by, EDUCATION_FORM),
    "attach": lambda s, by: application_service.attach_paper(s, by, Kind.PHOTO, CHECKED),
    "detach": lambda s, by: application_service.detach_paper(s, by, Kind.PHOTO),
    "rebuild": lambda s, by: application_service.rebuild_paper(
        s, by, Kind.PHOTO, ["t"], sign_in="x"
    ),
}
SHUT = [Status.SUBMITTED, Status.APPROVED]


def state_of(session, person):
    profile = facts.get_profile(session, person.id).model_dump()
    return profile, attachments.current_papers(session, person.id)


@pytest.mark.seed("manual 3.7b")
@pytest.mark.parametrize("status", SHUT)
@pytest.mark.parametrize("edit", EDITS)
def test_nothing_changes_while_the_office_has_it(session, ahmad, edit, status):
    make_ready(session, ahmad)
    make_application(session, applicant=ahmad, status=status)
    before = state_of(session, ahmad)
    with pytest.raises(WrongStatus):
        EDITS[edit](session, ahmad)
    assert state_of(session, ahmad) == before


@pytest.mark.parametrize("status", SHUT)
@pytest.mark.parametrize("edit", sorted(set(EDITS) - {"rebuild"}))
def test_with_the_lock_off_the_same_edit_goes_through(session, ahmad, edit, status, monkeypatch):
    make_ready(session, ahmad)
    make_application(session, applicant=ahmad, status=status)
    monkeypatch.setattr(application_service, "EDITABLE", frozenset(Status))
    before = state_of(session, ahmad)
    EDITS[edit](session, ahmad)
    assert state_of(session, ahmad) != before


@pytest.mark.seed("manual 3.7a", "manual 3.7d")
@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED])
@pytest.mark.parametrize("edit", sorted(set(EDITS) - {"rebuild"}))
def test_a_draft_and_a_returned_one_may_be_changed(session, ahmad, edit, status):
    make_ready(session, ahmad)
    make_application(session, applicant=ahmad, status=status)
    before = state_of(session, ahmad)
    EDITS[edit](session, ahmad)
    assert state_of(session, ahmad) != before


def test_the_first_saved_field_begins_the_application(session, ahmad):
    application_service.save_personal(session, ahmad, {"rt": "9"}, partial=True)
    [begun] = session.exec(select(Application)).all()
    assert (begun.applicant_id, begun.status) == (ahmad.id, Status.DRAFT)


def test_a_closed_application_does_not_shut_the_next_one(session, ahmad):
    make_application(session, applicant=ahmad, status=Status.APPROVED, is_closed=True)
    application_service.save_personal(session, ahmad, {"rt": "9"}, partial=True)
    assert known(applications.find_open(session, ahmad.id)).status is Status.DRAFT


def test_the_screens_are_shut_too(session, ahmad):
    make_application(session, applicant=ahmad)
    assert applications.personal_screen(session, ahmad).is_shut
    assert applications.papers_screen(session, ahmad).is_shut


def test_another_persons_sent_application_shuts_nothing_of_mine(session, ahmad, siti):
    make_application(session, applicant=siti)
    application_service.save_personal(session, ahmad, {"rt": "9"}, partial=True)
    assert facts.get_profile(session, ahmad.id).rt == "9"
