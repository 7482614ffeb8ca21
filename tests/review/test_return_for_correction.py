"""Returning an application with a note for correction."""

import pytest
from sqlmodel import select

from barut_reflex.applications.status import Action, Status, WrongStatus
from barut_reflex.core.models import AuditEntry, OutboxMail, StatusMove
from barut_reflex.review import service as review
from probes.case_factories import make_case
from probes.factories import save

SEAL = "1" * 64
NOTE = "Foto KTP buram.\nMohon foto ulang < 5 MB & terang."


@pytest.fixture
def case(session, ahmad):
    return make_case(session, applicant=ahmad)


def give_back(session, case, by, note=NOTE, seal=SEAL):
    review.return_for_correction(session, by, case.public_id, seal=seal, note=note)


def test_the_job_seeker_gets_the_note_and_rina_is_on_record(session, case, rina):
    give_back(session, case, rina)
    assert (case.status, case.review_note) == (Status.RETURNED, NOTE)
    changes = session.exec(select(StatusMove).where(StatusMove.action == Action.RETURN)).all()
    assert [(change.actor_id, change.note) for change in changes] == [(rina.id, NOTE)]
    [entry] = session.exec(select(AuditEntry).where(AuditEntry.act == "return")).all()
    assert (entry.actor_id, entry.subject) == (rina.id, case.public_id)
    [email] = session.exec(select(OutboxMail)).all()
    assert email.person_id == case.applicant_id


@pytest.mark.parametrize("note", ["", "   ", "\n\n", "\u00a0"])
def test_a_note_is_required(session, case, rina, note):
    with pytest.raises(review.NoteRequired) as refused:
        give_back(session, case, rina, note)
    assert refused.value.field == "note"
    assert case.status is Status.SUBMITTED


@pytest.mark.parametrize(
    ("note", "named"), [("a\u202eb", "U+202E"), ("a\x00b", "U+0000"), ("привет", "Kiril")]
)
def test_a_note_names_the_character_that_cannot_stand(session, case, rina, note, named):
    with pytest.raises(review.NoteUnfit) as refused:
        give_back(session, case, rina, note)
    assert named in refused.value.message
    assert refused.value.field == "note"


def test_a_note_has_a_thousand_letters_at_most(session, case, rina):
    with pytest.raises(review.NoteUnfit):
        give_back(session, case, rina, "a" * 1001)
    give_back(session, case, rina, "a" * 1000)
    assert case.status is Status.RETURNED


def test_without_its_check_any_character_would_pass(session, case, rina, monkeypatch):
    monkeypatch.setattr(review, "check_text", lambda *a, **k: None)
    give_back(session, case, rina, "a\u202eb")
    assert case.status is Status.RETURNED


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.SUBMITTED}))
def test_only_a_submitted_application_can_be_returned(session, siti, rina, status):
    case = make_case(session, applicant=siti, status=status)
    with pytest.raises(WrongStatus):
        give_back(session, case, rina)


def test_a_job_seeker_cannot_return_an_application(session, case, ahmad):
    with pytest.raises(WrongStatus):
        give_back(session, case, ahmad)
    assert case.status is Status.SUBMITTED


def test_what_was_not_read_is_not_returned(session, case, rina):
    case.seal = "2" * 64
    save(session, case)
    with pytest.raises(review.DataChanged):
        give_back(session, case, rina)


def test_the_slower_officer_is_told_who_did_what(session, case, rina, pak_budi):
    give_back(session, case, rina)
    with pytest.raises(WrongStatus) as refused:
        give_back(session, case, pak_budi)
    assert refused.value.message.startswith("Rina sudah menolak pengajuan ini pada ")
