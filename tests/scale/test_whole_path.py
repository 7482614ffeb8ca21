"""The demo's whole year on PostgreSQL: every person's path, and every page."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import col, select

from barut_reflex.accounts import queries as accounts
from barut_reflex.accounts.service import sweep
from barut_reflex.applications import queries as applications
from barut_reflex.applications.models import Application
from barut_reflex.applications.status import Status
from barut_reflex.cards.models import Card
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import after_issue, printing
from barut_reflex.core import audit, clock, db, limits, worker
from barut_reflex.core.settings import settings
from barut_reflex.demo import office
from barut_reflex.demo import office as demo_office
from barut_reflex.documents import jail
from barut_reflex.documents.imaging import __main__ as child
from barut_reflex.documents.service import cleanup
from barut_reflex.home.queries import my_home
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role
from barut_reflex.profiles.queries import facts
from barut_reflex.review.queries import case, inbox
from barut_reflex.seal import codes
from barut_reflex.seal.models import Code
from barut_reflex.seal.rules import PayloadKind
from barut_reflex.sharing.queries import views
from barut_reflex.verify.service import scans, verdicts
from probes.factories import known
from probes.servers import postgres_database

PEOPLE = 20
PAUSE = 0.01
pauses: list[float] = []


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The demo's people and their year. The jail, tried elsewhere, has no walls here."""
    folder = tmp_path_factory.mktemp("year")
    with pytest.MonkeyPatch.context() as patch, postgres_database() as url:
        patch.setattr(jail, "run_job", lambda job, parts: child.do_job(job, parts)[::-1])
        patch.setattr(settings, "var", folder / "var")
        patch.setattr(settings, "uploads", folder / "uploaded_files")
        (folder / "var").mkdir()
        engine = db.make_engine(url)
        patch.setattr(db, "engine", engine)
        office.create_accounts()
        patch.setattr(office.time, "sleep", pauses.append)
        office.create_history(PEOPLE, pause=PAUSE)
        yield engine
        engine.dispose()


@pytest.fixture
def session(year):
    with db.reading() as session:
        yield session


def test_the_demo_leaves_turns_to_others(year):
    assert pauses == [PAUSE] * PEOPLE


@pytest.fixture
def officer(session):
    return session.exec(select(Person).where(Person.role == Role.OFFICER)).first()


@pytest.fixture
def card(session):
    """The newest card that is still good."""
    newest = select(Card).order_by(col(Card.issued).desc())
    return next(c for c in session.exec(newest) if lookup.is_live(session, c))


def test_everybody_came_as_far_as_they_should(session):
    found = Counter(session.exec(select(Application.status)))
    everybody = len(session.exec(select(Person)).all())
    assert everybody == PEOPLE + len(demo_office.SEEKER_STAGES) + len(demo_office.OFFICERS) + 1
    assert set(found) == set(Status)
    assert found[Status.APPROVED] == len(session.exec(select(Card)).all())


def test_the_trail_is_whole(session):
    assert audit.verify(session) == []
    nik = known(session.exec(select(Card.nik)).first())
    seen = audit.who_saw(
        session, nik, clock.now() - timedelta(days=500), clock.now() + timedelta(days=1)
    )
    assert {"submit", "approve"} <= {entry.act for entry in seen}


@pytest.mark.parametrize("cut", [1, 4, 6, 16])
def test_the_list_finds_by_the_beginning_of_a_nik(session, officer, card, cut):
    listing = inbox.list_applications(session, officer, card.nik[:cut], "", "1")
    sent = session.exec(select(Application.nik).where(Application.status != Status.DRAFT))
    assert listing.total == sum(nik.startswith(card.nik[:cut]) for nik in sent) > 0


@pytest.mark.parametrize("cut", [10, 18])
def test_the_list_finds_by_the_beginning_of_a_number(session, officer, card, cut):
    listing = inbox.list_applications(session, officer, card.number[:cut], "", "1")
    assert card.number in [row.number for row in listing.rows]


def test_the_list_finds_by_name_and_status(session, officer, card):
    name = session.get_one(Application, card.application_id).name
    listing = inbox.list_applications(session, officer, name.upper(), Status.APPROVED, "1")
    assert name in [row.name for row in listing.rows]


def test_every_screen_of_the_desk_answers(session, officer, card):
    desk = inbox.get_dashboard(session, officer)
    assert desk.totals.approved == len(session.exec(select(Card)).all())
    public_id = session.get_one(Application, card.application_id).public_id
    assert case.get_case(session, officer, public_id).public_id == public_id
    head = session.exec(select(Person).where(Person.role == Role.ADMINISTRATOR)).one()
    assert accounts.list_accounts(session, head, "dohong").rows


def test_every_screen_of_the_holder_answers(session, card):
    holder = session.get_one(Person, card.holder_id)
    assert lookup.my_card(session, holder).number == card.number
    assert my_home(session, holder)
    assert applications.my_overview(session, by=holder)
    assert facts.personal_form(session, by=holder)
    somebody = known(session.exec(select(Person)).first())
    name, drawn = printing.draw_card(session, somebody, card.public_id)
    assert name == f"AK1-{card.number}.pdf"
    assert drawn.startswith(b"%PDF")


def test_a_scan_is_seen_by_the_holder(year, session, card):
    with db.writing() as act:
        code = known(
            act.exec(
                select(Code).where(Code.kind == PayloadKind.AK1, Code.subject_id == card.id)
            ).first()
        )
        assert codes.decode(code.code).number == card.number
        scanned = scans.scan(act, code.code, address="203.0.113.7", sign_in="")
    assert verdicts.check_sheets(session, [scanned])[0].number == card.number
    with db.reading() as session:
        assert views.views_of(session, session.get_one(Person, card.holder_id))


def test_the_sweeps_run(year):
    with db.writing() as session:
        after_issue.close_expired(session)
        sweep.sweep(session)
        limits.sweep(session)
        cleanup.delete_unneeded(
            session, still_needed=lambda ids: applications.still_attached(session, ids)
        )
    assert isinstance(worker.run_jobs(), list)
