"""The holder's card on the phone: page, PDF and picture, for the holder only."""

import re

import pytest

from .public_profile import NIK, address_of


@pytest.mark.parametrize("path", ["/kartu-saya/", "/kartu-saya.pdf", "/kartu-saya.png"])
def test_the_card_on_the_phone_is_its_holders(session, siti_whole, ahmad, rina, sign_in, path):
    mine = sign_in(siti_whole).get(path)
    assert mine.status_code == 200 and mine.headers["cache-control"] == "private, no-store"
    assert NIK.encode() not in mine.content
    assert sign_in(rina).get(path).status_code == 403
    nothing = sign_in(ahmad).get(path)
    assert nothing.status_code in (303, 409) and b"Siti" not in nothing.content


def test_an_anonymous_visitor_is_led_to_the_login(browser):
    for path in ("/kartu-saya/", "/kartu-saya.pdf", "/kartu-saya.png", "/kartu-saya/qr.svg"):
        assert browser.get(path).status_code == 303


def test_the_page_for_the_phone_holds_all_it_shows(session, siti_whole, sign_in):
    answer = sign_in(siti_whole).get("/kartu-saya/")
    assert len(answer.content) < 120_000 and answer.text.count("<svg") == 3
    assert "data:image/jpeg;base64," in answer.text and "20 April 2027" in answer.text
    fetched = set(re.findall(r'(?:src|href)="(/[^"]+)"', answer.text))
    assert {path for path in fetched if path.endswith(".js")} == {"/card.js"}
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_the_files_are_what_they_say(session, siti_whole, sign_in):
    browser = sign_in(siti_whole)
    assert browser.get("/kartu-saya.pdf").content.startswith(b"%PDF-")
    assert browser.get("/kartu-saya.png").content.startswith(b"\x89PNG")


def test_the_picture_of_the_card_can_be_scanned(session, siti_whole, sign_in):
    import io

    import zxingcpp
    from PIL import Image

    picture = Image.open(io.BytesIO(sign_in(siti_whole).get("/kartu-saya.png").content))
    found = zxingcpp.read_barcodes(picture)
    assert [code.text.rpartition("/")[2] for code in found] == [
        address_of(session, siti_whole).rpartition("/")[2]
    ]
