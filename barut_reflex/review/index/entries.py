"""What the database itself keeps for the desk's list: an entry a sent application, search, counts.

Triggers write it in the transaction of whoever changes an application, a card or a person, so no
act can forget it, and a restored office has it again. Why so: docs/decisions/0008.
"""

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError

from . import postgres, sqlite
from .facts import ALL_ENTRIES, COLUMNS, ENTRIES, TALLY, TRUTH, in_words_of

_KEPT_BY = {"sqlite": sqlite, "postgresql": postgres}
_WRONG = (
    f"SELECT count(*) FROM (SELECT * FROM ({ENTRIES} EXCEPT {ALL_ENTRIES}) AS missing "
    f"UNION ALL SELECT * FROM ({ALL_ENTRIES} EXCEPT {ENTRIES}) AS strange) AS wrong"
)
_FILLS = (
    "DELETE FROM deskentry",
    "DELETE FROM desktally",
    f"INSERT INTO deskentry ({COLUMNS}) {ENTRIES}",
    f"INSERT INTO desktally (name, change) {TRUTH}",
)


def keep(connection: Connection) -> None:
    """Make the search index and the triggers, those that are not there yet."""
    _do(connection, _KEPT_BY[connection.dialect.name].KEEPERS)


def ensure(connection: Connection) -> None:
    """After migrations: where a trigger is missing, all is made anew from what is there."""
    if not inspect(connection).has_table("deskentry"):  # not yet in the midst of the migrations
        return
    keepers = _KEPT_BY[connection.dialect.name]
    if connection.exec_driver_sql(keepers.HOW_MANY).scalar_one() < len(keepers.TRIGGERS):
        rebuild(connection)


def rebuild(connection: Connection) -> None:
    """Make everything anew from the applications, cards and people that are there."""
    _do(connection, (*_KEPT_BY[connection.dialect.name].DROPS, *_FILLS))
    keep(connection)
    _do(connection, _KEPT_BY[connection.dialect.name].REFRESH)


def forget(connection: Connection) -> None:
    """Take triggers and search index away, so that the tables may go."""
    _do(connection, _KEPT_BY[connection.dialect.name].DROPS)


def verify(connection: Connection) -> list[str]:
    """What is not what the applications, cards and people say; empty when all is."""
    found = []
    if wrong := _ask(connection, _WRONG).scalar_one():
        found.append(f"{wrong} baris daftar tidak sesuai")
    kept = {name: many for name, many in _ask(connection, TALLY) if many}
    truth = {name: many for name, many in _ask(connection, TRUTH) if many}
    if kept != truth:
        found.append(f"jumlah tercatat {kept}, seharusnya {truth}")
    if not _is_search_whole(connection):
        found.append("indeks pencarian rusak")
    return found


def merge_tallies(connection: Connection) -> None:
    """Put the many small changes of each count into one row. Runs alone, see `service`."""
    rows = connection.execute(text("SELECT id, name, change FROM desktally")).all()
    sums: dict[str, int] = {}
    for _, name, change in rows:
        sums[name] = sums.get(name, 0) + change
    if len(rows) <= len(sums):
        return
    gone = [{"id": number} for number, *_ in rows]
    connection.execute(text("DELETE FROM desktally WHERE id = :id"), gone)
    if kept := [{"name": name, "change": change} for name, change in sums.items() if change]:
        add = text("INSERT INTO desktally (name, change) VALUES (:name, :change)")
        connection.execute(add, kept)


def is_ours(name: str) -> bool:
    """Whether a table or index of the database belongs to the search, and so to no model."""
    return name.startswith("desksearch")


def _is_search_whole(connection: Connection) -> bool:
    """FTS5 compares itself with the entries and complains; on PostgreSQL we compare."""
    try:
        with connection.begin_nested():
            told = connection.exec_driver_sql(_KEPT_BY[connection.dialect.name].CHECK_SEARCH)
            return not told.returns_rows or told.scalar_one()
    except DatabaseError:
        return False


def _do(connection: Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        _ask(connection, statement)


def _ask(connection: Connection, statement: str):
    return connection.exec_driver_sql(in_words_of(connection.dialect.name, statement))
