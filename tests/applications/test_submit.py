"""Sending an application: facts and papers are copied, sealed, recorded and confirmed by email."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from barut_reflex.applications import emails
from barut_reflex.applications import queries as application_queries
from barut_reflex.applications import service as applications
from barut_reflex.applications.models import ApplicationPaper
from barut_reflex.applications.service import Incomplete, NeedsCorrection, NothingToSend
from barut_reflex.applications.status import RULES, Action, Status, WrongStatus
from barut_reflex.core import clock, limits
from barut_reflex.core.models import AuditEntry, OutboxMail, StatusMove
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments
from barut_reflex.profiles.service import facts as profile_facts
from probes.factories import known, make_document

from .cases import make_ready

NOON = datetime(2026, 4, 20, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def ready(session, ahmad):
    make_ready(session, ahmad)
    return applications.start_new(session, ahmad)


def mails(session):
    queued = select(OutboxMail).order_by(col(OutboxMail.created))
    return [mail.kind for mail in session.exec(queued)]


def test_facts_and_papers_are_copied_and_sealed(session, ahmad, ready):
    sent = applications.submit(session, ahmad)
    assert (sent.status, sent.version) == (Status.SUBMITTED, 1)
    assert clock.utc(known(sent.submitted)) == NOON
    assert (sent.nik, sent.name, sent.search_name) == ("6205050707000006", "Ahmad", "ahmad")
    facts = application_queries.facts_of(sent)
    assert (facts.regency, facts.village) == ("Kabupaten Barito Utara", "Melayu")
    assert facts.birth_date == "2000-07-07"
    kinds = [paper.kind for paper in application_queries.papers_of(session, sent.id)]
    assert kinds == [Kind.ID_CARD, Kind.FAMILY_CARD, Kind.PHOTO, Kind.DIPLOMA]
    assert len(sent.seal) == 64


def test_one_history_row_one_audit_row_and_one_email(session, ahmad, ready):
    applications.submit(session, ahmad)
    [change] = session.exec(select(StatusMove)).all()
    assert (change.action, change.before, change.after) == (
        Action.SUBMIT,
        Status.DRAFT,
        Status.SUBMITTED,
    )
    assert (change.actor_id, clock.utc(change.at)) == (ahmad.id, NOON)
    [entry] = session.exec(select(AuditEntry).where(AuditEntry.act == "submit")).all()
    assert (entry.actor_id, entry.subject) == (ahmad.id, ready.public_id)
    [mail] = session.exec(select(OutboxMail)).all()
    assert (mail.recipient, mail.person_id) == ("ahmad@contoh.id", ahmad.id)


def test_a_later_change_of_the_profile_does_not_alter_what_was_sent(session, ahmad, ready):
    sent = applications.submit(session, ahmad)
    seal = sent.seal
    profile_facts.save_personal(session, ahmad, {"name": "Ahmad Baru"}, partial=True)
    session.refresh(sent)
    assert application_queries.facts_of(sent).name == "Ahmad"
    assert sent.seal == seal


@pytest.mark.parametrize("changed", ["facts", "paper"])
def test_the_seal_changes_with_anything_the_officer_reads(session, ahmad, ready, changed):
    first = applications.submit(session, ahmad).seal
    applications.withdraw(session, ahmad)
    if changed == "facts":
        applications.save_personal(session, ahmad, {"rt": "2"}, partial=True)
    else:
        make_document(session, owner=ahmad, kind=Kind.EXPERIENCE_LETTER, sha256="f" * 64)
    assert applications.submit(session, ahmad).seal != first


def test_without_a_change_the_seal_is_the_same(session, ahmad, ready):
    first = applications.submit(session, ahmad).seal
    applications.withdraw(session, ahmad)
    assert applications.submit(session, ahmad).seal == first


def test_sending_twice_has_one_effect(session, ahmad, ready):
    applications.submit(session, ahmad)
    for _ in range(5):
        with pytest.raises(WrongStatus):
            applications.submit(session, ahmad)
    assert len(session.exec(select(StatusMove)).all()) == 1
    assert len(mails(session)) == 1
    assert len(session.exec(select(ApplicationPaper)).all()) == 4


def test_without_the_table_a_second_sending_would_have_an_effect(
    session, ahmad, ready, monkeypatch
):
    anywhere = RULES[Action.SUBMIT]._replace(start=frozenset(Status))
    monkeypatch.setitem(RULES, Action.SUBMIT, anywhere)
    applications.submit(session, ahmad)
    applications.submit(session, ahmad)
    assert len(session.exec(select(StatusMove)).all()) == 2


def test_nothing_begun_is_nothing_to_send(session, ahmad):
    with pytest.raises(NothingToSend):
        applications.submit(session, ahmad)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"nik": ""}, "NIK"),
        ({"phone": "", "rt": ""}, "RT, Nomor HP"),
        ({"village": ""}, "Kelurahan/Desa"),
        ({"education": None}, "Pendidikan Terakhir"),
        ({"graduation_year": None}, "Tahun Lulus"),
        ({"skills": "las"}, "Sertifikat Keterampilan"),
    ],
)
def test_what_is_missing_is_named(session, ahmad, changes, missing):
    make_ready(session, ahmad, **changes)
    applications.start_new(session, ahmad)
    with pytest.raises(Incomplete) as refused:
        applications.submit(session, ahmad)
    assert missing in refused.value.message
    assert session.exec(select(StatusMove)).all() == []


def test_a_missing_paper_is_named(session, ahmad, ready):
    attachments.current_papers(session, ahmad.id)[Kind.PHOTO].replaced = NOON
    session.flush()
    with pytest.raises(Incomplete) as refused:
        applications.submit(session, ahmad)
    assert refused.value.gaps == ["Pas Foto"]


def test_rules_are_asked_again_when_sending(session, ahmad):
    make_ready(session, ahmad, graduation_year=2003)
    applications.start_new(session, ahmad)
    with pytest.raises(NeedsCorrection) as refused:
        applications.submit(session, ahmad)
    assert refused.value.message.startswith("Tahun Lulus: ")


def test_only_my_own_papers_and_facts_go_along(session, ahmad, siti, ready):
    make_ready(session, siti, nik="6205054101990001")
    sent = applications.submit(session, ahmad)
    assert {paper.owner_id for paper in application_queries.papers_of(session, sent.id)} == {
        ahmad.id
    }
    assert application_queries.facts_of(sent).name == "Ahmad"
    with pytest.raises(NothingToSend):
        applications.submit(session, siti)


def test_after_a_return_it_may_be_sent_again_without_a_change(session, ahmad, rina, ready):
    sent = applications.submit(session, ahmad)
    applications.move(session, sent, Action.RETURN, by=rina, note="Foto KTP buram")
    again = applications.submit(session, ahmad)
    assert (again.status, again.review_note, again.version) == (Status.SUBMITTED, "", 3)
    assert mails(session) == ["application_submit", "application_return", "application_submit"]
    assert len(application_queries.papers_of(session, again.id)) == 4


def test_a_replaced_paper_is_replaced_in_the_second_sending(session, ahmad, rina, ready):
    sent = applications.submit(session, ahmad)
    applications.move(session, sent, Action.RETURN, by=rina, note="Foto KTP buram")
    old = application_queries.papers_of(session, sent.id)[0]
    old.replaced = NOON
    new = make_document(session, owner=ahmad, kind=Kind.ID_CARD, sha256="e" * 64)
    applications.submit(session, ahmad)
    assert application_queries.papers_of(session, sent.id)[0].id == new.id


def test_at_most_three_confirmations_a_day(session, ahmad, ready):
    for _ in range(5):
        applications.submit(session, ahmad)
        applications.withdraw(session, ahmad)
    assert mails(session) == ["application_submit"] * emails.MAX_SUBMIT_EMAILS_PER_DAY


def test_the_next_day_there_is_an_email_again(session, ahmad, ready, monkeypatch):
    for _ in range(4):
        applications.submit(session, ahmad)
        applications.withdraw(session, ahmad)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=1, seconds=1))
    applications.submit(session, ahmad)
    assert len(mails(session)) == 4


def test_without_the_limit_every_sending_would_bring_an_email(session, ahmad, ready, monkeypatch):
    monkeypatch.setattr(limits, "spend", lambda *_, **__: True)
    for _ in range(5):
        applications.submit(session, ahmad)
        applications.withdraw(session, ahmad)
    assert len(mails(session)) == 5
