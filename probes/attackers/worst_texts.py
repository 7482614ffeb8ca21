"""Texts that cost most CPU for their size: pieces repeated to the limit, as handlers' arguments.

Arguments have the types a handler asks for; forms fill the fields that it reads.
"""

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from barut_reflex.gate import payload as payloads_web
from probes import inside

LIMIT = payloads_web.MAX_FIELD_BYTES  # what one value may take
WHOLE = payloads_web.MAX_PAYLOAD_BYTES
PASSWORD = 128
MAX_FIELDS = 80

Text = tuple[str, str]  # its name and the piece that is repeated
TEXTS: list[Text] = [
    ("marks", "\u0301\u0316"),
    ("long", "a"),
    ("signs", "4@8({[<369!1|70$5+2%"),
    ("words", "a b "),
    ("lines", "las\n"),
    ("falling marks", "\u035c\u0316\u0321\u0334"),
    ("ligatures", "\ufdfa"),
    ("emoji", "\U0001f6a4"),
    ("dots", "a.@"),
    ("digits", "19"),
    ("marks on letters", "e\u0323\u0302\u0301"),
    ("tags", "<&'\"%5"),
]
BASE = {
    "name": "Ahmad Wijaya",
    "email": "ahmad.wijaya@contoh.id",
    "password": "perahu kecil di sungai 7!A",
    "again": "perahu kecil di sungai 7!A",
    "agreed": "on",
    "staff_kind": "PNS",
    "staff_number": "198501012010011001",
    "position": "Pengantar Kerja",
    "role": "officer",
}


def filled(text: Text, size: int) -> str:
    """The piece again and again, at most so many bytes of UTF-8."""
    piece = text[1]
    return piece * max(1, size // len(piece.encode()))


def password(text: Text) -> str:
    """As long as a password may be, with all kinds of character at its end."""
    return (text[1] * PASSWORD)[: PASSWORD - 4] + "bQ7!"


def payloads(
    handler: Any, texts: list[Text], read: dict[str, set[str]], ids: list[str]
) -> Iterator[tuple[dict[str, Any], str]]:
    """Arguments for this handler, and what is worst in them."""
    hints = dict(list(inspect.signature(handler.fn).parameters.items())[1:])
    kinds = {name: str(parameter.annotation) for name, parameter in hints.items()}
    yield {name: _plain(kind, ids[0]) for name, kind in kinds.items()}, "plain"
    if not any("int" not in kind and "bool" not in kind for kind in kinds.values()):
        return
    for text in texts:
        for size in (LIMIT, 2 * LIMIT):
            one = filled(text, size)
            yield {name: _text(kind, one) for name, kind in kinds.items()}, f"{text[0]} {size}"
        for form in [name for name, kind in kinds.items() if "dict" in kind]:
            for fields, what in _forms(sorted(read[_key(handler.fn)])[:MAX_FIELDS], text):
                yield {n: _plain(k, ids[0]) for n, k in kinds.items()} | {form: fields}, what


def _forms(names: list[str], text: Text) -> Iterator[tuple[dict[str, str], str]]:
    """All fields that are read; and each alone in a form that is otherwise good."""
    share = min(LIMIT, WHOLE // max(1, len(names)))
    yield dict.fromkeys(names, filled(text, share)), f"all fields {text[0]}"
    for name in names:
        yield BASE | {name: filled(text, LIMIT)}, f"{name}: {text[0]}"
        if name == "password":
            secret = password(text)
            own = {"name": "aaa aaaa aaaaa aaaaaa", "password": secret, "again": secret}
            yield BASE | own, f"password of {text[0]}"


def fresh(payload: dict[str, Any]) -> dict[str, Any]:
    """A copy, since the gate spells forms out in place."""
    return {n: dict(v) if isinstance(v, dict) else v for n, v in payload.items()}


def _plain(kind: str, word: str) -> Any:
    if "dict" in kind:
        return dict(BASE)
    if "bool" in kind:
        return True
    return 1 if "int" in kind else [word] if "list" in kind else word


def _text(kind: str, text: str) -> Any:
    plain = _plain(kind, text)
    return {"note": text, "name": text} if "dict" in kind else plain


class _Read(dict):
    """A form that notes which of its fields are asked for."""

    def __init__(self, form: dict[str, str], names: set[str]):
        super().__init__(form)
        self.names = names

    def get(self, key: str, *default: Any) -> Any:
        self.names.add(key)
        return super().get(key, *default)

    def __getitem__(self, key: str) -> Any:
        self.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)


@contextmanager
def read_names() -> Iterator[dict[str, set[str]]]:
    """Which fields of a form each handler reads, noted while they run."""
    read: dict[str, set[str]] = defaultdict(set)
    real = {name: handler.fn for name, handler in inside.own_handlers().items()}
    for name, function in real.items():
        object.__setattr__(
            inside.own_handlers()[name], "fn", _noting(function, read[_key(function)])
        )
    try:
        yield read
    finally:
        for name, function in real.items():
            object.__setattr__(inside.own_handlers()[name], "fn", function)


def _key(function: Callable) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _noting(real: Any, names: set[str]) -> Any:
    from functools import wraps

    def noted(kwargs: dict[str, Any]) -> dict[str, Any]:
        return {n: _Read(v, names) if isinstance(v, dict) else v for n, v in kwargs.items()}

    if inspect.iscoroutinefunction(real):

        @wraps(real)
        async def awaited(self, *args, **kwargs):
            return await real(self, *args, **noted(kwargs))

        return awaited
    if inspect.isasyncgenfunction(real) or inspect.isgeneratorfunction(real):
        return real

    @wraps(real)
    def called(self, *args, **kwargs):
        return real(self, *args, **noted(kwargs))

    return called
