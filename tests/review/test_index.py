"""What the database keeps by itself for the list is what applications, cards and people say."""

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from barut_reflex import cli
from barut_reflex.applications.models import Application
from barut_reflex.applications.status import Status
from barut_reflex.core import db, schema
from barut_reflex.people.rules import Role
from barut_reflex.review import service as review
from barut_reflex.review.index import entries
from barut_reflex.review.models import DeskEntry, DeskTally
from barut_reflex.review.queries import inbox, paging, search

from ..factories import make_application, make_person
from ..reliability.machine import Office
from ..reliability.walk import walk
from ..scale.servers import postgres_database
from .cases import make_case
from .test_list_applications import make_card

WORDS = [
    "siti",
    "it",
    "i",
    "q",
    "aminah",
    "nur al",
    "o'brien",
    "zz",
    "_",
    "%",
    '"',
    "\x00",
    "\ud800",
]


class Watched(Office):
    """The four people's office, where the index is looked through after each step."""

    def check_invariants(self, *args, **kwargs):
        super().check_invariants(*args, **kwargs)
        with db.reading() as session:
            assert entries.verify(session.connection()) == []


def test_whatever_four_people_do_the_index_is_the_truth():
    assert walk(60, machine=Watched) >= 60


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    """An empty office made by the models, on either database."""
    if request.param == "sqlite":
        engine = db.make_engine(f"sqlite:///{tmp_path}/office.db")
        SQLModel.metadata.create_all(engine)
        with Session(engine, expire_on_commit=False) as session:
            yield session
        engine.dispose()
        return
    with postgres_database() as url:
        engine = db.make_engine(url)
        with Session(engine, expire_on_commit=False) as session:
            yield session
        engine.dispose()


@pytest.fixture
def people(office):
    """Some who sent, with names that searches trip over; gives the officer."""
    officer = make_person(office, name="Rina", role=Role.OFFICER)
    names = ["siti aminah", "nur alim", "sean o'brien", "q", "ali", "nur_aini", "sitorus"]
    for minutes, name in enumerate(names):
        person = make_person(office, name=f"orang {minutes}")
        nik = f"62050{minutes}0707000006"
        make_case(office, applicant=person, name=name, nik=nik, minutes=minutes)
    return officer


def troubles(session):
    return entries.verify(session.connection())


def expected(session, typed):
    names = session.exec(select(Application.search_name).where(Application.status != "DRAFT"))
    words = typed.split()
    return sorted(name for name in names if all(word in name for word in words))


@pytest.mark.parametrize("often", [0, 25])
def test_every_search_finds_what_reading_all_would(office, people, monkeypatch, often):
    monkeypatch.setattr(search, "OFTEN", often)
    for typed in WORDS:
        listing = inbox.list_applications(office, people, typed, "", "")
        assert sorted(row.name for row in listing.rows) == expected(office, typed), typed


def test_more_than_are_counted_are_walked(office, people, monkeypatch):
    """With `MANY` at two, the walk must find the same rows in the same order."""
    whole = inbox.list_applications(office, people, "i", "", "").rows
    for module in (search, paging, inbox):
        monkeypatch.setattr(module, "MANY", 2)
    monkeypatch.setattr(inbox, "is_near", lambda *_: False)
    found = inbox.list_applications(office, people, "i", "", "")
    assert found.rows == whole
    assert "lebih dari 2" in found.summary


def test_a_change_a_removal_and_a_rebuild_keep_the_truth(office, people):
    case = office.exec(select(Application)).first()
    case.search_name, case.nik = "muhammad", "1" * 16
    make_card(office, case, people)
    office.commit()
    assert troubles(office) == []
    assert inbox.list_applications(office, people, "muham", "", "").total == 1
    assert inbox.list_applications(office, people, "620500000320042026", "", "").total == 1
    case.status = Status.DRAFT
    office.commit()
    assert troubles(office) == []
    assert inbox.list_applications(office, people, "muham", "", "").total == 0
    entries.rebuild(office.connection())
    office.commit()
    assert troubles(office) == []


def test_who_is_neither_job_seeker_nor_staff_is_not_counted_as_staff(office, people):
    if office.connection().dialect.name == "postgresql":
        office.execute(text("ALTER TABLE person DROP CONSTRAINT ck_person_role"))
    else:
        office.execute(text("PRAGMA ignore_check_constraints=ON"))
    assert inbox.get_desk(office, people).totals.staff == 1
    seekers = "UPDATE person SET role = '{}' WHERE role = 'JOB_SEEKER'"
    office.execute(text(seekers.format("PARTNER")))
    assert inbox.get_desk(office, people).totals.staff == 1
    assert troubles(office) == []
    office.execute(text(seekers.format("OFFICER").replace("JOB_SEEKER", "PARTNER")))
    assert inbox.get_desk(office, people).totals.staff > 1


def test_an_act_undone_leaves_no_trace(office, people):
    before = inbox.get_desk(office, people)
    make_one = Application(applicant_id=people.id, status=Status.SUBMITTED, name="x", created=None)
    make_one.created = make_one.submitted = office.exec(select(Application)).first().created
    office.add(make_one)
    office.flush()
    assert inbox.get_desk(office, people).totals.waiting == before.totals.waiting + 1
    office.rollback()
    assert inbox.get_desk(office, people) == before
    assert troubles(office) == []


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE desktally SET change = change + 1",
        "UPDATE deskentry SET words = 'x'",
        "UPDATE deskentry SET nik = '1'",
        "DELETE FROM desktally",
    ],
)
def test_harm_is_found_and_mended(office, people, harm):
    office.execute(text(harm))
    assert troubles(office) != []
    entries.rebuild(office.connection())
    assert troubles(office) == []


def test_a_missing_trigger_is_noticed_after_a_migration(office, people):
    entries.forget(office.connection())
    make_application(office, applicant=people)
    assert troubles(office) != []
    entries.ensure(office.connection())
    assert troubles(office) == []


def test_counts_are_merged_and_stay(office, people):
    before = inbox.get_desk(office, people).totals
    assert len(office.exec(select(DeskTally)).all()) > 3
    review.merge_tallies(office)
    assert len(office.exec(select(DeskTally)).all()) == 3
    assert inbox.get_desk(office, people).totals == before


def test_pages_far_down_go_on_from_a_place(office, people, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    monkeypatch.setattr(inbox, "PAGE_SIZE", 2)
    seen, listing = [], inbox.list_applications(office, people, "", "", "1")
    while True:
        seen += [row.public_id for row in listing.rows]
        if not listing.older:
            break
        page = str(listing.page + 1)
        listing = inbox.list_applications(office, people, "", "", page, listing.older)
    assert len(seen) == len(set(seen)) == 7
    assert listing.summary == "Menampilkan 7 - 7 dari 7 data"
    back = inbox.list_applications(office, people, "", "", "3", "", listing.newer)
    assert [row.public_id for row in back.rows] == seen[4:6]


def test_the_command_line_verifies_and_rebuilds(file_office, capsys, monkeypatch):
    monkeypatch.setattr(schema, "upgrade", lambda: None)
    with Session(file_office) as session:
        make_application(session, applicant=make_person(session, name="Ahmad"))
        session.execute(text("DELETE FROM deskentry"))
        session.commit()
    assert cli.main(["desk", "verify"]) == 1
    assert cli.main(["desk", "rebuild"]) == 0
    assert cli.main(["desk", "verify"]) == 0
    with Session(file_office) as session:
        assert session.exec(select(DeskEntry)).one().status == "SUBMITTED"
