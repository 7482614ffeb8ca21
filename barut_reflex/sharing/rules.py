"""Rules for sharing a profile: sections to open, consent texts, limits, kinds of viewers."""

from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_address

from ..profiles.rules.sections import Section

# These are printed on the card, so whoever scans it reads them anyway.
ALWAYS_OPEN = (Section.EDUCATION, Section.SKILLS)
OPTIONAL_SECTIONS = tuple(section for section in Section if section not in ALWAYS_OPEN)

# A changed text is a new version; old ones stay here, since stored consents name them.
CONSENT_VERSION = "2026-11"
CONSENT_TEXTS = {
    "2026-11": (
        "Saya setuju bagian ini dapat dibaca siapa pun yang memindai kode QR saya, sampai saya "
        "menutupnya lagi. Menutup berlaku saat itu juga, tetapi apa yang sudah dibaca atau disalin "
        "orang tidak dapat ditarik. NIK tidak pernah ikut tampil."
    ),
}
SHARE_TEXT = (
    "Siapa pun yang memegang tautan ini dapat membaca bagian yang Anda pilih, sampai waktunya "
    "habis atau Anda mencabutnya. NIK tidak pernah ikut tampil."
)

DURATIONS = {  # hours, as chosen on the form
    "1": "1 jam",
    "24": "24 jam",
    "72": "3 hari",
    "168": "7 hari",
    "720": "30 hari",
}
MAX_RECIPIENT_LENGTH = 100
MAX_PURPOSE_LENGTH = 200
MAX_LINKS_PER_DAY = 20
MAX_VALID_LINKS = 20

OWN_NETWORK = "Jaringan lokal"
INTERNET = "Internet"


def duration_of(hours: str) -> timedelta | None:
    """The duration chosen on the form; None if it is not in the list."""
    return timedelta(hours=int(hours)) if hours in DURATIONS else None


@lru_cache(maxsize=1000)
def network_label(address: str) -> str:
    """Where a viewer's IP address belongs: the local network or the internet; empty if unknown.

    The address itself is not stored: it would reveal more about the viewer, to the card's holder
    and to a thief of the table, than the list needs.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    return OWN_NETWORK if parsed.is_private or parsed.is_loopback else INTERNET


class Viewer(StrEnum):
    """Who viewed a person's data through a QR code or a link."""

    PUBLIC = "public"
    OFFICER = "officer"
    HOLDER = "holder"
    LINK = "link"  # through a link the holder gave to somebody
