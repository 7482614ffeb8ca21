"""The holder's own view of the card, and the page that shows it."""

import asyncio

import reflex as rx

from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import after_issue, issuing
from barut_reflex.gate.access import rule_of
from barut_reflex.people.rules import Role
from barut_reflex.siapkerja.web import mine

from ..screens import screen_of


def test_without_a_card_it_is_empty(session, siti):
    assert lookup.my_card(session, siti) == lookup.MyCard()


def test_it_shows_how_the_card_stands(session, card, ahmad):
    shown = lookup.my_card(session, ahmad)
    assert (shown.number, shown.state, shown.tone) == (card.number, "Berlaku", "success")
    assert (shown.issued, shown.valid_until) == ("20 April 2026", "20 April 2028")
    assert shown.next_report == "20 Oktober 2026"
    assert shown.can_renew and not shown.can_print
    assert shown.photo.startswith("/berkas/") and shown.qr.startswith(f"/kartu/{card.public_id}/")


def test_a_new_code_gives_the_picture_a_new_address(session, card, ahmad):
    before = lookup.my_card(session, ahmad).qr
    issuing.renew_code(session, ahmad, card.public_id)
    assert lookup.my_card(session, ahmad).qr != before


def test_it_says_what_to_do_next(session, card, ahmad, pak_budi, set_clock):
    assert lookup.my_card(session, ahmad).advice == ""
    set_clock(2026, 11, 4, 3)
    due = lookup.my_card(session, ahmad)
    assert due.tone == "warning" and "20 Oktober 2026" in due.advice
    set_clock(2028, 4, 21, 3)
    assert "pengajuan baru" in lookup.my_card(session, ahmad).advice
    issuing.revoke(session, pak_budi, card.public_id, reason="Data keliru.")
    revoked = lookup.my_card(session, ahmad)
    assert "Data keliru." in revoked.advice and not revoked.can_renew


def test_it_never_says_more_than_the_screen_shows(session, card, ahmad):
    shown = vars(lookup.my_card(session, ahmad))
    assert lookup.current_code(session, card).code not in str(shown)
    assert card.nik not in str(shown)


def test_past_cards_are_the_history(session, card, ahmad, rina):
    after_issue.mark_placed(session, rina, card.public_id, employer="PT Maju", on="20/04/2026")
    (row,) = lookup.past_cards(session, ahmad.id)
    assert (row.number, row.issued, row.signatory) == (card.number, "20 April 2026", "Rina")
    assert (row.employer, row.placed_on) == ("PT Maju", "20 April 2026")
    assert lookup.past_cards(session, rina.id) == []


def test_only_a_job_seeker_opens_the_screen():
    for handler in (mine.CardState.load, mine.CardState.renew_code):
        assert rule_of(handler.fn) == frozenset({Role.JOB_SEEKER})


def test_the_screen_asks_before_it_makes_a_new_code():
    page = str(rx.fragment(mine.card_page()).render())
    assert page.count("Perbarui Kode QR") == 1
    assert "Ya, Perbarui" in page and "dialog" in page


def test_the_screen_loads_and_renews(session, card, ahmad, monkeypatch):
    screen = screen_of(mine.CardState)
    said = []

    async def run(caller, function, *args, **kwargs):
        return function(session, ahmad, *args, **kwargs)

    async def say(caller, message, **kwargs):
        said.append(message)

    for name in ("act", "look"):
        monkeypatch.setattr(mine, name, run)
    monkeypatch.setattr(mine, "say", say)
    asyncio.run(mine.CardState.load.fn(screen))
    before = screen.card.qr
    asyncio.run(mine.CardState.renew_code.fn(screen))
    assert screen.is_loaded and screen.card.qr != before
    assert said == ["Kode QR diperbarui. Kode pada cetakan lama tidak berlaku lagi."]
