"""What the officer's desk asks: totals and lists (`inbox`), and one whole case (`case`)."""

from .case import Case, get_case
from .inbox import Desk, Listing, Row, Totals, get_desk, list_applications
from .paging import NEAR

__all__ = [
    "NEAR",
    "Case",
    "Desk",
    "Listing",
    "Row",
    "Totals",
    "get_case",
    "get_desk",
    "list_applications",
]
