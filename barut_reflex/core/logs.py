"""Logging as JSON lines, with personal data, codes and tokens removed.

Our own records keep their message, except everything that looks like a NIK, a phone number, an
email address, a code or a token. Messages of libraries may quote what a client sent (Reflex quotes
whole events), so only the place in the code is logged. Of an error: its type and its stack.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

OWN_LOGGER = "barut_reflex"
SERVER_LOGGERS = {
    "_granian",
    "alembic.runtime.migration",
}  # libraries that log about the server only, never user input
EXTRA_FIELDS = ("row", "seal")  # `extra` fields that are logged besides the message
MAX_MESSAGE_LENGTH = 500
MAX_FRAMES = 12
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_HIDDEN = [  # each takes time linear in the text: it begins only where a word or a number does
    (re.compile(r"(?<![^\s@<>\"'])[^\s@<>\"']+@[^\s@<>\"']+"), "[email]"),
    (re.compile(rf"(?i)(?<![\w-])(?!{_UUID}(?![\w-]))[\w-]{{24,}}"), "[token]"),
    (re.compile(r"(?<!\d)(?:\d[ .-]?){15,}\d"), "[nik]"),
    (re.compile(r"(?<![\w-])(?:\+?62|0)[\s().-]{0,3}8(?:[\s().-]{0,3}\d){7,11}(?!\d)"), "[hp]"),
    (re.compile(r"(?<![\w-])\d{6}(?![\w-])"), "[kode]"),
    (re.compile(r"\?\S+"), "?"),
]


def configure() -> None:
    """Set up one JSON handler on standard error for this process; can be called again."""
    root = logging.getLogger()
    if any(isinstance(handler.formatter, JsonLines) for handler in root.handlers):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(is_worth_a_line)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in ("_granian", "granian.access", "uvicorn", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    access = logging.getLogger("granian.access")  # addresses carry codes of cards and tabs
    access.disabled = True  # noqa: V101  logging reads it


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """Log filter: all our records; of libraries only warnings and errors."""
    return _is_ours(record) or record.levelno >= logging.WARNING


class JsonLines(logging.Formatter):
    """Log formatter: a record as one line of JSON, with control characters escaped."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name[:80],
            "where": f"{Path(record.pathname).name}:{record.lineno}",
        }
        if _is_ours(record) or record.name in SERVER_LOGGERS:
            line["said"] = clean(record.getMessage())
            line |= {name: getattr(record, name) for name in EXTRA_FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            line["error"] = _kinds(record.exc_info[1])
            line["trace"] = _frames(record.exc_info[1].__traceback__)
        return json.dumps(line, ensure_ascii=True, default=str)


def clean(text: str) -> str:
    """`text` without what looks like a NIK, an address, a phone, a code, a token or a query."""
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text[:MAX_MESSAGE_LENGTH]


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] == OWN_LOGGER


def _kinds(error: BaseException) -> str:
    """Class names of the error and its causes; not their text, which may quote user input."""
    kinds: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(kinds) < 5:
        kinds.append(type(seen).__name__)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " < ".join(kinds)


def _frames(trace: TracebackType | None) -> list[str]:
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames[-MAX_FRAMES:]
