"""Approving: the decision on unchanged data, who may sign, and one valid card per NIK."""

import threading

import pytest
from sqlmodel import Session, select

from barut_reflex.applications import service as applications
from barut_reflex.applications.models import Application
from barut_reflex.applications.queries import NoSuchApplication, get_application
from barut_reflex.applications.status import MACHINE, Action, Status, WrongStatus
from barut_reflex.cards.models import Card
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import issuing
from barut_reflex.core import clock, db
from barut_reflex.core.models import AuditEntry, OutboxMail, StatusMove
from barut_reflex.review import service as review
from probes.case_factories import NIK, make_case, note_move
from probes.factories import LONG_AGO, make_person, save

SEAL = "1" * 64


@pytest.fixture
def case(session, ahmad):
    return make_case(session, applicant=ahmad)


def approve(session, case, by, *, seal=SEAL, **changes):
    return review.approve(session, by, case.public_id, seal=seal, **changes)


def test_the_application_is_approved_and_its_card_issued(session, case, ahmad, rina):
    card = approve(session, case, rina)
    assert (case.status, card.application_id) == (Status.APPROVED, case.id)
    assert (card.holder_id, card.signatory_id) == (ahmad.id, rina.id)


def test_history_trail_and_email_are_in_the_same_act(session, case, rina):
    card = approve(session, case, rina)
    moves = session.exec(select(StatusMove).where(StatusMove.action == Action.APPROVE)).all()
    assert [(move.actor_id, move.after) for move in moves] == [(rina.id, Status.APPROVED)]
    [entry] = session.exec(select(AuditEntry).where(AuditEntry.act == "approve")).all()
    assert (entry.actor_id, entry.subject) == (rina.id, case.public_id)
    assert card.number in entry.detail
    [email] = session.exec(select(OutboxMail)).all()
    assert email.person_id == case.applicant_id


def test_another_active_officer_may_sign(session, case, rina, pak_budi):
    card = approve(session, case, rina, signatory_id=pak_budi.public_id)
    assert (card.signatory_name, card.signatory_position) == ("Budi", "Kepala Bidang")
    assert card.signatory_number == pak_budi.staff_number


@pytest.mark.parametrize(
    "changes", [{"is_active": False}, {"staff_number": ""}, {"role": "job_seeker"}]
)
def test_who_may_not_sign_is_refused_at_the_field(session, case, rina, pak_budi, changes):
    for name, value in changes.items():
        setattr(pak_budi, name, value)
    save(session, pak_budi)
    with pytest.raises(review.SignatoryUnfit) as refused:
        approve(session, case, rina, signatory_id=pak_budi.public_id)
    assert refused.value.field == "signatory"
    assert case.status is Status.SUBMITTED


@pytest.mark.parametrize("signatory_id", ["nobody", "00000000-0000-4000-8000-000000000000", "' --"])
def test_an_unknown_signatory_is_refused(session, case, rina, signatory_id):
    with pytest.raises(review.SignatoryUnfit):
        approve(session, case, rina, signatory_id=signatory_id)


def test_an_officer_without_a_staff_number_must_choose_somebody(session, case, pak_budi):
    new = make_person(session, name="Baru", role="officer")
    with pytest.raises(review.SignatoryUnfit):
        approve(session, case, new)
    assert approve(session, case, new, signatory_id=pak_budi.public_id).signatory_name == "Budi"


def test_without_its_check_anybody_could_sign(session, case, rina, siti, monkeypatch):
    monkeypatch.setattr(review, "ensure_may_sign", lambda person: person)
    assert approve(session, case, rina, signatory_id=siti.public_id).signatory_name == "Siti"


# -- the officer decides on what was read ---------------------------------------------------------


def test_data_that_changed_since_it_was_opened_is_not_approved(session, case, rina):
    case.seal = "2" * 64  # withdrawn, edited and sent again while the officer was reading
    save(session, case)
    with pytest.raises(review.DataChanged):
        approve(session, case, rina)
    assert case.status is Status.SUBMITTED
    assert session.exec(select(Card)).all() == []


@pytest.mark.parametrize("seal", ["", "0" * 64, "x"])
def test_a_decision_without_the_seal_is_refused(session, case, rina, seal):
    with pytest.raises(review.DataChanged):
        approve(session, case, rina, seal=seal)


def test_without_the_seal_check_unseen_data_would_be_approved(session, case, rina, monkeypatch):
    monkeypatch.setattr(review, "get_as_read", lambda s, id, seal: get_application(s, id))
    case.seal = "2" * 64
    save(session, case)
    assert approve(session, case, rina)


# -- wrong status, wrong person -------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.SUBMITTED}))
def test_only_a_submitted_application_can_be_approved(session, siti, rina, status):
    case = make_case(session, applicant=siti, status=status)
    with pytest.raises(WrongStatus):
        approve(session, case, rina)
    assert session.exec(select(Card)).all() == []


def test_a_job_seeker_cannot_approve(session, case, ahmad, rina):
    with pytest.raises(WrongStatus):
        approve(session, case, ahmad, signatory_id=rina.public_id)
    assert case.status is Status.SUBMITTED


def test_an_unknown_application_is_refused(session, rina):
    with pytest.raises(NoSuchApplication):
        review.approve(session, rina, "nothing", seal=SEAL)


# -- one NIK, one valid card ----------------------------------------------------------------------


@pytest.fixture
def older_card(session, siti, rina):
    older = make_case(session, applicant=siti)
    return approve(session, older, rina)


def test_another_valid_card_of_that_nik_forbids_it(session, older_card, case, rina):
    with pytest.raises(review.CardStillValid) as refused:
        approve(session, case, rina)
    assert older_card.number in refused.value.message
    assert refused.value.field == "revoke_other"


def test_the_older_card_may_be_revoked_in_the_same_act(session, older_card, case, rina):
    card = approve(session, case, rina, revoke_other=True)
    session.refresh(older_card)
    assert older_card.revoked is not None
    assert older_card.revoked_by == rina.id
    assert (card.nik, card.revoked) == (NIK, None)


def test_revoking_an_older_card_that_does_not_exist_changes_nothing(session, case, rina):
    assert approve(session, case, rina, revoke_other=True).nik == NIK


def test_an_older_card_that_ran_out_does_not_forbid_it(session, older_card, case, rina):
    older_card.valid_until = clock.today().replace(year=2020)
    save(session, older_card)
    assert approve(session, case, rina).number != older_card.number


def test_without_the_rule_two_cards_of_one_nik_would_be_valid(
    session, older_card, case, rina, monkeypatch
):
    monkeypatch.setattr(review, "end_other_card", lambda *a, **k: None)
    monkeypatch.setattr(issuing, "valid_card_of_nik", lambda *a: None)  # it asks once more
    approve(session, case, rina)
    session.refresh(older_card)
    assert older_card.revoked is None
    assert len(session.exec(select(Card).where(Card.nik == NIK)).all()) == 2


# -- two officers at once -------------------------------------------------------------------------


def test_the_slower_officer_is_told_who_did_what_and_when(session, case, rina, pak_budi):
    approve(session, case, rina)
    with pytest.raises(WrongStatus) as refused:
        approve(session, case, pak_budi)
    assert refused.value.message.startswith("Rina sudah menyetujui pengajuan ini pada ")


def test_the_officer_is_told_when_the_applicant_withdrew(session, case, ahmad, rina):
    note_move(session, case, Action.WITHDRAW, by=ahmad, after=Status.DRAFT, at=LONG_AGO)
    case.status = Status.DRAFT
    save(session, case)
    with pytest.raises(WrongStatus) as refused:
        approve(session, case, rina)
    message = "Ahmad sudah membatalkan pengajuan ini pada 1 April 2026 09.00."
    assert refused.value.message.startswith(message)


@pytest.fixture
def race(file_office):
    """Eight officers decide one application at the same moment; gives what each was answered."""
    with Session(file_office, expire_on_commit=False) as session:
        applicant = make_person(session, name="Ahmad")
        case = make_case(session, applicant=applicant)
        facts = {"role": "officer", "staff_number": "198501012010012001", "staff_kind": "PNS"}
        officers = [make_person(session, name=f"Petugas {n}", **facts) for n in range(8)]

    def run():
        start, answers = threading.Barrier(8), []

        def decide(nth, officer):
            start.wait()
            try:
                with db.writing() as session:
                    if nth % 2:
                        review.approve(session, officer, case.public_id, seal=SEAL)
                    else:
                        review.return_for_correction(
                            session, officer, case.public_id, seal=SEAL, note="Foto buram"
                        )
                answers.append("won")
            except WrongStatus as refused:
                answers.append(refused.message)

        threads = [threading.Thread(target=decide, args=pair) for pair in enumerate(officers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    return run


def decisions(engine):
    with Session(engine) as session:
        moves = session.exec(select(StatusMove).where(StatusMove.action != Action.SUBMIT)).all()
        return len(moves), len(session.exec(select(Card)).all())


def test_of_eight_officers_exactly_one_wins(file_office, race):
    answers = race()
    assert len(answers) == 8
    assert answers.count("won") == 1
    losers = [answer for answer in answers if answer != "won"]
    assert all("Petugas" in answer and "pengajuan ini pada" in answer for answer in losers)
    moves, cards = decisions(file_office)
    assert moves == 1
    assert cards in (0, 1)


def test_without_the_guarded_update_several_would_win(file_office, race, monkeypatch):
    def unguarded(session, application, action, *, by, note=""):
        after = Status.APPROVED if action is Action.APPROVE else Status.RETURNED
        application.status = after
        session.add(application)
        session.add(
            StatusMove(
                machine=MACHINE.name,
                subject_id=application.id,
                actor_id=by.id,
                action=action,
                before=Status.SUBMITTED,
                after=after,
                note=note,
                at=LONG_AGO,
            )
        )

    monkeypatch.setattr(applications, "move", unguarded)
    monkeypatch.setattr(issuing, "issue", lambda *a, by, signatory: Card(number="1"))  # pyright: ignore[reportCallIssue]
    monkeypatch.setattr(lookup, "valid_card_of_nik", lambda *a: None)
    assert race().count("won") == 8
    assert decisions(file_office)[0] == 8


def test_the_application_table_is_the_judge(session, case, rina, pak_budi):
    """Also when both officers had read the row before either wrote."""
    stale = session.get_one(Application, case.id)
    version = stale.version
    approve(session, case, rina)
    session.expunge(stale)
    stale.status, stale.version = Status.SUBMITTED, version
    with pytest.raises(WrongStatus):
        applications.move(session, stale, Action.APPROVE, by=pak_budi)
