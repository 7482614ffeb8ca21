"""Issuing a card at approval: its facts, its signed code, its date, one per NIK."""

from datetime import date

import pytest
from sqlmodel import select

from barut_reflex.applications.models import ApplicationPaper
from barut_reflex.cards import numbering
from barut_reflex.cards.dates import CardState
from barut_reflex.cards.models import Card
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import issuing
from barut_reflex.core.models import AuditEntry, Counter
from barut_reflex.people.rules import StaffKind
from barut_reflex.profiles.rules.facts import Facts
from barut_reflex.seal import codes
from barut_reflex.seal.models import Code
from probes.card_factories import FACTS, give_application, give_card
from probes.factories import make_person


def test_a_card_holds_what_was_true_at_approval(session, card, ahmad, rina):
    assert card.number == "620500000120042026"
    assert card.valid_until == date(2028, 4, 20)
    assert (card.holder_id, card.nik) == (ahmad.id, FACTS.nik)
    assert Facts.model_validate_json(card.facts) == FACTS
    assert (card.signatory_name, card.signatory_position) == ("Rina", "Pengantar Kerja")
    assert (card.signatory_kind, card.signatory_number) == ("PNS", "198501012010012001")
    assert lookup.card_state(session, card) is CardState.VALID


def test_a_later_change_of_the_officer_leaves_the_card(session, card, rina):
    rina.name, rina.position = "Rina Lain", "Kepala Bidang"
    session.add(rina)
    session.commit()
    session.refresh(card)
    assert (card.signatory_name, card.signatory_position) == ("Rina", "Pengantar Kerja")


def test_another_officer_may_sign(session, set_clock, siti, rina):
    head = make_person(
        session,
        name="Kepala",
        role=rina.role,
        position="Kepala Dinas",
        staff_kind=StaffKind.PPPK,
        staff_number="199009132025242014",
    )
    card = give_card(session, holder=siti, officer=rina, signatory=head)
    assert (card.signatory_id, card.signatory_kind) == (head.id, "PPPK")


def test_its_code_is_signed_and_says_who_and_how_long(session, card):
    row = session.exec(select(Code)).one()
    payload = codes.decode(row.code)
    assert (payload.number, payload.name) == (card.number, FACTS.name)
    assert (payload.issued, payload.valid_until) == (date(2026, 4, 20), card.valid_until)
    assert (row.code_id, row.replaced) == (payload.code_id, None)


def test_a_card_of_the_night_is_dated_in_wib(session, set_clock, siti, rina):
    set_clock(2026, 8, 30, 17, 30)  # 00.30 on the 31st
    card = give_card(session, holder=siti, officer=rina)
    assert card.number.endswith("31082026")
    assert card.valid_until == date(2028, 8, 31)
    assert [f"{day:%d%m%Y}" for day in lookup.reports_of(card)] == [
        "28022027",
        "31082027",
        "29022028",
    ]


def test_the_issue_is_in_the_trail(session, card, rina):
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "issue_card")).one()
    assert (entry.actor_id, entry.subject) == (rina.id, card.public_id)
    assert entry.nik_hash and FACTS.nik not in entry.detail


def test_one_nik_has_one_card(session, card, siti, rina):
    application = give_application(session, holder=siti)
    with pytest.raises(issuing.OtherCardValid):
        issuing.issue(session, application, by=rina, signatory=rina)
    session.rollback()
    assert session.get_one(Counter, "card-number:2026-04-20").value == 1  # the number is not lost


def test_without_the_check_one_nik_would_have_two(session, card, siti, rina, monkeypatch):
    monkeypatch.setattr(issuing, "valid_card_of_nik", lambda session, nik: None)
    give_card(session, holder=siti, officer=rina)
    assert len(session.exec(select(Card).where(Card.nik == FACTS.nik)).all()) == 2


def test_after_the_old_card_ended_there_may_be_a_new_one(session, card, siti, rina, set_clock):
    issuing.supersede(session, card, by=rina)
    renewed = give_card(session, holder=siti, officer=rina)
    assert lookup.valid_card_of_nik(session, FACTS.nik) == renewed


def test_an_expired_card_is_no_longer_the_valid_one(session, card, set_clock):
    set_clock(2028, 4, 20, 16, 59)
    assert lookup.valid_card_of_nik(session, FACTS.nik) == card
    set_clock(2028, 4, 20, 17, 0)
    assert lookup.valid_card_of_nik(session, FACTS.nik) is None


def test_without_a_photo_there_is_no_card(session, set_clock, siti, rina):
    application = give_application(session, holder=siti)
    for paper in session.exec(select(ApplicationPaper)):
        session.delete(paper)
    session.commit()
    with pytest.raises(issuing.PhotoMissing):
        issuing.issue(session, application, by=rina, signatory=rina)


def test_a_clock_set_back_issues_nothing(session, card, siti, rina, set_clock):
    set_clock(2026, 4, 19, 3)
    facts = FACTS.model_copy(update={"nik": "6205051203010002"})
    application = give_application(session, holder=siti, facts=facts)
    with pytest.raises(numbering.ClockBehind):
        issuing.issue(session, application, by=rina, signatory=rina)
