"""Model-based test (Hypothesis): four people do anything in any order; a model gives the result.

Two job seekers share a NIK; an officer and an administrator decide. After every step the whole
database is compared with the model.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, col, create_engine, select

from barut_reflex.applications import service as applications
from barut_reflex.applications.models import Application
from barut_reflex.applications.status import Action, Status
from barut_reflex.cards.dates import add_months
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import after_issue, issuing
from barut_reflex.core import clock, db
from barut_reflex.core.errors import Refusal
from barut_reflex.documents import rules
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import uploads
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role, StaffKind
from barut_reflex.review import service as review
from probes.factories import REQUIRED, known, make_document, make_person, make_profile
from probes.form_values import PERSONAL_FORM

from .expected_state import (
    STREETS,
    ExpectedCard,
    ExpectedCase,
    ExpectedSeeker,
    compare,
    find_good_card,
    rows_of,
)

MORNING = datetime(2026, 4, 20, 1, 0, tzinfo=UTC)
SEEKERS, STAFF = ("ahmad", "siti"), ("rina", "budi")
EVERYBODY = SEEKERS + STAFF
seekers, staff = st.sampled_from(SEEKERS), st.sampled_from(STAFF)
kinds = st.sampled_from((Kind.ID_CARD, Kind.DIPLOMA))


class OfficeMachine(RuleBasedStateMachine):
    """The office and its model, side by side."""

    steps = 0  # of all machines of this process
    done: ClassVar[Counter] = Counter()  # which acts succeeded, which were refused

    def __init__(self):
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.moment = MORNING
        self.patch.setattr(clock, "now", lambda: self.moment)
        self.patch.setattr(rules, "MAX_STORED_PAPERS", 10**6)  # nobody sleeps here
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        SQLModel.metadata.create_all(engine)
        self.patch.setattr(db, "engine", engine)
        self.model = {name: ExpectedSeeker() for name in SEEKERS}
        self.read: dict[tuple[str, str], tuple[str, str, tuple]] = {}
        with db.writing() as session:
            self.ids = {name: self._enter(session, name) for name in EVERYBODY}

    def _enter(self, session: Session, name: str) -> int:
        if name in STAFF:
            return make_person(
                session,
                name=name.title(),
                role=Role.ADMINISTRATOR if name == "budi" else Role.OFFICER,
                staff_kind=StaffKind.PNS,
                staff_number="198501012010012001",
            ).id
        person = make_person(session, name=name.title())
        make_profile(session, person=person, address=STREETS[0])
        for kind in REQUIRED:
            make_document(session, owner=person, kind=kind, sha256="0" * 64)
            self.model[name].papers[kind] = "0"
        return person.id

    def teardown(self):
        self.patch.undo()

    # -- what people do -----------------------------------------------------------------------

    @rule(who=seekers, address=st.sampled_from(STREETS))
    def save(self, who, address):
        seeker = self.model[who]
        form = PERSONAL_FORM | {"address": address}
        if self._does(who, seeker.may_edit, applications.save_personal, form):
            seeker.begin()
            seeker.address = address

    @rule(who=seekers, kind=kinds, content=st.sampled_from("012"))
    def attach(self, who, kind, content):
        seeker = self.model[who]
        paper = uploads.StoredFile(kind, "a.jpg", "image/jpeg", 1000, 1, content * 64, "a.jpg")
        if self._does(who, seeker.may_edit, applications.attach_paper, kind, paper):
            seeker.begin()
            seeker.papers[kind] = content

    @rule(who=seekers, kind=kinds)
    def detach(self, who, kind):
        seeker = self.model[who]
        if self._does(who, seeker.may_edit, applications.detach_paper, kind):
            seeker.begin()
            seeker.papers.pop(kind, None)

    @rule(who=seekers)
    def start_new(self, who):
        seeker = self.model[who]
        if self._does(who, seeker.open is None, applications.start_new):
            seeker.begin()

    @rule(who=seekers)
    def submit(self, who):
        seeker = self.model[who]
        is_whole = set(seeker.papers) == set(REQUIRED)
        may = seeker.open is not None and seeker.may_edit and is_whole
        if self._does(who, may, applications.submit):
            case = known(seeker.open)
            case.move(who, Action.SUBMIT, Status.SUBMITTED)
            case.content = seeker.content

    @rule(who=seekers)
    def hand_in(self, who):
        """What most people do: bring what is missing, and send."""
        seeker = self.model[who]
        if seeker.may_edit:
            self.save(who, seeker.address)
            for kind in set(REQUIRED) - set(seeker.papers):
                self.attach(who, kind, "0")
        self.submit(who)

    @rule(who=seekers)
    def withdraw(self, who):
        if self._does(who, self._is(who, Status.SUBMITTED), applications.withdraw):
            known(self.model[who].open).move(who, Action.WITHDRAW, Status.DRAFT)

    @rule(who=staff, whose=seekers)
    def open_case(self, who, whose):
        with db.reading() as session:
            found = session.exec(
                select(Application)
                .where(Application.applicant_id == self.ids[whose])
                .order_by(col(Application.id).desc())
            ).first()
        if found:
            case = self.model[whose].cases[-1]
            self.read[who, whose] = (found.public_id, found.seal, case.content)

    @rule(who=staff, whose=seekers, revoke_other=st.booleans())
    def approve(self, who, whose, revoke_other):
        if (who, whose) not in self.read:
            return
        public_id, seal, content = self.read[who, whose]
        case, other = self.model[whose].open, find_good_card(self.model)
        as_read = case is not None and case.content == content
        may = self._is_newest(whose, public_id) and as_read and self._is(whose, Status.SUBMITTED)
        may = may and (other is None or revoke_other)
        card = self._does(who, may, review.approve, public_id, seal=seal, revoke_other=revoke_other)
        if card and case:
            if other:
                known(other.card).is_revoked = other.is_closed = True
            case.move(who, Action.APPROVE, Status.APPROVED)
            until = add_months(clock.today(), 24)
            case.card = ExpectedCard(card.number, until, case.content[0])

    @rule(who=staff, whose=seekers, revoke_other=st.booleans())
    def read_and_approve(self, who, whose, revoke_other):
        """What most officers do."""
        self.open_case(who, whose)
        self.approve(who, whose, revoke_other)

    @rule(whose=seekers)
    def come_to_a_card(self, whose):
        self.hand_in(whose)
        self.read_and_approve("rina", whose, True)

    @rule(who=staff, whose=seekers, note=st.sampled_from(["", "Foto KTP buram."]))
    def send_back(self, who, whose, note):
        if (who, whose) not in self.read:
            return
        public_id, seal, content = self.read[who, whose]
        case = self.model[whose].open
        as_read = case is not None and case.content == content and bool(note)
        may = self._is_newest(whose, public_id) and as_read and self._is(whose, Status.SUBMITTED)
        call = {"seal": seal, "note": note}
        if self._does(who, may, review.return_for_correction, public_id, **call) and case:
            case.move(who, Action.RETURN, Status.RETURNED)

    @rule(who=staff, whose=seekers)
    def revoke(self, who, whose):
        case, public_id = self._newest_card(whose)
        may = case is not None and who == "budi" and not known(case.card).is_revoked
        if self._does(who, may, issuing.revoke, public_id, reason="Data palsu.") and case:
            known(case.card).is_revoked = case.is_closed = True

    @rule(who=staff, whose=seekers)
    def place(self, who, whose):
        case, public_id = self._newest_card(whose)
        card = case and case.card
        may = card is not None and not (card.is_revoked or card.is_placed)
        call = {"employer": "PT Sawit", "on": f"{clock.today():%d/%m/%Y}"}
        if self._does(who, may, after_issue.mark_placed, public_id, **call) and case and card:
            card.is_placed = case.is_closed = True

    @rule(who=st.sampled_from(EVERYBODY), whose=seekers)
    def renew(self, who, whose):
        case, public_id = self._newest_card(whose)
        card = case and case.card
        may = card is not None and (who in STAFF or who == whose) and card.is_good_on(clock.today())
        if self._does(who, may, issuing.renew_code, public_id) and card:
            card.codes += 1

    @rule(days=st.sampled_from([1, 200, 800]))
    def time_passes(self, days):
        if self.moment.year > 2040:
            return
        self.moment += timedelta(days=days)
        with db.writing() as session:
            after_issue.close_expired(session)
        for seeker in self.model.values():
            if (case := seeker.open) and case.card and clock.today() > case.card.valid_until:
                case.is_closed = True

    # -- what nobody may do -------------------------------------------------------------------

    @rule(who=seekers, whose=seekers, action=st.sampled_from(list(Action)))
    def forge_a_move(self, who, whose, action):
        """A job seeker calls for what only staff may do, or for another person's application."""
        own = {Action.SUBMIT, Action.WITHDRAW}
        if self.model[whose].cases and not (who == whose and action in own):
            self._does(who, False, self._move, self.ids[whose], action)

    @rule(who=seekers, whose=seekers)
    def forge_an_approval(self, who, whose):
        with db.reading() as session:
            case = session.exec(
                select(Application).where(Application.applicant_id == self.ids[whose])
            ).first()
            signatory = session.get_one(Person, self.ids["rina"]).public_id
        if case:
            call = {"seal": case.seal, "signatory_id": signatory}
            self._does(who, False, review.approve, case.public_id, **call)

    @staticmethod
    def _move(session: Session, by: Person, applicant_id: int, action: Action) -> None:
        mine = select(Application).where(Application.applicant_id == applicant_id)
        applications.move(session, known(session.exec(mine).first()), action, by=by)

    # -- model and office, side by side -------------------------------------------------------

    def _does(self, who: str, may: bool, service, *args, **kwargs):
        """Do it as the app does; that it succeeds, or is refused, must be what the model says."""
        self.moment += timedelta(seconds=1)
        try:
            with db.writing() as session:
                by = session.get_one(Person, self.ids[who])
                done = service(session, by, *args, **kwargs)
        except Refusal as refusal:
            OfficeMachine.done[f"{service.__name__} refused"] += 1
            assert not may, f"{who} was refused {service.__name__}: {refusal}"
            return None
        assert may, f"{who} was allowed {service.__name__}"
        OfficeMachine.done[service.__name__] += 1
        return done or True

    def _is(self, whose: str, status: Status) -> bool:
        case = self.model[whose].open
        return case is not None and case.status is status

    def _is_newest(self, whose: str, public_id: str) -> bool:
        with db.reading() as session:
            rows = rows_of(session, self.ids[whose])
        return bool(rows) and rows[-1].public_id == public_id

    def _newest_card(self, whose: str) -> tuple[ExpectedCase | None, str]:
        """The newest application with a card, and the card's public id."""
        with db.reading() as session:
            for place, row in reversed(list(enumerate(rows_of(session, self.ids[whose])))):
                if card := lookup.find_card_of(session, row.id):
                    return self.model[whose].cases[place], card.public_id
        return None, "nobody's"

    @invariant()
    def the_database_is_the_model(self):
        OfficeMachine.steps += 1
        with db.reading() as session:
            compare(session, self.model, self.ids)
