"""Every way an officer gets somebody's data is recorded in the trail first."""

import inspect

import pytest
from sqlmodel import col, select

from barut_reflex.accounts import queries as accounts
from barut_reflex.attendance import queries as attendance
from barut_reflex.cards.queries import printing
from barut_reflex.core import audit, views
from barut_reflex.core.indonesian import masked_nik
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.documents.service import views as papers
from barut_reflex.gate import doors
from barut_reflex.review.queries import case as review_case
from barut_reflex.review.queries import inbox
from barut_reflex.review.web.detail import ReviewState
from barut_reflex.siapkerja.queries import identities
from probes.case_factories import NIK, make_case
from probes.factories import save


@pytest.fixture
def tab(desk, case, monkeypatch):
    """A tab at the case that nobody has loaded yet."""
    monkeypatch.setattr(settings, "live_every", 0)
    monkeypatch.setattr(settings, "live_every_of_seekers", 3600)
    monkeypatch.setattr(ReviewState, "application_id", case.public_id, raising=False)
    return desk(ReviewState, f"/admin/pengajuan/{case.public_id}/")


def rows(session):
    entries = select(AuditEntry).where(AuditEntry.act != "sign_in").order_by(col(AuditEntry.id))
    return [(row.act, row.subject, row.nik_hash) for row in session.exec(entries)]


async def test_a_case_is_watched_only_on_record(session, tab, case, ahmad):
    """The forged order of the review: `watch` without `load`."""
    async for _ in doors.live(tab, review_case.get_case, case.public_id):
        break
    assert rows(session) == [("view_case", ahmad.public_id, audit.nik_hash(NIK))]


async def test_without_its_mark_the_question_would_leave_no_row(session, tab, case, monkeypatch):
    monkeypatch.delattr(review_case.get_case, views.WHOSE)
    async for found in doors.live(tab, review_case.get_case, case.public_id):
        assert found.nik == NIK
        break
    assert rows(session) == []


async def test_a_page_left_open_is_one_view_until_it_shows_somebody_else(session, tab, case):
    watched = doors.live(tab, review_case.get_case, case.public_id)
    await anext(watched)
    case.review_note = "Foto kurang jelas"
    save(session, case)
    await anext(watched)
    assert len(rows(session)) == 1
    case.nik = "6205051212120001"
    case.facts = case.facts.replace(NIK, case.nik)
    save(session, case)
    await anext(watched)
    assert [nik for _, _, nik in rows(session)] == [audit.nik_hash(n) for n in (NIK, case.nik)]


@pytest.mark.parametrize("way", ["look", "live"])
async def test_what_cannot_be_noted_is_not_given(session, tab, case, monkeypatch, way):
    def full(*_, **__):
        raise OSError("no trail, no view")

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(OSError, match="no trail"):
        if way == "look":
            await doors.look(tab, review_case.get_case, case.public_id)
        else:
            await anext(doors.live(tab, review_case.get_case, case.public_id))


async def test_a_list_is_one_row_for_each_question(session, tab, case, siti):
    make_case(session, applicant=siti, nik="6205051212120001")
    for asked in (("", "", "1"), ("", "", ""), ("siti", "", "1"), (NIK, "", "1"), ("x y", "", "")):
        await doors.look(tab, inbox.list_applications, *asked)
    assert [(act, subject.split()[0], bool(nik)) for act, subject, nik in rows(session)] == [
        ("view_list", "pengajuan", False),
        ("view_list", "pengajuan", False),
        ("view_list", "pengajuan", True),
    ]


async def test_the_list_masks_the_nik_and_is_searched_by_the_whole_one(tab, case):
    found = await doors.look(tab, inbox.list_applications, NIK, "", "1")
    assert [row.nik for row in found.rows] == [masked_nik(NIK)]
    first_page = await doors.look(tab, inbox.get_dashboard)
    assert [row.nik for row in first_page.newest] == [masked_nik(NIK)]


@pytest.mark.parametrize("way", ["look", "live"])
async def test_a_query_called_by_names_is_the_same_view(session, tab, case, way):
    asked = {"search": "ahmad", "status": "SUBMITTED", "page": "2", "after": "", "before": ""}

    async def ask(*args, **named):
        if way == "look":
            return await doors.look(tab, inbox.list_applications, *args, **named)
        return await anext(doors.live(tab, inbox.list_applications, *args, **named))

    await ask(**asked)
    await ask(*asked.values())
    assert len(rows(session)) == 1
    await ask(**asked | {"search": "hmad"})
    assert len(rows(session)) == 2


@pytest.mark.parametrize(
    ("question", "named"),
    [
        (review_case.get_case, ["public_id"]),
        (inbox.list_applications, ["search", "status", "page", "after", "before"]),
        (accounts.list_accounts, ["search", "page"]),
        (identities.list_identities, ["search"]),
        (printing.cards_of_day, ["day", "page"]),
        (papers.open_paper, ["public_id"]),
        (papers.get_page, ["public_id", "number", "is_small"]),
    ],
)
def test_whose_it_is_can_be_asked_as_the_question_is(question, named):
    whose = inspect.signature(getattr(question, views.WHOSE))
    assert list(inspect.signature(question).parameters)[2:] == named
    whose.bind("session", "answer", **dict.fromkeys(named))
    whose.bind("session", "answer", *named[:2], **dict.fromkeys(named[2:]))


@pytest.mark.parametrize(
    "question",
    [
        review_case.get_case,
        inbox.get_dashboard,
        inbox.list_applications,
        accounts.list_accounts,
        attendance.today,
        identities.list_identities,
        printing.cards_of_day,
    ],
)
def test_questions_of_the_desk_are_marked(question):
    assert callable(getattr(question, views.WHOSE))


async def test_the_door_for_guests_refuses_such_a_query(session, tab, case, rina):
    with pytest.raises(TypeError, match="who acts"):
        await doors.look_as_guest(tab, review_case.get_case, rina, case.public_id)
    assert rows(session) == []
