"""Query of the page of one application: facts, flags, papers, history, card, emails."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, col, select

from ...applications import queries as applications
from ...applications.models import Application
from ...applications.status import ACTION_LABELS, LABELS, RULES, TONES, Action, Status
from ...cards.queries import lookup
from ...core import clock, routes, views
from ...core.indonesian import long_time, nik_warnings
from ...core.machine import available_actions
from ...core.settings import settings
from ...documents.models import Document
from ...documents.rules import LABELS as PAPER_LABELS
from ...people.models import Person
from ...people.rules import STAFF, Role
from ...profiles.models import Profile
from ...profiles.queries.facts import Option
from ...profiles.rules.fact_rows import SCHOOLING, FactRow, birthday, rows_of
from ...profiles.rules.facts import Facts
from .. import rules
from .card import CardFacts, card_facts
from .moves import moves_of
from .sent_emails import EmailState, emails_to_applicant

MISSING = (
    "Pengajuan ini tidak ada. Alamatnya salah, atau pemohon sudah membatalkannya. "
    "Kembali ke daftar pengajuan."
)
SAME_NIK_SHOWN = 3
ADDRESS = ("address", "rt_rw", "village", "district", "regency", "province")


@dataclass
class PaperPage:
    """One page of one paper, as the paper viewer shows it."""

    label: str
    address: str
    thumbnail: str


@dataclass
class Step:
    """One move of the application; shown by `ui.feedback.timeline`."""

    label: str
    when: str
    note: str
    is_done: bool = True


@dataclass
class Case:
    """All data of the page; `missing` is the sentence for an application that is not there.

    `seal` is a hash of what was sent. A decision carries it, to prove what the officer has read.
    """

    public_id: str = ""
    missing: str = ""
    seal: str = ""
    status: str = ""
    tone: str = ""
    submitted: str = ""
    note: str = ""
    can_approve: bool = False
    nik: str = ""
    name: str = ""
    personal: list[FactRow] = field(default_factory=list)
    address: list[FactRow] = field(default_factory=list)
    schooling: list[FactRow] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    other_card: str = ""
    pages: list[PaperPage] = field(default_factory=list)
    history: list[Step] = field(default_factory=list)
    emails: list[EmailState] = field(default_factory=list)
    signatories: list[Option] = field(default_factory=list)
    me: str = ""
    card: CardFacts = field(default_factory=CardFacts)


def _seen(session: Session, case: Case, *_: str, **__: str) -> views.View | None:
    """The audit entry of this view; None when there is no such application."""
    if (application := find_sent(session, case.public_id)) is None:
        return None
    applicant = session.get_one(Person, application.applicant_id)
    return views.View(views.ViewKind.CASE, applicant.public_id, application.nik, case.public_id)


@views.audited(_seen)
def get_case(session: Session, by: Person, public_id: str) -> Case:
    """The whole case; for staff. `public_id` comes from the address, so it may be any text.

    A draft is not shown to officers: it counts as missing, like an unknown id.
    """
    application = find_sent(session, public_id)
    if application is None or by.role not in STAFF:
        return Case(missing=MISSING)
    facts = applications.facts_of(application)
    actions = available_actions(RULES, by.role, application.status)
    other = _other_card(session, application)
    return Case(
        public_id=application.public_id,
        seal=application.seal,
        status=LABELS[application.status],
        tone=TONES[application.status],
        submitted=long_time(application.submitted) if application.submitted else "",
        note=application.review_note,
        can_approve=Action.APPROVE in actions,
        nik=facts.nik,
        name=facts.name,
        personal=_personal(session, application, facts),
        address=rows_of(facts, *ADDRESS),
        schooling=rows_of(facts, *SCHOOLING),
        skills=facts.skills,
        flags=_flags(session, application, facts, other),
        other_card=other if Action.APPROVE in actions else "",
        pages=_paper_pages(applications.papers_of(session, application.id)),
        history=_history(session, application),
        emails=emails_to_applicant(session, application),
        signatories=_signatories(session),
        me=by.public_id,
        card=card_facts(session, application.id, is_administrator=by.role is Role.ADMINISTRATOR),
    )


def find_sent(session: Session, public_id: str) -> Application | None:
    """The application of that id, or None if there is none or it is (again) a draft."""
    try:
        wanted = str(UUID(public_id))
    except ValueError:
        return None
    return session.exec(
        select(Application).where(
            Application.public_id == wanted, col(Application.status) != Status.DRAFT
        )
    ).first()


def _personal(session: Session, application: Application, facts: Facts) -> list[FactRow]:
    """Personal facts in the order of the page, without name and NIK, which it shows apart."""
    applicant = session.get_one(Person, application.applicant_id)
    age = _age(application, facts)
    return [
        *rows_of(facts, "birth"),
        FactRow("Umur", f"{age} tahun" if age is not None else ""),
        *rows_of(facts, "sex", "marital_status", "religion", "phone"),
        FactRow("Email", applicant.email),
    ]


def _flags(session: Session, application: Application, facts: Facts, other_card: str) -> list[str]:
    born = birthday(facts)
    home = {"region_code": settings.region_code, "regency": settings.regency}
    return rules.flags(
        nik_warnings=nik_warnings(facts.nik, born, facts.sex or None, **home),
        age=_age(application, facts),
        min_age=settings.min_age,
        same_nik=_same_nik(session, application),
        valid_card=other_card,
    )


def _age(application: Application, facts: Facts) -> int | None:
    if (born := birthday(facts)) is None:
        return None
    sent = clock.office_day(application.submitted) if application.submitted else clock.today()
    return rules.age_on(sent, born)


def _same_nik(session: Session, application: Application) -> list[str]:
    """Other people with this NIK in a sent application or in their profile."""
    if not application.nik:
        return []
    in_applications = select(Application.applicant_id).where(
        Application.nik == application.nik, col(Application.status) != Status.DRAFT
    )
    in_profiles = select(Profile.person_id).where(Profile.nik == application.nik)
    people = session.exec(
        select(Person)
        .where(
            col(Person.id).in_(in_applications.union(in_profiles)),
            Person.id != application.applicant_id,
        )
        .order_by(col(Person.id))
        .limit(SAME_NIK_SHOWN)
    )
    return [f"{person.name} ({person.email})" for person in people]


def _other_card(session: Session, application: Application) -> str:
    """The number of a valid card of this NIK from another application, or ""."""
    card = lookup.valid_card_of_nik(session, application.nik)
    return card.number if card and card.application_id != application.id else ""


def _paper_pages(papers: Sequence[Document]) -> list[PaperPage]:
    pages = [(paper, page) for paper in papers for page in range(1, paper.pages + 1)]
    return [_paper_page(paper, page) for paper, page in pages]


def _paper_page(paper: Document, page: int) -> PaperPage:
    address = f"{routes.PAPER}/{paper.public_id}"
    page_address = f"{address}?halaman={page}"
    return PaperPage(
        label=PAPER_LABELS[paper.kind]
        + (f", halaman {page} dari {paper.pages}" if paper.pages > 1 else ""),
        address=page_address if paper.media_type == "application/pdf" else address,
        thumbnail=f"{page_address}&ukuran=kecil",
    )


def _history(session: Session, application: Application) -> list[Step]:
    return [
        Step(f"{ACTION_LABELS[Action(move.action)]} oleh {name}", long_time(move.at), move.note)
        for move, name in moves_of(session, application)
    ]


def _signatories(session: Session) -> list[Option]:
    """Active staff with a staff number, by name."""
    people = session.exec(
        select(Person)
        .where(col(Person.role).in_(STAFF), col(Person.is_active), col(Person.staff_number) != "")
        .order_by(col(Person.name))
    )
    return [Option(p.public_id, ", ".join(filter(None, [p.name, p.position]))) for p in people]
