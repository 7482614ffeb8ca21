"""The kinds of signed codes. `docs/qr.md` section 2."""

from enum import IntEnum, StrEnum


class PayloadKind(IntEnum):
    """What a code is for; the number stands in the signed text, the name in the table."""

    AK1 = 1
    SIAPKERJA_ID = 2  # carries no number
    ACCESS = 3


KINDS_WITH_CHECK_PAGE = (PayloadKind.AK1, PayloadKind.SIAPKERJA_ID)  # kinds that open a check page


class CodeError(StrEnum):
    """Why a code is not ours. For vectors and the log; the check page never tells them apart."""

    UNREADABLE = "unreadable"
    UNKNOWN_FORMAT = "unknown_format"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
