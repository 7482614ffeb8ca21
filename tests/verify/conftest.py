"""Fixtures for the check pages: a card, a client that can sign in, and a whole profile."""

import pytest

from barut_reflex.gate.cookies import COOKIE
from barut_reflex.people.service import sessions
from barut_reflex.siapkerja.service import identity as siapkerja_identity
from probes.profile_factories import make_whole

from ..browsing import open_browser
from ..cards.conftest import card, own_office, set_clock  # noqa: F401


@pytest.fixture
def browser():
    return open_browser(follow_redirects=False)


@pytest.fixture
def sign_in(session, browser):
    def to(person):
        browser.cookies.set(COOKIE, sessions.sign_in(session, person.id))
        session.commit()
        return browser

    return to


@pytest.fixture
def siti_whole(session, set_clock, siti):  # noqa: F811
    make_whole(session, person=siti)
    siapkerja_identity.open_identity(session, siti)
    session.commit()
    return siti
