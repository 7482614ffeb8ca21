"""The check page is never stale: each scan reads the current state, whoever changed it."""

from functools import cache
from itertools import pairwise

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import after_issue
from barut_reflex.core import db
from barut_reflex.profiles.rules.sections import Section
from barut_reflex.sharing import service as sharing
from barut_reflex.sharing.models import CardView
from barut_reflex.sharing.rules import CONSENT_VERSION, OPTIONAL_SECTIONS
from barut_reflex.siapkerja.queries import digital
from barut_reflex.siapkerja.service import identity as siapkerja_identity
from barut_reflex.verify.service import scans
from barut_reflex.verify.web import check
from probes.card_factories import give_card
from probes.factories import known, make_person
from probes.profile_factories import add_job, make_whole

from ..browsing import open_browser

REVOKE = "UPDATE {} SET revoked = '2026-04-20 03:00:00'"


@pytest.fixture
def browser():
    return open_browser()


@pytest.fixture
def of_a_card(session, set_clock, rina):
    """Somebody whose AK1 shows all it can, and where it is checked."""
    holder = make_person(session, name="Bambang")
    make_whole(session, person=holder)
    open_all(session, holder)
    tell(session, "UPDATE document SET replaced = '2026-04-20 03:00:00'")
    card = give_card(session, holder=holder, officer=rina)
    return holder, f"/v/{lookup.current_code(session, card).code}"


@pytest.fixture
def of_an_identity(session, set_clock, rina):
    """Somebody whose SIAPkerja-ID shows all it can, and where it is checked."""
    holder = make_person(session, name="Wati")
    make_whole(session, person=holder)
    open_all(session, holder)
    siapkerja_identity.open_identity(session, holder)
    session.commit()
    identity = known(digital.find_identity(session, holder.id))
    return holder, f"/v/{digital.identity_code(session, identity).code}"


def open_all(session, person):
    for section in OPTIONAL_SECTIONS:
        sharing.open_section(session, person, section.value, version=CONSENT_VERSION)


def tell(session, statement):
    """Past every service."""
    session.execute(text(statement))
    session.commit()


def test_what_services_add_shows_at_once(session, of_a_card, rina, browser, set_clock):
    holder, address = of_a_card
    set_clock(2026, 11, 10, 3)
    pages = [browser.get(address).text]
    card = known(lookup.newest_card_of(session, holder.id))
    for add in (
        lambda: after_issue.record_visit(session, rina, card.public_id, on="10/11/2026"),
        lambda: add_job(session, person=holder, organisation="PT Baru"),
        lambda: sharing.close_section(session, holder, "experience"),
        lambda: sharing.open_section(session, holder, "experience", version=CONSENT_VERSION),
    ):
        add()
        session.commit()
        pages.append(browser.get(address).text)
    assert [one == other for one, other in pairwise(pages)] == [False] * 4
    assert "PERLU LAPOR" in pages[0] and "PERLU LAPOR" not in pages[1]


def test_a_revoked_siapkerja_id_shows_at_once(session, of_an_identity, browser):
    assert "BELUM DIPERIKSA" in browser.get(of_an_identity[1]).text
    tell(session, REVOKE.format("identity"))
    assert "DICABUT" in browser.get(of_an_identity[1]).text


def test_a_card_revoked_by_another_process_shows_at_once(file_office, browser):
    address = card_of(file_office)
    assert "BERLAKU" in browser.get(address).text
    other = db.make_engine(file_office.url.render_as_string(hide_password=False))
    with Session(other.execution_options(write=True)) as session:
        tell(session, REVOKE.format("card"))
    other.dispose()
    assert "DICABUT" in browser.get(address).text


def test_were_pages_kept_a_revoked_card_would_still_look_valid(file_office, browser, monkeypatch):
    address = card_of(file_office)
    draw = check.check_page
    kept = cache(lambda number: draw(sheets[number]))
    sheets = {}

    def draw_once(sheet):
        sheets[sheet.number] = sheet
        return kept(sheet.number)

    monkeypatch.setattr(check, "check_page", draw_once)
    assert "BERLAKU" in browser.get(address).text
    with Session(file_office.execution_options(write=True)) as session:
        tell(session, REVOKE.format("card"))
    assert "BERLAKU" in browser.get(address).text


def card_of(engine):
    """Where a card is checked that was just issued."""
    with Session(engine, expire_on_commit=False) as session:
        holder, rina = (make_person(session, name=name) for name in ("Bambang", "Rina"))
        session.commit()
        card = give_card(session, holder=holder, officer=rina)
        return f"/v/{lookup.current_code(session, card).code}"


def test_concurrent_requests_share_the_limits(session, of_a_card):
    requests = [scans.Scan(of_a_card[1][3:], f"203.0.113.{number}") for number in range(40)]
    requests += [scans.Scan("X", "198.51.100.1")] * 601
    answers = scans.scan_all(session, requests)
    seen = [type(answer) for answer in answers]
    assert seen[:40] == [tuple] * 30 + [scans.TooManyViews] * 10
    assert seen[40:] == [scans.UnknownCode] * 600 + [scans.TooManyViews]
    assert len(session.exec(select(CardView)).all()) == 30


def test_every_section_can_be_on_the_page(session, of_an_identity, browser):
    page = browser.get(of_an_identity[1]).text
    assert page.count("data-section=") >= len(Section) - 4
