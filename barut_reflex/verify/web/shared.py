"""HTML of a shared profile, of its preview for the holder, and of the page for an ended link."""

import htpy as h

from ...cards.dates import SELF_DECLARED, VERDICT_WORDS, Verdict
from ...core.indonesian import long_time
from ..service.shared_profile import ProfileSheet
from .check import SAME_AS_APPROVED
from .parts import page, photo_of
from .profile import Budget, sections_of, shorten_to_fit

KIND = "Profil yang dibagikan"


def profile_page(sheet: ProfileSheet) -> str:
    """The page of a shared profile, shortened if it is long."""
    return shorten_to_fit(lambda budget: _profile_page(sheet, budget))


def ended_page(message: str) -> str:
    """The page for every link that opens nothing: ended, revoked, never made."""
    body = h.section(".plain")[h.h1["Tautan tidak berlaku"], h.p[message]]
    return page("Tautan tidak berlaku", body, kind=KIND)


def _profile_page(sheet: ProfileSheet, budget: Budget) -> str:
    holder = h.section(".holder")[
        photo_of(sheet.photo, sheet.name) if sheet.photo else None,
        h.div[h.p(".kind")["Pencari Kerja"], h.h1[sheet.name]],
    ]
    parts = [_banner(sheet), _trust(sheet), holder, *sections_of(sheet.sections, budget)]
    return page(f"Profil {sheet.name}", *parts, kind=KIND)


def _trust(sheet: ProfileSheet) -> h.Node:
    """Whether an officer approved these facts; never in green, since a profile is not a card."""
    if sheet.is_checked:
        return h.section[h.p[SAME_AS_APPROVED]]
    word = Verdict.UNCHECKED
    return h.section(".warn.told")[h.h2(data_verdict=word)[VERDICT_WORDS[word]], h.p[SELF_DECLARED]]


def _banner(sheet: ProfileSheet) -> h.Node:
    until = f"{long_time(sheet.until)} WIB" if sheet.until else ""
    given = h.p["Begini profil Anda dilihat siapa pun yang memindai kode QR Anda."]
    if sheet.recipient:
        given = h.p[
            "Dibagikan kepada ",
            h.strong[sheet.recipient],
            f" untuk {sheet.purpose}. Berlaku sampai {until}.",
        ]
    if not sheet.is_preview:
        return h.section[given]
    return h.section(".banner")[
        h.h2["Pratinjau: seperti dilihat orang lain"],
        given,
        h.p["Hanya Anda yang melihat kotak ini. Pratinjau tidak dicatat."],
    ]
