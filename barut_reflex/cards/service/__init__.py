"""What the office does with a card: issue, print, report, placed, new code, revoked, looked at."""

from ..queries import (
    NoSuchCard,
    card_state,
    find_card_of,
    my_card,
    past_cards,
    valid_card_of_nik,
)
from .checking import CheckSheet, TooManyViews, UnknownCode, check_sheet, scan
from .following import AlreadyPlaced, close_expired, mark_placed, record_visit
from .holding import CardEnded, NotAllowed
from .issuing import (
    AlreadyRevoked,
    OtherCardValid,
    PhotoMissing,
    ReasonRequired,
    TooManyCodes,
    issue,
    renew_code,
    revoke,
    supersede,
)
from .mydata import TooManyCopies, count_copy, my_data, pack
from .printing import PrintAtOffice, draw_card, draw_code, record_print
from .restoring import CaughtUp, catch_up
from .retention import delete_old_papers, delete_old_proofs

__all__ = [
    "AlreadyPlaced",
    "AlreadyRevoked",
    "CardEnded",
    "CaughtUp",
    "CheckSheet",
    "NoSuchCard",
    "NotAllowed",
    "OtherCardValid",
    "PhotoMissing",
    "PrintAtOffice",
    "ReasonRequired",
    "TooManyCodes",
    "TooManyCopies",
    "TooManyViews",
    "UnknownCode",
    "card_state",
    "catch_up",
    "check_sheet",
    "close_expired",
    "count_copy",
    "delete_old_papers",
    "delete_old_proofs",
    "draw_card",
    "draw_code",
    "find_card_of",
    "issue",
    "mark_placed",
    "my_card",
    "my_data",
    "pack",
    "past_cards",
    "record_print",
    "record_visit",
    "renew_code",
    "revoke",
    "scan",
    "supersede",
    "valid_card_of_nik",
]
