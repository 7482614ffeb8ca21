"""Long and hostile text made harmless in linear time, before anything else is done with it."""

import unicodedata
from collections.abc import Iterator

MAX_MARKS_IN_A_ROW = 8  # more are not looked at: sorting them takes the square of their number
MAX_TEXT_BYTES = 8 * 1024  # of one typed text (UTF-8); what is longer is not looked at either


def cut(text: str, most_bytes: int = MAX_TEXT_BYTES) -> str:
    """The beginning of `text`, at most so many bytes of UTF-8."""
    if len(text) * 4 <= most_bytes:
        return text
    return text[:most_bytes].encode(errors="replace")[:most_bytes].decode(errors="ignore")


def composed(text: str) -> str:
    """One form for each letter (NFC), in linear time whatever was typed.

    Of many marks in a row the first few stay: still too many for `check_name` and `check_text`,
    which name them. Letters as people write them bear two or three.
    """
    text = cut(text)
    return text if text.isascii() else unicodedata.normalize("NFC", "".join(_few_marks(text)))


def _few_marks(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks <= MAX_MARKS_IN_A_ROW:
            yield character
