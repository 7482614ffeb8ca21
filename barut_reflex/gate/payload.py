"""What a client sends is hostile until its shape is right; Reflex itself does not check it."""

import inspect
import logging
import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY
from starlette.exceptions import HTTPException
from starlette.requests import Request

from ..core.errors import Invalid

FIELDS = 80  # of one form
FIELD_BYTES = 8 * 1024  # of one value, several times what any field of the office takes
PAYLOAD_BYTES = 32 * 1024  # of all values of an event together
FORM_BYTES = 16 * 1024  # of the body of a plain route
FORM_FIELDS = 10
BODY_TOO_LARGE = "Isian terlalu panjang. Kembali ke halaman tadi, singkatkan, lalu coba lagi."
UNREADABLE = "Isian tidak dapat dibaca. Kembali ke halaman tadi, lalu coba lagi."
REPORT_LETTERS = 500  # of a browser's error report
_NUMBER_OR_ADDRESS = re.compile(r"\d(?:(?:[^\w:]|_){0,3}\d){5,}|(?<![^\s@])[^\s@]+@\S+")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # no database takes these
log = logging.getLogger(__name__)

Sent = dict[str, Any]  # JSON of a browser, of which nothing is known yet


class TooLong(Invalid):
    """Text longer than any field of the office takes; what was typed stays on the page."""

    message = "Isian ini terlalu panjang. Singkatkan, lalu coba lagi."

    def __init__(self, fields: list[str]):
        super().__init__(dict.fromkeys(fields, self.message))


def is_well_typed(function: Callable, payload: Sent) -> bool:
    """Whether `payload` fits the handler's own type hints, strictly.

    A form arrives as `dict[str, str]`; its ticked boxes (true, false) become "on" and "".
    """
    if function.__module__ == "reflex.state":
        return fits_reflex(function, payload)
    try:
        for name, value in payload.items():
            if isinstance(value, dict):
                if _is_crowded(value):  # before any work on its fields
                    return False
                payload[name] = _changed(_spelled(_unwrapped(value)))
        model_of(function).model_validate(payload)
    except (ValidationError, RecursionError, TypeError, ValueError):
        return False
    return all(_is_storable(value) for value in payload.values())


def too_long(payload: Sent) -> list[str]:
    """The fields whose text is too long; the longest one when it is all of them together."""
    fields: Sent = {}
    for name, value in payload.items():
        fields |= value if isinstance(value, dict) else {name: value}
    if isinstance(payload.get("name"), str):  # a field that is left: its name and its value
        fields[payload["name"]] = fields.pop("value", "")
    sizes = {name: _bytes_of(value) for name, value in fields.items()}
    found = [name for name, size in sizes.items() if size > FIELD_BYTES]
    whole = sum(sizes.values()) > PAYLOAD_BYTES
    return found or ([max(sizes, key=lambda name: sizes[name])] if whole else [])


def _bytes_of(value: object) -> int:
    return len(value.encode()) if isinstance(value, str) else len(repr(value))


def body_size(request: Request) -> int:
    """Bytes a plain request announces; endless when it announces none."""
    announced = request.headers.get("content-length", "")
    return int(announced) if announced.isascii() and announced.isdigit() else sys.maxsize


async def form_of(request: Request) -> dict[str, str]:
    """The text fields of a plain form, of one name the last; raises TooLong and as `texts_of`."""
    fields = dict(await texts_of(request))
    if found := too_long({"form": fields}):
        raise TooLong([name[:64] for name in found])
    return fields


async def texts_of(request: Request, *, most: int = FORM_FIELDS) -> list[tuple[str, str]]:
    """Name and text of each field of a plain form. What no database takes becomes U+FFFD.

    HTTPException (400) for a charset other than UTF-8: browsers name none, and some codecs crash.
    """
    if "charset" in request.headers.get("content-type", "").lower().replace("charset=utf-8", ""):
        raise HTTPException(400, UNREADABLE)
    form = await request.form(max_files=0, max_fields=most, max_part_size=FIELD_BYTES)
    texts = [(name, text) for name, text in form.multi_items() if isinstance(text, str)]
    return [(_storable(name), _storable(text)) for name, text in texts]


def _storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def fits_reflex(function: Callable, payload: Sent) -> bool:
    """Whether the payload fits a handler of Reflex itself, which would trust it.

    No state of ours lives in the browser's storage, so `vars` must be empty. A browser's error
    report is cut: Reflex searches it with patterns that take cubic time (20 KB: half a minute).
    """
    for name, value in payload.items():
        if name in ("info", "component_stack") and isinstance(value, str):
            payload[name] = value[:REPORT_LETTERS]
    try:
        model_of(function).model_validate(payload)
    except (ValidationError, RecursionError, TypeError, ValueError):
        return False
    return not payload.get("vars") and all(_is_storable(value) for value in payload.values())


def note_browser_error(exception: Exception) -> None:
    """One line of the log for an error a browser reports; its text is the sender's, so no
    number of six digits or more, however it is spaced, and no address of it is kept.
    """
    log.warning("browser error: %r", _NUMBER_OR_ADDRESS.sub("…", str(exception)[:300]))


def _is_crowded(form: Sent) -> bool:
    return max(len(form), len(form.get(FORM_DATA_ENTRIES_KEY, ()))) > FIELDS


def _unwrapped(form: Sent) -> Sent:
    """A submitted form travels as [name, value] pairs; of fields with one name the last counts."""
    return dict(form[FORM_DATA_ENTRIES_KEY]) if FORM_DATA_ENTRIES_KEY in form else form


def _spelled(form: Sent) -> Sent:
    """Ticked and unticked boxes, and fields that are not drawn, as text."""
    is_tick = {name: value is None or isinstance(value, bool) for name, value in form.items()}
    return {
        name: ("on" if value else "") if is_tick[name] else value for name, value in form.items()
    }


def _changed(form: Sent) -> Sent:
    """Of a `record_form` the fields that were changed there; assets/ui.js names the others."""
    untouched = set(str(form.pop("untouched", ""))[:FIELD_BYTES].split())
    return {name: value for name, value in form.items() if name not in untouched}


def _is_storable(value: object) -> bool:
    if isinstance(value, dict):
        return len(value) <= FIELDS and all(
            len(k) <= 64 and _is_storable(k) and _is_storable(v) for k, v in value.items()
        )
    if isinstance(value, list):
        return len(value) <= FIELDS and all(_is_storable(item) for item in value)
    return not isinstance(value, str) or not _UNSTORABLE.search(value)


@cache
def model_of(function: Callable) -> type[BaseModel]:
    """The strict shape of a handler's arguments."""
    hints = get_type_hints(function)
    fields: Sent = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[name] = (hints.get(name, str), default)
    strict = ConfigDict(strict=True, extra="forbid", arbitrary_types_allowed=True)
    return create_model(function.__qualname__, __config__=strict, **fields)
