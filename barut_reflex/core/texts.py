"""Length limits and Unicode normalisation (NFC) of user input, in linear time for any text."""

import unicodedata
from collections.abc import Iterator

MAX_MARKS_IN_A_ROW = 8  # combining marks; sorting more would take the square of their number
MAX_TEXT_BYTES = 8 * 1024  # of one typed text (UTF-8); the rest is cut off


def cut(text: str, most_bytes: int = MAX_TEXT_BYTES) -> str:
    """The beginning of `text`, at most so many bytes of UTF-8."""
    if len(text) * 4 <= most_bytes:
        return text
    return text[:most_bytes].encode(errors="replace")[:most_bytes].decode(errors="ignore")


def composed(text: str) -> str:
    """`text` in Unicode form NFC, in linear time whatever was typed.

    Of many combining marks in a row only the first are left. They are still too many for
    `check_name` and `check_text`, which then refuse them; real letters have two or three.
    """
    text = cut(text)
    return text if text.isascii() else unicodedata.normalize("NFC", "".join(_few_marks(text)))


def _few_marks(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks <= MAX_MARKS_IN_A_ROW:
            yield character
