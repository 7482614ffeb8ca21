"""Model of the model-based test `four_people`: the expected state, compared with the database."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from barut_reflex.applications import queries as applications
from barut_reflex.applications.models import Application
from barut_reflex.applications.status import MACHINE, Action, Status
from barut_reflex.cards.models import Card
from barut_reflex.cards.queries import lookup
from barut_reflex.core import clock, machine
from barut_reflex.core.models import AuditEntry
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments
from barut_reflex.profiles.models import Profile
from barut_reflex.seal.models import Code
from barut_reflex.seal.rules import PayloadKind

STREETS = ("Jl. Merak 1", "Jl. Cempaka 2", "Jl. Bangau 3")


@dataclass
class ExpectedCard:
    """A card as the model knows it."""

    number: str
    valid_until: date
    address: str
    is_revoked: bool = False
    is_placed: bool = False
    codes: int = 1

    def is_good_on(self, day: date) -> bool:
        return not (self.is_revoked or self.is_placed or day > self.valid_until)


@dataclass
class ExpectedCase:
    """An application as the model knows it."""

    status: Status = Status.DRAFT
    is_closed: bool = False
    content: tuple = ()  # what was sent: address and papers
    moves: list[tuple[str, Action, Status, Status]] = field(default_factory=list)
    card: ExpectedCard | None = None

    def move(self, who: str, action: Action, after: Status) -> None:
        self.moves.append((who, action, self.status, after))
        self.status = after


@dataclass
class ExpectedSeeker:
    """A job seeker as the model knows them."""

    address: str = STREETS[0]
    papers: dict[Kind, str] = field(default_factory=dict)
    cases: list[ExpectedCase] = field(default_factory=list)

    @property
    def open(self) -> ExpectedCase | None:
        return next((case for case in self.cases if not case.is_closed), None)

    @property
    def may_edit(self) -> bool:
        return self.open is None or self.open.status in (Status.DRAFT, Status.RETURNED)

    @property
    def content(self) -> tuple:
        return self.address, *sorted(self.papers.items())

    def begin(self) -> None:
        if self.open is None:
            self.cases.append(ExpectedCase())


def find_good_card(model: dict[str, ExpectedSeeker]) -> ExpectedCase | None:
    """The case whose card may be used today; the seekers share a NIK, so there is at most one."""
    today = clock.today()
    cases = [case for seeker in model.values() for case in seeker.cases]
    good = [case for case in cases if case.card and case.card.is_good_on(today)]
    assert len(good) <= 1
    return good[0] if good else None


# -- comparison with the database ------------------------------------------------------------


def compare(session: Session, model: dict[str, ExpectedSeeker], ids: dict[str, int]) -> None:
    """Everything the model knows stands in the database, and nothing else does."""
    names = {number: name for name, number in ids.items()}
    for who, seeker in model.items():
        rows = rows_of(session, ids[who])
        assert len(rows) == len(seeker.cases)
        papers = attachments.current_papers(session, ids[who])
        held = {kind: paper.sha256[0] for kind, paper in papers.items()}
        profile = session.get_one(Profile, ids[who])
        assert (profile.address, held) == (seeker.address, seeker.papers)
        for row, case in zip(rows, seeker.cases, strict=True):
            _compare_case(session, row, case, names)
    _compare_trail(session, model)
    _compare_numbers(session)


def rows_of(session: Session, person_id: int) -> list[Application]:
    """A person's applications, the oldest first."""
    mine = select(Application).where(Application.applicant_id == person_id)
    return list(session.exec(mine.order_by(col(Application.id))))


def _compare_case(session: Session, row: Application, case: ExpectedCase, names: dict) -> None:
    assert (row.status, row.is_closed) == (case.status, case.is_closed)
    assert row.version == len(case.moves)
    changes = machine.history(session, MACHINE, row.id)
    assert [(names[c.actor_id], c.action, c.before, c.after) for c in changes] == case.moves
    card = lookup.find_card_of(session, row.id)
    assert (card is None) == (case.card is None)
    if card and case.card:
        seen = (card.number, card.valid_until, card.revoked is not None)
        assert seen == (case.card.number, case.card.valid_until, case.card.is_revoked)
        assert applications.facts_of(row).address == case.card.address
        codes = session.exec(
            select(Code).where(Code.kind == PayloadKind.AK1, Code.subject_id == card.id)
        ).all()
        assert len(codes) == case.card.codes
        assert sum(code.replaced is None for code in codes) == 1


def _compare_trail(session: Session, model: dict[str, ExpectedSeeker]) -> None:
    """One audit row a move."""
    moves = [move for seeker in model.values() for case in seeker.cases for move in case.moves]
    rows = session.exec(select(AuditEntry.act).where(col(AuditEntry.act).in_(list(Action))))
    assert sorted(rows) == sorted(action.value for _, action, _, _ in moves)


def _compare_numbers(session: Session) -> None:
    """No number twice, no gap, on any day."""
    days: dict[str, list[int]] = {}
    for number in session.exec(select(Card.number)):
        days.setdefault(number[10:], []).append(int(number[4:10]))
    assert all(sorted(day) == list(range(1, len(day) + 1)) for day in days.values())
