"""Queries for AK1 applications: applicant's home page and forms, history, papers, missing parts."""

from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from ..core import indonesian, machine
from ..core.errors import Refusal
from ..core.figures import size_text
from ..documents.models import Document
from ..documents.rules import AK1_PAPERS, Kind
from ..documents.rules import LABELS as PAPER_LABELS
from ..documents.service import attachments
from ..people.models import Person
from ..profiles.models import Profile
from ..profiles.queries import facts as profile_facts
from ..profiles.queries.facts import (
    EducationForm,
    PersonalForm,
    RegionLists,
    education_form,
    personal_form,
    region_lists,
)
from ..profiles.rules.fact_rows import SCHOOLING, FactRow, rows_of
from ..profiles.rules.facts import Facts
from .models import Application, ApplicationPaper
from .rules import ALWAYS_REQUIRED, required_papers
from .status import (
    ACTION_LABELS,
    EDITABLE,
    LABELS,
    MACHINE,
    NEXT_STEPS,
    STAGE_OF_STATUS,
    TONES,
    Action,
    Stage,
    Status,
)

PAPER_ORDER = list(AK1_PAPERS)
# The rows of facts on the applicant's page, in order.
PERSONAL_ROWS = (
    "nik",
    "name",
    "birth_place",
    "birth_date",
    "sex",
    "religion",
    "marital_status",
    "phone",
)
ADDRESS_ROWS = ("address", "rt", "rw", "village", "district", "regency", "province")


class NoSuchApplication(Refusal):
    message = "Pengajuan ini tidak ditemukan. Kembali ke daftar atau ke beranda."


@dataclass
class Gaps:
    """Labels of what is still missing before an application can be sent."""

    personal: list[str] = field(default_factory=list)
    education: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[str]:
        return [*self.personal, *self.education, *self.papers]


@dataclass
class HistoryStep:
    """One step in an application's history, or the next one (not done yet, without a date)."""

    label: str
    when: str  # "20 April 2026 10.42"; empty for the next step
    note: str = ""
    is_done: bool = True


@dataclass
class Paper:
    """One paper for the field `ui.upload`; with an empty id there is none of its kind."""

    kind: str = ""
    label: str = ""
    public_id: str = ""
    media_type: str = ""
    file_name: str = ""
    detail: str = ""  # "2 halaman, 340 KB, 20 April 2026"


@dataclass
class Overview:
    """The applicant's newest application, for the home page."""

    stage: Stage = Stage.NONE
    is_closed: bool = False
    status: str = ""
    tone: str = "neutral"
    note: str = ""
    missing: list[str] = field(default_factory=list)
    lacks_personal: bool = False
    moments: list[HistoryStep] = field(default_factory=list)
    personal: list[FactRow] = field(default_factory=list)
    address: list[FactRow] = field(default_factory=list)
    schooling: list[FactRow] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


@dataclass
class PersonalScreen:
    """The personal data and region lists; `is_shut` while the office has the application."""

    form: PersonalForm = field(default_factory=PersonalForm)
    lists: RegionLists = field(default_factory=RegionLists)
    is_shut: bool = False


@dataclass
class PapersScreen:
    """Education, skills and papers; `is_shut` while the office has the application."""

    form: EducationForm = field(default_factory=EducationForm)
    papers: dict[str, Paper] = field(default_factory=lambda: _all_papers({}))
    required: list[str] = field(default_factory=lambda: [str(kind) for kind in ALWAYS_REQUIRED])
    is_shut: bool = False


def my_overview(session: Session, *, by: Person) -> Overview:
    """My newest application for my home page; an empty `Overview` when there is none."""
    mine = find_newest(session, by.id)
    if mine is None:
        return Overview()
    gaps = gaps_of(session, by.id) if mine.status in EDITABLE else Gaps()
    papers = [_paper(paper.kind, paper) for paper in shown_papers(session, mine)]
    facts = shown_facts(session, mine)
    return Overview(
        stage=_stage(mine.status, gaps, is_begun=bool(papers or facts.education)),
        is_closed=mine.is_closed,
        status=LABELS[mine.status],
        tone=TONES[mine.status],
        note=mine.review_note,
        missing=gaps.all,
        lacks_personal=bool(gaps.personal),
        moments=history_of(session, mine),
        personal=rows_of(facts, *PERSONAL_ROWS),
        address=rows_of(facts, *ADDRESS_ROWS),
        schooling=rows_of(facts, *SCHOOLING),
        skills=facts.skills,
        papers=papers,
    )


def _stage(status: Status, gaps: Gaps, *, is_begun: bool) -> Stage:
    if status is Status.DRAFT and not gaps.all:
        return Stage.COMPLETE
    if status is Status.DRAFT and is_begun:
        return Stage.INCOMPLETE
    return STAGE_OF_STATUS[status]


def personal_screen(session: Session, by: Person) -> PersonalScreen:
    """The data of my screen "personal data"."""
    form = personal_form(session, by=by)
    lists = region_lists(form.province, form.regency, form.district)
    return PersonalScreen(form, lists, _is_read_only(session, by))


def papers_screen(session: Session, by: Person) -> PapersScreen:
    """The data of my screen "education, skills and papers"."""
    form = education_form(session, by=by)
    papers = _all_papers(attachments.current_papers(session, by.id))
    required = [str(kind) for kind in _required_papers(profile_facts.get_profile(session, by.id))]
    return PapersScreen(form, papers, required, _is_read_only(session, by))


def _required_papers(profile: Profile) -> list[Kind]:
    return required_papers(profile.education, has_skills=bool(profile.skills))


def _is_read_only(session: Session, by: Person) -> bool:
    mine = find_open(session, by.id)
    return mine is not None and mine.status not in EDITABLE


def get_application(session: Session, public_id: str) -> Application:
    """The application with that id, or `NoSuchApplication`; the caller decides who may see it."""
    found = session.exec(select(Application).where(Application.public_id == public_id)).first()
    if found is None:
        raise NoSuchApplication
    return found


def find_open(
    session: Session, applicant_id: int, *, for_update: bool = False
) -> Application | None:
    """The person's one application that is not closed, in whatever status, or None.

    `for_update` locks the row until the transaction ends: no edit may run beside a submission.
    """
    mine = select(Application).where(
        Application.applicant_id == applicant_id, col(Application.is_closed).is_(False)
    )
    return session.exec(mine.with_for_update() if for_update else mine).first()


def find_newest(session: Session, applicant_id: int) -> Application | None:
    """The person's open application, or else the last one."""
    mine = select(Application).where(Application.applicant_id == applicant_id)
    newest = mine.order_by(col(Application.is_closed), col(Application.id).desc())
    return session.exec(newest).first()


def gaps_of(session: Session, person_id: int) -> Gaps:
    """Labels of the fields and papers still missing before the person can send."""
    profile = profile_facts.get_profile(session, person_id)
    have = attachments.current_papers(session, person_id)
    return Gaps(
        personal=profile_facts.missing_personal(profile),
        education=profile_facts.missing_education(profile),
        papers=[PAPER_LABELS[kind] for kind in _required_papers(profile) if kind not in have],
    )


def history_of(session: Session, application: Application) -> list[HistoryStep]:
    """The steps so far, each with its date, and the next one."""
    begun = HistoryStep("Draft dibuat", indonesian.long_time(application.created))
    past = [
        HistoryStep(ACTION_LABELS[Action(move.action)], indonesian.long_time(move.at), move.note)
        for move in machine.history(session, MACHINE, application.id)
    ]
    return [begun, *past, *_next_step(application.status)]


def papers_of(session: Session, application_id: int) -> list[Document]:
    """The papers that were sent with the application, in the order of the form."""
    sent = (
        select(Document)
        .join(ApplicationPaper, col(ApplicationPaper.document_id) == Document.id)
        .where(ApplicationPaper.application_id == application_id)
    )
    return sorted(session.exec(sent), key=lambda paper: PAPER_ORDER.index(paper.kind))


def still_attached(session: Session, document_ids: list[int]) -> set[int]:
    """Those of these papers that were sent with an application, although replaced since."""
    attached = select(ApplicationPaper.document_id).where(
        col(ApplicationPaper.document_id).in_(document_ids)
    )
    return set(session.exec(attached))


def facts_of(application: Application) -> Facts:
    """The person's facts as they were sent; empty before the application is sent."""
    return Facts.model_validate_json(application.facts) if application.facts else Facts()


def shown_facts(session: Session, application: Application) -> Facts:
    """The facts the applicant sees: the current ones while editable, else those that were sent."""
    if application.status in EDITABLE:
        return profile_facts.facts_of(session, application.applicant_id)
    return facts_of(application)


def shown_papers(session: Session, application: Application) -> list[Document]:
    """The papers the applicant sees: the current ones while editable, else those that were sent."""
    if application.status in EDITABLE:
        have = attachments.current_papers(session, application.applicant_id)
        return sorted(have.values(), key=lambda paper: PAPER_ORDER.index(paper.kind))
    return papers_of(session, application.id)


def _all_papers(have: dict[Kind, Document]) -> dict[str, Paper]:
    """Every kind of paper by its value, with an empty `Paper` where there is none."""
    return {kind.value: _paper(kind, have.get(kind)) for kind in PAPER_ORDER}


def _paper(kind: Kind, document: Document | None) -> Paper:
    if document is None:
        return Paper(kind, PAPER_LABELS[kind])
    pages = [f"{document.pages} halaman"] if document.pages > 1 else []
    detail = [*pages, size_text(document.size), indonesian.long_date(document.at)]
    return Paper(
        kind,
        PAPER_LABELS[kind],
        document.public_id,
        document.media_type,
        document.original_name,
        ", ".join(detail),
    )


def _next_step(status: Status) -> list[HistoryStep]:
    return [HistoryStep(step, "", is_done=False)] if (step := NEXT_STEPS[status]) else []
