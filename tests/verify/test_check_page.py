"""The check page that a card's QR opens, through its real route."""

import base64
import re

import pytest
from sqlmodel import select

from barut_reflex.cards.dates import VERDICT_WORDS
from barut_reflex.cards.models import CardPrint
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import after_issue, issuing
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.people.service import sessions
from barut_reflex.seal import codes, keys
from barut_reflex.sharing.models import CardView
from barut_reflex.verify.service import scans, verdicts
from barut_reflex.verify.web import check, check_routes
from probes.card_factories import FACTS, give_card, portrait
from probes.factories import known

from ..browsing import open_browser

PRIVATE = [
    FACTS.nik, "82312345678", "Pangeran Antasari", "RT 1", "Islam", "Belum Kawin",
    "2000-07-07", "7 Juli 2000", "Melayu", "@contoh.id",
]  # fmt: skip


@pytest.fixture
def browser():
    """The phone of an anonymous visitor."""
    return open_browser(follow_redirects=False)


@pytest.fixture
def sign_in(session, browser):
    def to(person):
        token = sessions.sign_in(session, person.id)
        session.commit()
        browser.cookies.set(COOKIE, token)
        return browser

    return to


def code_of(session, card):
    return lookup.current_code(session, card).code


def verdict_of(page: str) -> tuple[str, str]:
    found = known(re.search(r'<h1 data-verdict="(\w+)">([^<]+)</h1>', page))
    return found[1], found[2]


@pytest.mark.parametrize("path", ["/v/{}", "/V/{}", "/v/{}/", "/V/{}/"])
def test_every_spelling_of_the_address_leads_there(session, card, browser, path):
    for code in (code_of(session, card), code_of(session, card).lower()):
        answer = browser.get(path.format(code))
        assert answer.status_code == 200
        assert verdict_of(answer.text) == ("valid", "BERLAKU")


def test_it_says_who_what_and_how_long_and_no_more(session, card, browser):
    page = browser.get(f"/v/{code_of(session, card)}").text
    for shown in (
        FACTS.name, card.number, "20 April 2026", "20 April 2028", settings.office_name,
        "Cocokkan dengan KTP", "Pastikan alamat situs", "localhost", "Teknik Informatika", "2023",
        "Operator komputer", "Mengemudi mobil (SIM A)", "data:image/jpeg;base64,",
    ):  # fmt: skip
        assert shown in page
    assert [text for text in PRIVATE if text in page] == []


def test_the_officer_sees_all_and_that_is_noted(session, card, rina, sign_in):
    page = sign_in(rina).get(f"/v/{code_of(session, card)}").text
    for shown in (FACTS.nik, "082312345678", "Jl. Pangeran Antasari", "7 Juli 2000"):
        assert shown in page
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "view_card")).one()
    assert entry.actor_id == rina.id


@pytest.mark.parametrize("who", ["ahmad", "siti"])
def test_a_job_seeker_sees_what_an_anonymous_visitor_sees(session, card, request, sign_in, who):
    page = sign_in(request.getfixturevalue(who)).get(f"/v/{code_of(session, card)}").text
    assert [text for text in PRIVATE if text in page] == []


def test_were_the_page_full_the_private_facts_would_be_found(session, card, browser, monkeypatch):
    def full(session, asked):
        return verdicts.check_sheets(session, [(found, True) for found, _ in asked])

    monkeypatch.setattr(check_routes.read_sheets, "service", full)
    page = browser.get(f"/v/{code_of(session, card)}").text
    assert len([text for text in PRIVATE if text in page]) > 4


def test_unknown_and_forged_codes_get_the_same_bytes(session, card, browser):
    code = code_of(session, card)
    raw = bytearray(codes.bytes_of(code))
    raw[25] ^= 1
    forged = base64.b32encode(bytes(raw)).decode().rstrip("=")
    answers = [browser.get(f"/v/{wrong}") for wrong in ("X", "A" * 200, forged, card.number)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    assert verdict_of(answers[0].text) == ("unknown", "TIDAK DIKENAL")


def test_each_verdict_stands_on_the_page(session, card, browser, ahmad, rina, pak_budi, set_clock):
    code = code_of(session, card)
    seen = [verdict_of(browser.get(f"/v/{code}").text)]
    set_clock(2026, 11, 4, 3)
    seen.append(verdict_of(browser.get(f"/v/{code}").text))
    set_clock(2028, 4, 21, 3)
    seen.append(verdict_of(browser.get(f"/v/{code}").text))
    after_issue.mark_placed(session, rina, card.public_id, employer="PT Maju", on="01/03/2028")
    seen.append(verdict_of(browser.get(f"/v/{code}").text))
    issuing.revoke(session, pak_budi, card.public_id, reason="Rahasia kantor")
    page = browser.get(f"/v/{code}").text
    seen.append(verdict_of(page))
    assert [word for _, word in seen] == [
        "BERLAKU", "PERLU LAPOR", "KEDALUWARSA", "SUDAH BEKERJA", "DICABUT",
    ]  # fmt: skip
    assert "Rahasia kantor" not in page and "PT Maju" not in page and "data:image" not in page


def test_an_old_print_says_so_and_shows_no_face(session, card, browser, ahmad):
    code = code_of(session, card)
    issuing.renew_code(session, ahmad, card.public_id)
    session.commit()
    page = browser.get(f"/v/{code}").text
    assert verdict_of(page) == ("replaced", "KODE LAMA")
    assert "data:image" not in page and "Teknik Informatika" not in page


def test_a_page_per_verdict_has_words():
    assert set(check.ADVICE) == set(check.TONES) == set(VERDICT_WORDS)


def test_thirty_one_views_a_minute_are_too_many(session, card, browser):
    code = code_of(session, card)
    answers = [browser.get(f"/v/{code}").status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    crowded = browser.get(f"/v/{code}")
    assert "Tunggu satu menit" in crowded.text and crowded.headers["retry-after"] == "60"
    assert len(session.exec(select(CardView)).all()) == 30


def test_unknown_codes_count_for_the_address(session, browser, set_clock, monkeypatch):
    monkeypatch.setattr(scans, "VIEWS_PER_ADDRESS", 5)
    answers = [browser.get(f"/v/{number}").status_code for number in range(6)]
    assert answers == [404] * 5 + [429]


def test_the_page_is_light_and_runs_nothing(session, set_clock, siti, rina, browser):
    facts = FACTS.model_copy(update={"skills": ["Q" * 80] * 20, "name": "W" * 100})
    noisy = portrait((2400, 2400))
    card = give_card(session, holder=siti, officer=rina, facts=facts, photo=noisy)
    answer = browser.get(f"/v/{code_of(session, card)}")
    assert len(answer.content) < 40_000
    assert "<script" not in answer.text and "http" not in re.sub(r"<dd>.*?</dd>", "", answer.text)


def test_its_headers_shut_everything_else_out(session, card, browser):
    headers = browser.get(f"/v/{code_of(session, card)}").headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "img-src data:" in policy and "script" not in policy and "unsafe" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "noindex" in headers["x-robots-tag"]


def test_names_are_shown_literally(session, set_clock, siti, rina, browser):
    evil = "<script>alert(1)</script>"
    facts = FACTS.model_copy(update={"name": f'Budi "{evil}', "skills": [evil], "major": evil})
    card = give_card(session, holder=siti, officer=rina, facts=facts)
    page = browser.get(f"/v/{code_of(session, card)}").text
    assert evil not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_viewing_changes_nothing_but_the_list_of_views(session, card, browser):
    before = (card.number, card.revoked, code_of(session, card))
    browser.get(f"/v/{code_of(session, card)}")
    session.refresh(card)
    assert (card.number, card.revoked, code_of(session, card)) == before
    assert browser.post(f"/v/{code_of(session, card)}").status_code == 405


def test_the_officer_prints(session, card, rina, sign_in):
    answer = sign_in(rina).get(f"/kartu/{card.public_id}.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="AK1-{card.number}.pdf"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert session.exec(select(CardPrint)).one().by_id == rina.id


def test_nobody_else_prints(session, card, browser, ahmad, siti, sign_in):
    address = f"/kartu/{card.public_id}.pdf"
    assert browser.get(address).status_code == 303
    assert sign_in(siti).get(address).status_code == 404
    own = sign_in(ahmad).get(address)
    assert own.status_code == 409 and "dicetak di kantor" in own.text
    assert session.exec(select(CardPrint)).all() == []


def test_a_card_of_somebody_else_is_as_missing_as_none(session, card, siti, sign_in):
    phone = sign_in(siti)
    for path in ("/kartu/{}.pdf", "/kartu/{}/qr.svg"):
        foreign = phone.get(path.format(card.public_id))
        none = phone.get(path.format("00000000-0000-4000-8000-000000000000"))
        assert (foreign.status_code, foreign.content) == (none.status_code, none.content)
        assert foreign.status_code == 404


def test_the_holder_gets_the_qr_for_the_screen(session, card, browser, ahmad, sign_in):
    address = f"/kartu/{card.public_id}/qr.svg"
    assert browser.get(address).status_code == 303
    picture = sign_in(ahmad).get(address)
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.text.startswith("<svg")


def test_the_keys_are_published(browser):
    answer = browser.get("/.well-known/ak1-keys.json")
    assert answer.json() == keys.published_keys()
    assert answer.headers["access-control-allow-origin"] == "*"
