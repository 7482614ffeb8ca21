"""Writes XSS payloads straight into table cells, past all checks; puts all back later (row 41)."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from probes import served

COLUMNS = {
    "person": ["name", "position"],
    "profile": ["name", "birth_place", "address", "major", "skills", "rt", "rw"],
    "application": ["name", "review_note"],
    "card": ["signatory_name", "signatory_position", "revoke_reason"],
    "statusmove": ["note"],
    "placement": ["employer"],
    "document": ["original_name"],
    "outboxmail": ["subject"],
    "signin": ["device"],
}
FIXED = {"birth_date", "nik", "phone", "graduation_year"}  # read as dates and numbers
LISTED = 40  # payloads in one list of skills; the list goes round, so all of them are shown


@contextmanager
def planted(office: Any, payloads: list[str], *, rows: int | None) -> Iterator[int]:
    """Payloads in the newest `rows` of each table (None: all), put back afterwards; how many."""
    connection = sqlite3.connect(served.database_file(office), timeout=20)
    undo: list[tuple[str, tuple]] = []
    try:
        with connection:
            _plant_columns(connection, payloads, rows, undo)
            _plant_facts(connection, payloads, rows, undo)
        yield len(undo)
        with connection:
            for statement, values in undo:
                connection.execute(statement, values)
    finally:
        connection.close()


def _plant_columns(connection, payloads: list[str], rows: int | None, undo: list) -> None:
    number = 0
    for table, columns in COLUMNS.items():
        for column in columns:
            kept = f"SELECT rowid, {column} FROM {table} ORDER BY rowid DESC"
            for rowid, old in _few(connection.execute(kept).fetchall(), rows):
                number += 1
                value = _text(column, payloads, number)
                change = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"
                connection.execute(change, (value, rowid))
                undo.append((change, (old, rowid)))


def _few(found: list, rows: int | None) -> list:
    return found if rows is None else found[:rows]


def _text(column: str, payloads: list[str], number: int) -> str:
    if column == "skills":
        return "\n".join(_round(payloads, number * LISTED, LISTED))
    return payloads[number % len(payloads)]


def _round(payloads: list[str], start: int, many: int) -> list[str]:
    return [payloads[(start + place) % len(payloads)] for place in range(many)]


def _plant_facts(connection, payloads: list[str], rows: int | None, undo: list) -> None:
    """What was copied into applications and cards: every text of it."""
    for table in ("application", "card"):
        kept = f"SELECT rowid, facts FROM {table} WHERE facts <> '' ORDER BY rowid DESC"
        for number, (rowid, old) in enumerate(_few(connection.execute(kept).fetchall(), rows)):
            facts = json.loads(old)
            for place, (name, value) in enumerate(facts.items()):
                if isinstance(value, str) and name not in FIXED:
                    facts[name] = payloads[(number * 17 + place) % len(payloads)]
            facts["skills"] = _round(payloads, number * LISTED, LISTED)
            change = f"UPDATE {table} SET facts = ? WHERE rowid = ?"
            connection.execute(change, (json.dumps(facts), rowid))
            undo.append((change, (old, rowid)))
