"""The kind of a scanned code decides which desk answers it."""

import base64

import pytest
from starlette.responses import PlainTextResponse

from barut_reflex.core import desks
from barut_reflex.core.desks import Desk, Web
from barut_reflex.seal import codes
from barut_reflex.seal.rules import KINDS_WITH_CHECK_PAGE, PayloadKind
from barut_reflex.verify.service import scans
from barut_reflex.verify.web import check

from ..browsing import open_browser

BLANK = 5  # a kind that no desk gives out


def code_of_kind(kind: int, version: int = codes.FORMAT_VERSION) -> str:
    return base64.b32encode(bytes([version, kind]) + bytes(98)).decode()


async def answer(request, code):
    return PlainTextResponse(f"blangko {code}")


@pytest.fixture
def plant(monkeypatch):
    """A desk more, which answers codes of that kind."""

    def desk(kind: int):
        planted = Desk(web=lambda: Web(code_pages={kind: answer}))
        every = {**desks.all_desks(), "planted": planted}
        monkeypatch.setattr(desks, "all_desks", lambda: every)
        desks.code_pages.cache_clear()

    yield desk
    monkeypatch.undo()
    desks.code_pages.cache_clear()


@pytest.mark.parametrize("spelled", [str.upper, str.lower])
def test_a_desk_answers_codes_of_its_kind(session, plant, spelled):
    plant(BLANK)
    code = spelled(code_of_kind(BLANK))
    assert open_browser().get(f"/v/{code}").text == f"blangko {code}"


def test_without_that_desk_the_code_is_unknown(session):
    shown = open_browser().get(f"/v/{code_of_kind(BLANK)}")
    assert (shown.status_code, shown.text) == (404, check.unknown_page())


@pytest.mark.parametrize(
    "code", ["X", "A" * 200, "!!!!!!!!", code_of_kind(BLANK)[:3], code_of_kind(BLANK, version=2)]
)
def test_what_cannot_be_read_is_unknown_and_counted(session, plant, monkeypatch, code):
    plant(BLANK)
    monkeypatch.setattr(scans, "VIEWS_PER_ADDRESS", 1)
    browser = open_browser()
    shown = browser.get(f"/v/{code}")
    assert (shown.status_code, shown.text) == (404, check.unknown_page())
    assert browser.get(f"/v/{code}").status_code == 429


def test_an_access_code_never_opens_a_check_page(session):
    assert PayloadKind.ACCESS not in desks.code_pages()
    assert open_browser().get(f"/v/{code_of_kind(PayloadKind.ACCESS)}").status_code == 404


def test_every_kind_of_card_is_answered():
    assert set(KINDS_WITH_CHECK_PAGE) <= set(desks.code_pages())


def test_two_desks_cannot_answer_one_kind(plant):
    plant(PayloadKind.AK1)
    with pytest.raises(ValueError, match="another desk gives 1"):
        desks.code_pages()
