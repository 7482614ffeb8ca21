"""Printing many cards in one run: who may, which cards, how many, and that each is recorded."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from barut_reflex.cards.models import CardPrint
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.queries import printing as card_printing
from barut_reflex.cards.service import common, issuing, printing, printing_many
from barut_reflex.cards.web import print_routes
from barut_reflex.core import audit, clock, tokens, views
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.gate.models import Flash
from barut_reflex.people.service import sessions
from probes.card_factories import FACTS, give_card

MISSING = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def cards(session, card, siti, rina):
    """Ahmad's and siti's, issued on the same day."""
    facts = FACTS.model_copy(update={"name": "Siti Aminah", "nik": "6205054607000007"})
    return [card, give_card(session, holder=siti, officer=rina, facts=facts)]


@pytest.fixture
def ids(cards):
    return [card.public_id for card in cards]


def drawn(session, ids, by) -> list[str]:
    pdf = printing_many.draw_cards(session, by, ids)
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def prints(session):
    return [(one.card_id, one.by_id) for one in session.exec(select(CardPrint))]


def noted(session, act="print_card"):
    found = session.exec(select(AuditEntry).where(AuditEntry.act == act))
    return [one.subject if act == views.ALARM_ACT else one.detail for one in found]


# -- the act ----------------------------------------------------------------------------------


def test_the_chosen_cards_come_by_number_each_with_its_back(session, ids, rina):
    pages = drawn(session, [*reversed(ids), ids[0]], rina)
    assert len(pages) == 4
    assert "Bambang Susilo Hartono" in pages[0] and "Siti Aminah" in pages[2]
    assert "KETENTUAN" in pages[1] and "KETENTUAN" in pages[3]
    assert len(drawn(session, ids[1:], rina)) == 2


def test_each_card_is_a_print_and_a_row_of_the_trail(session, cards, ids, rina):
    printing_many.record_prints(session, rina, ids)
    assert prints(session) == [(card.id, rina.id) for card in cards]
    assert noted(session) == ids
    assert audit.verify(session) == []


@pytest.mark.parametrize("act", ["draw", "record"])
def test_a_job_seeker_prints_no_batch_of_cards(session, ids, ahmad, monkeypatch, act):
    monkeypatch.setattr(settings, "self_print", True)

    def tried():
        if act == "draw":
            return printing_many.draw_cards(session, ahmad, ids[:1])
        return printing_many.record_prints(session, ahmad, ids[:1])

    with pytest.raises(common.NotAllowed):
        tried()
    assert prints(session) == []
    monkeypatch.setattr(printing_many, "require_staff", lambda by: None)
    tried()


@pytest.mark.parametrize(
    ("chosen", "refusal"),
    [
        ([], printing_many.NothingChosen),
        ([""], lookup.NoSuchCard),
        ([MISSING], lookup.NoSuchCard),
        ([str(number) for number in range(201)], printing_many.TooManyCards),
    ],
)
def test_what_cannot_be_printed_is_refused_whole(session, ids, rina, chosen, refusal):
    for act in (
        lambda: printing_many.draw_cards(session, rina, chosen),
        lambda: printing_many.record_prints(session, rina, chosen),
    ):
        with pytest.raises(refusal):
            act()
    assert prints(session) == [] and noted(session) == []


def test_with_a_higher_limit_so_many_would_be_looked_for(session, rina, monkeypatch):
    monkeypatch.setattr(printing_many, "MAX_CARDS", 10**6)
    with pytest.raises(lookup.NoSuchCard):
        printing_many.record_prints(session, rina, [str(number) for number in range(201)])


def test_a_revoked_card_stops_the_run_and_is_named(session, cards, ids, rina):
    issuing.supersede(session, cards[1], by=rina)
    with pytest.raises(common.CardEnded, match=cards[1].number):
        drawn(session, ids, rina)
    with pytest.raises(common.CardEnded, match=cards[1].number):
        printing_many.record_prints(session, rina, ids)
    assert prints(session) == []
    assert len(drawn(session, ids[:1], rina)) == 2


def test_a_full_run_is_no_alarm_and_one_card_more_within_the_hour_is(
    session, cards, ids, rina, monkeypatch, caplog
):
    assert views.PEOPLE_ALARM[0] == printing_many.MAX_CARDS
    monkeypatch.setattr(views, "PEOPLE_ALARM", (1, timedelta(hours=1)))
    printing_many.record_prints(session, rina, ids[:1])
    assert noted(session, views.ALARM_ACT) == []
    printing.record_print(session, rina, ids[1])
    assert noted(session, views.ALARM_ACT) == [str(rina.id)] and "alarm" in caplog.text


def test_a_batch_of_too_many_is_an_alarm_at_once(session, ids, rina, monkeypatch):
    monkeypatch.setattr(views, "PEOPLE_ALARM", (1, timedelta(hours=1)))
    printing_many.record_prints(session, rina, ids)
    assert noted(session, views.ALARM_ACT) == [str(rina.id)]
    assert noted(session) == ids


# -- the list ---------------------------------------------------------------------------------


def test_the_list_shows_the_day_and_what_waits(session, cards, ids, rina):
    printing.record_print(session, rina, ids[0])
    listing = card_printing.cards_of_day(session, rina, "20/04/2026", "")
    assert [row.public_id for row in listing.rows] == ids
    assert [bool(row.printed) for row in listing.rows] == [True, False]
    assert (listing.total, listing.waiting, listing.on) == (2, 1, "20 April 2026")
    assert listing.summary == "Menampilkan 1 - 2 dari 2 kartu"
    assert card_printing.cards_of_day(session, rina, "", "").rows == listing.rows  # today


@pytest.mark.parametrize(("hours", "shown"), [(-12, 0), (0, 2), (20, 2), (21, 0)])
def test_a_day_ends_at_midnight_in_wib(session, cards, rina, hours, shown):
    """The cards are issued at 03.00 UTC, which is 10.00 in WIB."""
    assert clock.local(cards[0].issued).hour == 10
    day = clock.local(cards[0].issued) + timedelta(hours=hours - 7)
    listing = card_printing.cards_of_day(session, rina, f"{day:%d/%m/%Y}", "")
    assert listing.total == shown


def test_a_revoked_card_is_not_in_the_list(session, cards, ids, rina):
    issuing.supersede(session, cards[0], by=rina)
    listing = card_printing.cards_of_day(session, rina, "", "")
    assert [row.public_id for row in listing.rows] == ids[1:]


@pytest.mark.parametrize("page", ["", "2", "99", "-1", "x", "²", "9" * 40])
def test_any_page_may_stand_in_the_address(session, ids, rina, monkeypatch, page):
    monkeypatch.setattr(card_printing, "PAGE_SIZE", 1)
    listing = card_printing.cards_of_day(session, rina, "", page)
    assert (listing.page, listing.pages) == (2 if page in ("2", "99") else 1, 2)
    assert [row.public_id for row in listing.rows] == [ids[listing.page - 1]]


def test_others_see_an_empty_list(session, cards, ahmad):
    assert card_printing.cards_of_day(session, ahmad, "", "") == card_printing.PrintList()


def test_a_day_that_cannot_be_read_is_refused_at_its_field(session):
    with pytest.raises(card_printing.DayUnreadable) as refused:
        card_printing.read_day(session, "kemarin")
    assert refused.value.field == "tanggal"
    assert card_printing.read_day(session, "20-4-2026") == "20/04/2026"
    assert card_printing.read_day(session, " ") == ""


# -- the route --------------------------------------------------------------------------------


@pytest.fixture
def browser():
    headers = {"origin": settings.address, "sec-fetch-site": "same-origin"}
    app = Starlette(routes=print_routes.ROUTES)
    return TestClient(app, settings.address, headers=headers, follow_redirects=False)


def enter(session, browser, person):
    browser.cookies.set("sesi", sessions.sign_in(session, person.id, device="Firefox"))
    session.commit()


def test_the_route_sends_the_batch_and_stores_nothing(session, browser, ids, rina):
    enter(session, browser, rina)
    answer = browser.post("/admin/cetak", data={"kartu": ids, "tanggal": "20/04/2026"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "private, no-store"
    name = f"AK1-{clock.today():%Y%m%d}-2-kartu.pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 4
    assert len(prints(session)) == 2
    assert list(settings.var.glob("tmp*")) == []


def test_a_refusal_leads_back_to_the_list_of_that_day(session, browser, ids, rina):
    enter(session, browser, rina)
    browser.cookies.set("alur", "f" * 43)
    for chosen, reason in (
        ([], printing_many.NothingChosen.message),
        ([MISSING], lookup.NoSuchCard.message),
        (["x" * 40_000], printing_many.TooManyCards.message),
    ):
        answer = browser.post("/admin/cetak", data={"kartu": chosen, "tanggal": "20/04/2026"})
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/admin/cetak/")
        [flash] = session.exec(select(Flash)).all()
        assert (flash.flow, flash.message) == (tokens.fingerprint("f" * 43), reason)
        session.delete(flash)
        session.commit()
    assert prints(session) == []


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("ahmad", 403)])
def test_others_are_turned_away(session, browser, ids, request, who, status):
    if who:
        enter(session, browser, request.getfixturevalue(who))
    assert browser.post("/admin/cetak", data={"kartu": ids}).status_code == status
    assert prints(session) == []


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_foreign_page_cannot_print(session, browser, ids, rina, headers):
    enter(session, browser, rina)
    answer = browser.post("/admin/cetak", data={"kartu": ids}, headers=headers)
    assert answer.status_code == 403 and prints(session) == []


def test_what_cannot_be_noted_is_not_sent(session, browser, ids, rina, monkeypatch):
    def full(session, by, public_ids):
        raise common.CardEnded

    enter(session, browser, rina)
    monkeypatch.setattr(printing_many, "record_prints", full)
    answer = browser.post("/admin/cetak", data={"kartu": ids})
    assert answer.status_code == 303 and not answer.content
