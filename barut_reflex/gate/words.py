"""The office's words and figures on Reflex pages: read as a page opens, never at the build."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from ..core.figures import size_text
from ..core.settings import settings
from .access import access


@dataclass(frozen=True)
class Words:
    """What pages say of the office; empty until the page is alive, so a build holds none of it."""

    app_name: str = ""
    short_name: str = ""
    name: str = ""
    regency: str = ""
    address: str = ""
    place: str = ""
    hours: str = ""
    email: str = ""
    contact: str = ""
    paper_limit: int = 0  # bytes
    paper_size: str = ""  # the same in words
    retention_days: int = 0


def words() -> Words:
    """The words as they stand now."""
    ways = [settings.office_email, settings.office_phone]
    return Words(
        app_name=settings.app_name,
        short_name=settings.office_short_name,
        name=settings.office_name,
        regency=settings.regency,
        address=settings.office_address,
        place=f"{settings.regency} · {settings.office_address}",
        hours=settings.office_hours,
        email=settings.office_email,
        contact=" · ".join(way for way in ways if way),
        paper_limit=settings.paper_limit,
        paper_size=size_text(settings.paper_limit),
        retention_days=settings.retention_days_after_end,
    )


class Office(rx.State):
    """The words for the page of this tab; sent again only when one of them changed."""

    words: Words = Words()

    @rx.event
    @access(first_password=True)
    def load(self):
        if self.words != (now := words()):
            self.words = now


OFFICE: Any = Office.words  # for pages: `OFFICE.name`
