"""Papers are deleted a set time after the card ended, unless they are still needed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from barut_reflex.applications import queries as application_queries
from barut_reflex.applications import service as applications
from barut_reflex.applications.models import ApplicationPaper
from barut_reflex.applications.queries import still_attached
from barut_reflex.cards import imaging
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import after_issue, issuing, retention
from barut_reflex.cards.service.printing import portrait
from barut_reflex.core import audit, clock
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.documents.models import Document
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments, cleanup
from barut_reflex.documents.storage import store
from barut_reflex.profiles.service import retention as sleeping
from probes.card_factories import FACTS, give_card
from probes.factories import make_application, make_document, make_profile, save

RETENTION = timedelta(days=365)


@pytest.fixture
def later(monkeypatch):
    """Let time pass: the moment, moved by so much."""

    def to(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    return to


def papers_of(session, card):
    return application_queries.papers_of(session, card.application_id)


def end_by_placement(session, card, rina):
    on = f"{clock.today():%d/%m/%Y}"
    after_issue.mark_placed(session, rina, card.public_id, employer="PT Sinar Barito", on=on)


def end_by_revocation(session, card, pak_budi):
    issuing.revoke(session, pak_budi, card.public_id, reason="Data palsu.")


def close_and_sweep(session):
    """What the worker does, in its order, and once more a day later."""
    after_issue.close_expired(session)
    count = retention.delete_old_papers(session)
    session.commit()
    return count


@pytest.mark.parametrize("end", [end_by_placement, end_by_revocation])
def test_papers_go_a_year_after_the_end(session, card, pak_budi, later, end):
    end(session, card, pak_budi)
    ended = clock.now()
    later(ended + RETENTION)
    assert close_and_sweep(session) == 0
    assert len(papers_of(session, card)) == 1
    later(ended + RETENTION + timedelta(minutes=1))
    assert close_and_sweep(session) == 1
    assert papers_of(session, card) == []
    assert card.photo_id is None
    assert close_and_sweep(session) == 0


def test_papers_go_a_year_after_expiry(session, card, later):
    last_day = datetime.combine(card.valid_until, datetime.min.time(), UTC)
    later(last_day + RETENTION)
    assert close_and_sweep(session) == 0
    later(last_day + RETENTION + timedelta(days=2))
    assert close_and_sweep(session) == 1


def test_papers_of_a_living_card_stay(session, card, later):
    later(clock.now() + timedelta(days=700))
    assert clock.today() < card.valid_until
    assert close_and_sweep(session) == 0
    assert len(papers_of(session, card)) == 1


def test_the_set_time_counts(session, card, pak_budi, later, monkeypatch):
    end_by_revocation(session, card, pak_budi)
    later(clock.now() + timedelta(days=31))
    assert close_and_sweep(session) == 0
    monkeypatch.setattr(settings, "retention_days_after_end", 30)
    assert close_and_sweep(session) == 1


def test_row_and_file_go_with_the_sweep(session, card, pak_budi, later):
    file = papers_of(session, card)[0].file
    end_by_revocation(session, card, pak_budi)
    later(clock.now() + RETENTION + timedelta(days=1))
    close_and_sweep(session)
    for _ in range(2):
        later(clock.now() + timedelta(days=2))
        cleanup.delete_unneeded(session, still_needed=lambda ids: still_attached(session, ids))
        session.commit()
        cleanup.remove_files(cleanup.orphaned(session, cleanup.old_file_names()))
    assert session.exec(select(Document)).all() == []
    assert not store.exists(file)


def test_without_the_rule_they_would_lie_there_for_ever(session, card, pak_budi, later):
    file = papers_of(session, card)[0].file
    end_by_revocation(session, card, pak_budi)
    later(clock.now() + timedelta(days=3000))
    cleanup.delete_unneeded(session, still_needed=lambda ids: still_attached(session, ids))
    cleanup.remove_files(cleanup.orphaned(session, cleanup.old_file_names()))
    assert store.exists(file)


def test_card_and_number_stay_for_the_register(session, card, ahmad, pak_budi, later):
    end_by_revocation(session, card, pak_budi)
    later(clock.now() + RETENTION + timedelta(days=1))
    close_and_sweep(session)
    [past] = lookup.past_cards(session, ahmad.id)
    assert (past.number, past.state) == (card.number, "Dicabut")
    assert lookup.my_card(session, ahmad).photo == ""
    assert portrait(session, card.photo_id, imaging.THUMBNAIL_SIZE, quality=72) is None


def test_it_is_on_record_for_that_person(session, card, ahmad, pak_budi, later):
    end_by_revocation(session, card, pak_budi)
    later(clock.now() + RETENTION + timedelta(days=1))
    close_and_sweep(session)
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "delete_papers")).one()
    assert (entry.actor_id, entry.subject) == (None, ahmad.public_id)
    assert entry.detail == f"1 papers of card {card.public_id}"
    soon = clock.now() + timedelta(minutes=1)
    assert audit.who_saw(session, card.nik, clock.now(), soon) == [entry]


def test_own_papers_stay_while_a_new_application_is_made(session, card, ahmad, pak_budi, later):
    end_by_revocation(session, card, pak_budi)
    applications.start_new(session, ahmad)
    session.commit()
    later(clock.now() + RETENTION + timedelta(days=1))
    assert close_and_sweep(session) == 1
    assert list(attachments.current_papers(session, ahmad.id)) == [Kind.PHOTO]


def test_papers_another_application_shows_stay(session, card, ahmad, rina, pak_budi, later):
    [paper] = papers_of(session, card)
    end_by_revocation(session, card, pak_budi)
    other = make_application(session, applicant=ahmad, is_closed=True)
    save(session, ApplicationPaper(application_id=other.id, document_id=paper.id))
    later(clock.now() + RETENTION + timedelta(days=1))
    close_and_sweep(session)
    session.refresh(paper)
    assert paper.replaced is None
    assert application_queries.papers_of(session, other.id) == [paper]


def test_nobody_elses_papers_go(session, card, siti, rina, pak_budi, later):
    facts = FACTS.model_copy(update={"nik": "6205050707000007"})
    theirs = give_card(session, holder=siti, officer=rina, facts=facts)
    own = make_document(session, owner=siti, kind=Kind.ID_CARD)
    end_by_revocation(session, card, pak_budi)
    later(clock.now() + RETENTION + timedelta(days=1))
    close_and_sweep(session)
    session.refresh(own)
    assert own.replaced is None
    assert len(papers_of(session, theirs)) == 1
    assert theirs.valid_until > date(2027, 4, 21)


# -- papers of a profile


def make_slept(session, person, **changes):
    profile = make_profile(session, person=person, updated=clock.now(), **changes)
    make_document(session, owner=person, kind=Kind.PROOF, proves="a", file="proof.jpg")
    make_document(session, owner=person, kind=Kind.DIPLOMA, file="diploma.jpg")
    make_document(session, owner=person, file="photo.jpg")
    return profile


def own_kinds(session, person):
    rows = select(Document).where(Document.owner_id == person.id, Document.replaced == None)  # noqa: E711
    return {row.kind for row in session.exec(rows)}


def test_proofs_and_photo_go_once_a_profile_slept_for_a_year(session, siti, later):
    make_slept(session, siti)
    last = clock.now()
    later(last + RETENTION - timedelta(minutes=1))
    assert sleeping.delete_old_proofs(session) == 0
    later(last + RETENTION + timedelta(minutes=1))
    assert sleeping.delete_old_proofs(session) == 1
    assert own_kinds(session, siti) == {Kind.DIPLOMA}
    assert sleeping.delete_old_proofs(session) == 0
    assert session.exec(select(AuditEntry.act)).all() == ["delete_proofs"]


def test_who_has_an_open_application_keeps_them(session, siti, later):
    make_slept(session, siti)
    make_application(session, applicant=siti)
    later(clock.now() + RETENTION * 2)
    assert sleeping.delete_old_proofs(session) == 0


def test_who_has_a_living_card_keeps_them_until_it_ends(session, card, ahmad, pak_budi, later):
    make_profile(session, person=ahmad, updated=clock.now())
    make_document(session, owner=ahmad, kind=Kind.PROOF, proves="a", file="proof.jpg")
    later(clock.now() + timedelta(days=500))
    after_issue.close_expired(session)
    assert sleeping.delete_old_proofs(session) == 0
    end_by_revocation(session, card, pak_budi)
    assert sleeping.delete_old_proofs(session) == 1


def test_the_photo_of_a_profile_in_use_outlives_its_card(session, card, ahmad, rina, later):
    profile = make_profile(session, person=ahmad, updated=clock.now())
    end_by_placement(session, card, rina)
    later(clock.now() + RETENTION + timedelta(days=1))
    profile.updated = clock.now()
    session.flush()
    assert close_and_sweep(session) == 1
    assert Kind.PHOTO in own_kinds(session, ahmad)
    assert card.photo_id is None
