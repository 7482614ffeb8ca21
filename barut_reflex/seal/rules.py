"""The kinds of signed codes. `docs/qr.md` section 2."""

from enum import IntEnum


class PayloadKind(IntEnum):
    """What a code is for; the number stands in the signed text, the name in the table."""

    AK1 = 1
    SIAPKERJA_ID = 2  # carries no number
    ACCESS = 3


CHECKED = (PayloadKind.AK1, PayloadKind.SIAPKERJA_ID)  # kinds that open a check page
