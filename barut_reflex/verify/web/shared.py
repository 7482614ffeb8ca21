"""The page behind a holder's link, and the holder's own preview of it."""

from html import escape

from ...cards.dates import SELF_TOLD, VERDICT_WORDS, Verdict
from ...core.figures import duration
from ...core.indonesian import long_time
from ...seal.access import LIFE
from ..service.showing import ProfileSheet
from .check import CHECKED, page, photo_of
from .profile import Room, fitting, sections_of

KIND = "Profil yang dibagikan"


def profile_page(sheet: ProfileSheet) -> str:
    """The profile as its holder opened it to whoever looks."""
    return fitting(lambda room: _profile_page(sheet, room))


def ended_page(message: str) -> str:
    """One page for every link that opens nothing: ended, revoked, never made."""
    body = f'<section class="plain"><h1>Tautan tidak berlaku</h1><p>{escape(message)}</p></section>'
    return page("Tautan tidak berlaku", body, kind=KIND)


def access_page() -> str:
    """For an ordinary camera that reads an access code; it uses nothing up."""
    body = (
        '<section class="plain"><h1>Kode akses</h1><p>Kode ini untuk daftar hadir dan masuk '
        "ruangan. Hanya petugas yang dapat membacanya, di halaman Pindai, dalam "
        f"{duration(LIFE)}.</p></section>"
    )
    return page("Kode akses", body, kind="Kode akses")


def _profile_page(sheet: ProfileSheet, room: Room) -> str:
    photo = photo_of(sheet.photo, sheet.name) if sheet.photo else ""
    holder = (
        f'<section class="holder">{photo}<div><p class="kind">Pencari Kerja</p>'
        f"<h1>{escape(sheet.name)}</h1></div></section>"
    )
    parts = [_banner(sheet), _trust(sheet), holder, *sections_of(sheet.sections, room)]
    return page(f"Profil {sheet.name}", *parts, kind=KIND)


def _trust(sheet: ProfileSheet) -> str:
    """Whether an officer approved who this is; never in green, for a profile is no card."""
    if sheet.is_checked:
        return f"<section><p>{CHECKED}</p></section>"
    word = Verdict.UNCHECKED
    return (
        f'<section class="warn told"><h2 data-verdict="{word}">{VERDICT_WORDS[word]}</h2>'
        f"<p>{SELF_TOLD}</p></section>"
    )


def _banner(sheet: ProfileSheet) -> str:
    until = f"{long_time(sheet.until)} WIB" if sheet.until else ""
    given = (
        f"<p>Dibagikan kepada <strong>{escape(sheet.recipient)}</strong> untuk "
        f"{escape(sheet.purpose)}. Berlaku sampai {until}.</p>"
        if sheet.recipient
        else "<p>Begini profil Anda dilihat siapa pun yang memindai kode QR Anda.</p>"
    )
    if not sheet.is_preview:
        return f"<section>{given}</section>"
    return (
        '<section class="banner"><h2>Pratinjau: seperti dilihat orang lain</h2>'
        f"{given}<p>Hanya Anda yang melihat kotak ini. Pratinjau tidak dicatat.</p></section>"
    )
