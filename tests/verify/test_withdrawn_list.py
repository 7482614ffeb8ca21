"""The signed list of withdrawn codes, and the status as JSON, through their real routes."""

import hashlib

import pytest
from sqlmodel import select

from barut_reflex.cards import dates as cards
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import issuing
from barut_reflex.core import headers, limits
from barut_reflex.core.settings import settings
from barut_reflex.seal import codes
from barut_reflex.sharing.models import CardView
from barut_reflex.verify.service import scans, withdrawn_list
from barut_reflex.verify.web import check, verifier
from probes.card_factories import FACTS
from probes.factories import known

from ..browsing import open_browser
from . import list_reader

LIST = "/.well-known/ak1-dicabut.json"


@pytest.fixture
def browser():
    own = {"origin": settings.address, "sec-fetch-site": "same-origin"}
    return open_browser(follow_redirects=False, headers=own)


def code_of(session, card):
    return lookup.current_code(session, card)


def test_the_list_names_revoked_and_replaced_codes(session, card, ahmad, pak_budi, set_clock):
    old = code_of(session, card)
    assert list_reader.find(withdrawn_list.signed_list(session), old.code_id) == ""
    issuing.renew_code(session, ahmad, card.public_id)
    new = code_of(session, card)
    signed = withdrawn_list.signed_list(session)
    assert list_reader.find(signed, old.code_id) == "replaced"
    assert list_reader.find(signed, new.code_id) == ""
    issuing.revoke(session, pak_budi, card.public_id, reason="Keliru")
    signed = withdrawn_list.signed_list(session)
    assert [list_reader.find(signed, one.code_id) for one in (old, new)] == ["revoked", "revoked"]


def test_a_card_whose_last_day_is_over_leaves_the_list(session, card, pak_budi, set_clock):
    code = code_of(session, card)
    issuing.revoke(session, pak_budi, card.public_id, reason="Keliru")
    set_clock(2028, 4, 20, 16, 59)  # 23.59 WIB of the last day
    assert list_reader.find(withdrawn_list.signed_list(session), code.code_id) == "revoked"
    set_clock(2028, 4, 20, 17, 0)
    assert list_reader.find(withdrawn_list.signed_list(session), code.code_id) == ""


def test_the_list_is_dated_and_ends(session, card, set_clock):
    now = set_clock(2026, 5, 1, 2)
    content = known(list_reader.read(withdrawn_list.signed_list(session)))
    assert content["iat"] == now.timestamp()
    assert content["exp"] - content["iat"] == 7 * 86_400
    assert content["iss"] == settings.address


def test_the_list_tells_no_code_and_no_person(session, card, browser, pak_budi):
    code = code_of(session, card)
    issuing.revoke(session, pak_budi, card.public_id, reason="Keliru")
    session.commit()
    answer = browser.get(LIST)
    content = str(list_reader.read(answer.json()))
    for told in (code.code_id, card.number, FACTS.name, FACTS.nik, "Keliru"):
        assert told not in content
    assert answer.headers["cache-control"] == "public, max-age=300"
    whole = hashlib.sha256(bytes.fromhex(code.code_id)).digest()
    assert list_reader.hashes_of(known(list_reader.read(answer.json()))["revoked"]) == {whole[:6]}


def test_an_edited_list_is_nobodys(session, card):
    signed = withdrawn_list.signed_list(session)
    other = withdrawn_list.signed_list(session)["payload"][:-2] + "AA"
    assert list_reader.read(signed) is not None
    assert list_reader.read(signed | {"payload": other}) is None


def test_a_list_can_never_pass_for_a_code(session, card):
    signed = withdrawn_list.signed_list(session)
    words = f"{signed['protected']}.{signed['payload']}".encode()
    assert (
        words[0] != codes.FORMAT_VERSION
    )  # what a code's signature covers begins with the version


def test_lists_are_limited_by_address(session, card, browser, monkeypatch):
    monkeypatch.setattr(withdrawn_list, "LISTS_PER_ADDRESS", 2)
    assert [browser.get(LIST).status_code for _ in range(3)] == [200, 200, 429]
    monkeypatch.setattr(limits, "spend", lambda *args, **kwargs: True)
    assert browser.get(LIST).status_code == 200


def test_the_status_is_a_verdict_and_nothing_else(session, card, browser):
    answer = browser.post(f"/periksa/status/{code_of(session, card).code}")
    assert answer.json() == {"verdict": "valid", "word": "BERLAKU"}
    assert answer.headers["cache-control"] == "no-store"
    assert browser.post("/periksa/status/ABC").json()["verdict"] == "unknown"
    assert len(session.exec(select(CardView)).all()) == 1  # the holder sees this view too


def test_the_status_follows_the_card(session, card, browser, ahmad, set_clock):
    old = code_of(session, card).code
    issuing.renew_code(session, ahmad, card.public_id)
    new = code_of(session, card).code
    session.commit()
    assert browser.post(f"/periksa/status/{old}").json()["verdict"] == "replaced"
    set_clock(2028, 4, 21, 3)
    assert browser.post(f"/periksa/status/{new}").json()["verdict"] == "expired"


def test_the_status_shares_the_limit_of_the_check_page(session, card, browser, monkeypatch):
    monkeypatch.setattr(scans, "VIEWS_PER_CODE", 2)
    code = code_of(session, card).code
    assert browser.get(f"/v/{code}").status_code == 200
    assert browser.post(f"/periksa/status/{code}").status_code == 200
    crowded = browser.post(f"/periksa/status/{code}")
    assert crowded.status_code == 429 and crowded.headers["retry-after"] == "60"


def test_another_site_cannot_ask(session, card, browser):
    address = f"/periksa/status/{code_of(session, card).code}"
    assert browser.post(address, headers={"origin": "https://palsu.contoh.id"}).status_code == 403
    assert browser.get(address).status_code in (404, 405)
    assert session.exec(select(CardView)).all() == []


def test_the_page_has_no_inline_script_and_no_mark_left(browser):
    assert browser.get("/periksa").headers["location"] == "/periksa/"
    page = browser.get("/periksa/")
    assert "{{" not in page.text and "<style" not in page.text and " style=" not in page.text
    assert page.text.count("<script") == 1 and 'src="/periksa/page.js"' in page.text
    assert "unsafe" not in page.headers["content-security-policy"]
    assert "camera=(self)" in page.headers["permissions-policy"]


@pytest.mark.parametrize(
    ("path", "is_open"), [("/pindai/", True), ("/pindai", True), ("/", False), ("/admin/", False)]
)
def test_no_other_page_but_the_scanner_is_given_the_camera(path, is_open):
    policy = dict(headers.headers_for(path))[b"permissions-policy"].decode()
    assert ("camera=(self)" in policy, "camera=()" in policy) == (is_open, not is_open)


@pytest.mark.parametrize("name", ["..%2fverifier.py", "%2e%2e/qr/keys.py", "x.js", "index.htm"])
def test_only_its_own_files_are_handed_out(browser, name):
    assert browser.get(f"/periksa/{name}").status_code == 404


def test_what_is_kept_offline_is_what_the_page_loads():
    worker = verifier.page_files()["sw.js"].decode()
    assert {name for name in verifier.page_files() if f"/periksa/{name}" not in worker} == {
        "index.html",  # kept as /periksa/
        "sw.js",
    }


def test_page_and_check_page_say_the_same_words():
    words = verifier.page_files()["words.js"].decode()
    for verdict, advice in check.ADVICE.items():
        assert cards.VERDICT_WORDS[verdict] in words
        assert verdict == "unknown" or advice in words
