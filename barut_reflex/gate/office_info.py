"""The office's name, contact, paper limit and retention for pages, read at run time."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from ..core.figures import size_text
from ..core.settings import settings
from .access import access


@dataclass(frozen=True)
class OfficeInfo:
    """What pages say of the office; empty in the built front end, so one build fits any office."""

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
    paper_size: str = ""  # `paper_limit` as text
    retention_days: int = 0


def office_info() -> OfficeInfo:
    """The values from the current settings."""
    ways = [settings.office_email, settings.office_phone]
    return OfficeInfo(
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
    """The values for the pages of a tab; sent again only when one of them changed."""

    info: OfficeInfo = OfficeInfo()

    @rx.event
    @access(first_password=True)
    def load(self):
        if self.info != (now := office_info()):
            self.info = now


OFFICE: Any = Office.info  # for pages: `OFFICE.name`
