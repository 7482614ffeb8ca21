"""Checks what a browser sends: event payloads against type hints, sizes, plain form bodies.

Reflex itself does not check payloads. Errors that browsers report are logged here too.
"""

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

MAX_FIELDS = 80  # in one form
MAX_FIELD_BYTES = 8 * 1024  # of one value; several times the longest field
MAX_PAYLOAD_BYTES = 32 * 1024  # of all values of an event
MAX_FORM_BYTES = 16 * 1024  # of the body of a plain route
MAX_FORM_FIELDS = 10
BODY_TOO_LARGE = "Isian terlalu panjang. Kembali ke halaman tadi, singkatkan, lalu coba lagi."
UNREADABLE = "Isian tidak dapat dibaca. Kembali ke halaman tadi, lalu coba lagi."
MAX_REPORT_LENGTH = 500  # characters of a browser's error report
_NUMBER_OR_ADDRESS = re.compile(r"\d(?:(?:[^\w:]|_){0,3}\d){5,}|(?<![^\s@])[^\s@]+@\S+")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL stores no NUL, UTF-8 no lone surrogate
log = logging.getLogger(__name__)

Payload = dict[str, Any]  # unchecked JSON from a browser


class TooLong(Invalid):
    """A text longer than any field allows; what was typed stays on the page."""

    message = "Isian ini terlalu panjang. Singkatkan, lalu coba lagi."

    def __init__(self, fields: list[str]):
        super().__init__(dict.fromkeys(fields, self.message))


def is_well_typed(function: Callable, payload: Payload) -> bool:
    """Whether `payload` fits the handler's own type hints, strictly.

    A form arrives as `dict[str, str]`; its ticked boxes (true, false) become "on" and "".
    """
    if function.__module__ == "reflex.state":
        return fits_reflex(function, payload)
    try:
        for name, value in payload.items():
            if isinstance(value, dict):
                if _has_too_many_fields(value):  # before any work on its fields
                    return False
                payload[name] = _without_untouched(_as_text(_unwrapped(value)))
        model_of(function).model_validate(payload)
    except (ValidationError, RecursionError, TypeError, ValueError):
        return False
    return all(_is_storable(value) for value in payload.values())


def too_long(payload: Payload) -> list[str]:
    """The fields whose text is too long; the longest one if only their sum is too large."""
    fields: Payload = {}
    for name, value in payload.items():
        fields |= value if isinstance(value, dict) else {name: value}
    if isinstance(payload.get("name"), str):  # an autosaved field: its name and its value
        fields[payload["name"]] = fields.pop("value", "")
    sizes = {name: _bytes_of(value) for name, value in fields.items()}
    large = [name for name, size in sizes.items() if size > MAX_FIELD_BYTES]
    whole = sum(sizes.values()) > MAX_PAYLOAD_BYTES
    return large or ([max(sizes, key=lambda name: sizes[name])] if whole else [])


def _bytes_of(value: object) -> int:
    return len(value.encode()) if isinstance(value, str) else len(repr(value))


def body_size(request: Request) -> int:
    """Content-Length of a request in bytes; `sys.maxsize` if it has none."""
    announced = request.headers.get("content-length", "")
    return int(announced) if announced.isascii() and announced.isdigit() else sys.maxsize


async def form_of(request: Request) -> dict[str, str]:
    """The text fields of a plain form, the last of each name; raises TooLong, HTTPException."""
    fields = dict(await texts_of(request))
    if names := too_long({"form": fields}):
        raise TooLong([name[:64] for name in names])
    return fields


async def texts_of(request: Request, *, max_fields: int = MAX_FORM_FIELDS) -> list[tuple[str, str]]:
    """Name and text of each field of a plain form; characters no database stores become U+FFFD.

    Raises HTTPException (400) for a charset other than UTF-8, which no browser sends: some of
    Python's codecs crash.
    """
    if "charset" in request.headers.get("content-type", "").lower().replace("charset=utf-8", ""):
        raise HTTPException(400, UNREADABLE)
    form = await request.form(max_files=0, max_fields=max_fields, max_part_size=MAX_FIELD_BYTES)
    texts = [(name, text) for name, text in form.multi_items() if isinstance(text, str)]
    return [(_storable(name), _storable(text)) for name, text in texts]


def _storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def fits_reflex(function: Callable, payload: Payload) -> bool:
    """Whether the payload fits a handler of Reflex itself, which would trust it.

    No state of ours lives in the browser's storage, so `vars` must be empty. A browser's error
    report is cut: Reflex searches it with patterns that take cubic time (20 KB: half a minute).
    """
    for name, value in payload.items():
        if name in ("info", "component_stack") and isinstance(value, str):
            payload[name] = value[:MAX_REPORT_LENGTH]
    try:
        model_of(function).model_validate(payload)
    except (ValidationError, RecursionError, TypeError, ValueError):
        return False
    return not payload.get("vars") and all(_is_storable(value) for value in payload.values())


def log_browser_error(exception: Exception) -> None:
    """Log an error that a browser reports, without email addresses and numbers of six digits."""
    clean = _NUMBER_OR_ADDRESS.sub("…", str(exception))  # first: a cut would hide half an address
    log.warning("browser error: %r", clean[:300])


def _has_too_many_fields(form: Payload) -> bool:
    return max(len(form), len(form.get(FORM_DATA_ENTRIES_KEY, ()))) > MAX_FIELDS


def _unwrapped(form: Payload) -> Payload:
    """A form from the [name, value] pairs in which Reflex sends it; the last of a name counts."""
    return dict(form[FORM_DATA_ENTRIES_KEY]) if FORM_DATA_ENTRIES_KEY in form else form


def _as_text(form: Payload) -> Payload:
    """Checkboxes (true, false) and fields not on the page (null) as text."""
    is_tick = {name: value is None or isinstance(value, bool) for name, value in form.items()}
    return {
        name: ("on" if value else "") if is_tick[name] else value for name, value in form.items()
    }


def _without_untouched(form: Payload) -> Payload:
    """Of a `record_form` only the changed fields; assets/ui.js lists the untouched ones."""
    untouched = set(str(form.pop("untouched", ""))[:MAX_FIELD_BYTES].split())
    return {name: value for name, value in form.items() if name not in untouched}


def _is_storable(value: object) -> bool:
    if isinstance(value, dict):
        return len(value) <= MAX_FIELDS and all(
            len(k) <= 64 and _is_storable(k) and _is_storable(v) for k, v in value.items()
        )
    if isinstance(value, list):
        return len(value) <= MAX_FIELDS and all(_is_storable(item) for item in value)
    return not isinstance(value, str) or not _UNSTORABLE.search(value)


@cache
def model_of(function: Callable) -> type[BaseModel]:
    """Strict pydantic model of a handler's arguments, from its type hints."""
    hints = get_type_hints(function)
    fields: Payload = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[name] = (hints.get(name, str), default)
    strict = ConfigDict(strict=True, extra="forbid", arbitrary_types_allowed=True)
    return create_model(function.__qualname__, __config__=strict, **fields)
