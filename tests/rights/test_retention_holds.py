"""Proofs and the photo are not deleted while any desk still needs them."""

from datetime import timedelta

import pytest
from sqlalchemy import exists, false, true
from sqlmodel import col, select

from barut_reflex.cards.service.retention import delete_old_papers
from barut_reflex.core import clock
from barut_reflex.documents.models import Document
from barut_reflex.documents.rules import Kind
from barut_reflex.people.models import Person
from barut_reflex.profiles.service import retention
from probes.factories import make_document, make_profile


@pytest.fixture
def sleeping(session, ahmad, siti, monkeypatch):
    """Two people whose profiles nobody touched for two years."""
    for person in (ahmad, siti):
        make_profile(session, person=person, updated=clock.now())
        make_document(session, owner=person, kind=Kind.PROOF, proves="a", file="proof.jpg")
    later = clock.now() + timedelta(days=730)
    monkeypatch.setattr(clock, "now", lambda: later)


def owners_of_papers(session):
    own = select(Document.owner_id).where(col(Document.replaced).is_(None))
    return set(session.exec(own))


def test_a_planted_desk_holds_the_proofs_of_its_own_people(session, sleeping, ahmad, siti, plant):
    def is_named_ahmad(person_id):
        return exists().where(col(Person.id) == person_id, col(Person.name) == "Ahmad")

    plant(has_active_records=is_named_ahmad)
    assert retention.delete_old_proofs(session) == 1
    assert owners_of_papers(session) == {ahmad.id}


def test_a_planted_desk_may_hold_everybody(session, sleeping, ahmad, siti, plant):
    plant(has_active_records=lambda person_id: true())
    assert retention.delete_old_proofs(session) == 0
    assert owners_of_papers(session) == {ahmad.id, siti.id}


def test_a_planted_desk_that_holds_nothing_changes_nothing(session, sleeping, plant):
    plant()
    assert retention.delete_old_proofs(session) == 2
    assert owners_of_papers(session) == set()


@pytest.mark.parametrize("is_held", [True, False])
def test_the_photo_of_an_old_card_stays_while_a_desk_holds_its_person(
    session, filled, monkeypatch, plant, is_held
):
    later = clock.now() + timedelta(days=730)
    monkeypatch.setattr(clock, "now", lambda: later)
    plant(has_active_records=lambda person_id: true() if is_held else false())
    assert delete_old_papers(session) == 1
    photo = select(Document).where(Document.kind == Kind.PHOTO)
    assert (session.exec(photo).one().replaced is None) == is_held
