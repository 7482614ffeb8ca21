"""Markup in any field of the plain pages is shown as typed and does nothing."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from html.parser import HTMLParser

import pytest
from markupsafe import Markup, escape
from pydantic import BaseModel

from barut_reflex.cards.dates import CardState, Verdict
from barut_reflex.cards.models import Placement
from barut_reflex.cards.queries.lookup import CardFace
from barut_reflex.core.settings import settings
from barut_reflex.profiles.queries.sections import EntryShown, SectionShown
from barut_reflex.profiles.rules.sections import Section
from barut_reflex.seal.rules import PayloadKind
from barut_reflex.siapkerja.service.digital import PhoneCard
from barut_reflex.siapkerja.web import phone
from barut_reflex.verify.service.shared_profile import ProfileSheet
from barut_reflex.verify.service.verdicts import CheckSheet
from barut_reflex.verify.web import check, shared, verifier
from probes.card_factories import FACTS

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;"
NOT_TYPED = {"birth_date", "qr", "code"}  # a date, our own picture, and what stands in it
OWN_SCRIPTS = {"/card.js", "/periksa/page.js"}
NOW, TODAY = datetime(2026, 4, 20, 3, tzinfo=UTC), date(2026, 4, 20)
SECTIONS = [SectionShown(key, "x", [EntryShown("x", "x", "x", ["x", "x"])]) for key in Section]
PLACED = Placement(card_id=1, employer="x", on=TODAY, by_id=1, at=NOW)
CARD = CheckSheet(
    Verdict.VALID,
    "x",
    FACTS,
    photo=b"x",
    is_full=True,
    sections=SECTIONS,
    placement=PLACED,
    issued=TODAY,
    valid_until=TODAY,
)
PROFILE = ProfileSheet("x", b"x", SECTIONS, "x", "x", NOW)
DRAWN = CardFace(
    "x", "x", "x", CardState.VALID, issued=TODAY, valid_until=TODAY, code="x", photo_id=1
)
OWN = PhoneCard(DRAWN, b"x", "<svg></svg>")
PAGES = {
    "an AK1": (check.check_page, CARD),
    "a SIAPkerja-ID": (check.check_page, replace(CARD, kind=PayloadKind.SIAPKERJA_ID)),
    "too many looks": (check.rate_limited_page, "x"),
    "a link": (shared.profile_page, PROFILE),
    "a preview": (shared.profile_page, replace(PROFILE, is_preview=True, is_checked=True)),
    "a link that ended": (shared.ended_page, "x"),
    "the page for many cards": (lambda _: verifier.index_page(), None),
    "my card": (phone.phone_page, OWN),
    "my unchecked card": (phone.phone_page, replace(OWN, card=replace(OWN.card, is_checked=False))),
}


class Seen(HTMLParser):
    """What a browser finds in a page that it would run."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.found += [name for name in named if name.startswith("on")]
        if tag == "script" and named.get("src") not in OWN_SCRIPTS:
            self.found.append(tag)


class Planter:
    """Puts a text of its own in the place of every text; `made` are those it made, with markup."""

    def __init__(self, kind: type[str] = str):
        self.kind, self.made = kind, []

    def text(self) -> str:
        self.made.append(self.kind(f"{MARKUP}{len(self.made)};"))
        return self.made[-1]

    def plant(self, given):
        if isinstance(given, str) and not isinstance(given, Enum):
            return self.text()
        if isinstance(given, list):
            return [self.plant(one) for one in given]
        if isinstance(given, BaseModel):
            return given.model_copy(update=self._each(given, type(given).model_fields))
        if is_dataclass(given) and not isinstance(given, type):
            return replace(given, **self._each(given, [one.name for one in fields(given)]))
        return given

    def _each(self, given, names):
        return {n: self.plant(getattr(given, n)) for n in names if n not in NOT_TYPED}


@pytest.fixture
def plant(monkeypatch):
    """Into what a page is drawn from, and into the office's own words."""

    def into(given, kind=str):
        planter = Planter(kind)
        for name in ("office_name", "regency", "app_name"):
            monkeypatch.setattr(settings, name, planter.text())
        return planter.plant(given), planter.made

    return into


@pytest.mark.parametrize("name", PAGES)
def test_markup_is_shown_and_not_run(plant, name):
    draw, given = PAGES[name]
    given, made = plant(given)
    page = draw(given)
    shown = [one for one in made if escape(one) in page]
    assert len(shown) >= len(made) / 2  # each kind of page leaves some out
    assert MARKUP not in page and Seen(page).found == []


@pytest.mark.parametrize("name", PAGES)
def test_were_it_taken_for_our_own_it_would_run(plant, name):
    draw, given = PAGES[name]
    page = draw(plant(given, Markup)[0])
    assert MARKUP in page and {"script", "onerror"} <= set(Seen(page).found)
