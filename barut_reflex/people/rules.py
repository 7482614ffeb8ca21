"""Roles, kinds of staff, lifetimes of sign-ins, longest password, names of devices."""

from datetime import timedelta
from enum import StrEnum


class Role(StrEnum):
    JOB_SEEKER = "job_seeker"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


ROLE_LABELS = {
    Role.JOB_SEEKER: "Pencari Kerja",
    Role.OFFICER: "Petugas",
    Role.ADMINISTRATOR: "Administrator",
}


STAFF = frozenset({Role.OFFICER, Role.ADMINISTRATOR})


class StaffKind(StrEnum):
    """Jenis Pejabat: decides whether the staff number is a NIP or a NIPPPK."""

    PNS = "PNS"
    PPPK = "PPPK"


MAX_PASSWORD_LENGTH = 128


# How long a sign-in may be idle, and how long it lasts at most; shorter for staff.
IDLE_LIFETIME = {role: timedelta(minutes=30 if role in STAFF else 60) for role in Role}
MAX_SIGN_IN_LIFETIME = {role: timedelta(hours=12 if role in STAFF else 24) for role in Role}


_BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]


_SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
]


def device_name(user_agent: str) -> str:
    """Browser and system of a User-Agent header, such as "Chrome di Android"."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Browser lain")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} di {system}" if system else browser
