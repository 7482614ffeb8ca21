"""Enums of signed codes: their kinds, and reasons why one is invalid. `docs/qr.md` section 2."""

from enum import IntEnum, StrEnum


class PayloadKind(IntEnum):
    """What a code is for; the number stands in the signed text, the name in the table."""

    AK1 = 1
    SIAPKERJA_ID = 2  # carries no number
    ACCESS = 3


KINDS_WITH_CHECK_PAGE = (PayloadKind.AK1, PayloadKind.SIAPKERJA_ID)  # kinds that open a check page


class CodeError(StrEnum):
    """Why a code is invalid; for test vectors and the log. The check page never shows which."""

    UNREADABLE = "unreadable"
    UNKNOWN_FORMAT = "unknown_format"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
