"""Fixtures for the officer's desk: cases, a signed-in tab, and counts without their cache."""

import pytest
from reflex.istate.data import HeaderData, ReflexURL, RouterData

from barut_reflex.core.tokens import fingerprint
from barut_reflex.gate import cookies, doors
from barut_reflex.people.service import sessions
from barut_reflex.review.queries import case as review_case
from barut_reflex.review.queries import counts
from probes.case_factories import make_case
from probes.factories import make_person

from ..screens import new_root, screen_of


@pytest.fixture(autouse=True)
def counted_anew(monkeypatch):
    monkeypatch.setattr(counts, "cached_counts", counts.count_now)


@pytest.fixture
def people(session):
    """Seven who sent, with names that searches trip over."""
    names = ["siti aminah", "nur alim", "sean o'brien", "q", "ali", "nur_aini", "sitorus"]
    for minutes, name in enumerate(names):
        person = make_person(session, name=f"orang {minutes}")
        nik = f"62050{minutes}0707000006"
        make_case(session, applicant=person, name=name, nik=nik, minutes=minutes)


SEAL = "1" * 64


@pytest.fixture
def case(session, ahmad):
    return make_case(session, applicant=ahmad)


def read(session, case, by):
    return review_case.get_case(session, by, case.public_id)


@pytest.fixture
def desk(session, rina):
    """Rina's tab: `desk(InboxState, "/admin/pengajuan/?cari=a")` gives that state."""
    token = sessions.sign_in(session, rina.id, device="test")
    session.commit()
    root = new_root()
    cookie = f"{cookies.COOKIE}={fingerprint(token)}"

    def state_of(kind, address="/admin/"):
        url = ReflexURL(f"http://localhost:3000{address}")
        root.router = RouterData(headers=HeaderData(cookie=cookie), url=url)
        return screen_of(kind, root)

    return state_of


@pytest.fixture
def once(monkeypatch):
    """A live page that asks one time only, so that the watch of a test ends."""
    asked = []

    async def live(screen, query, *args):
        asked.append(args)
        yield await doors.look(screen, query, *args)

    for screen in ("dashboard", "inbox", "detail"):
        monkeypatch.setattr(f"barut_reflex.review.web.{screen}.live", live)
    return asked
