"""A stamp a person, made new by the database itself whenever a fact of their check page changes.

Triggers do it in the transaction of whoever changes the fact, so no act can forget it: a page drawn
under a stamp is what would be drawn now, for as long as that stamp stands. Why so: decision 0010.
"""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, text
from sqlmodel import Session

from ..core import quick
from ..seal.rules import PayloadKind

RANDOM = {"sqlite": "random()", "postgresql": "(random() * 9007199254740991)::bigint"}
CHANGED, GONE = ("UPDATE", "DELETE"), ("INSERT", "UPDATE", "DELETE")
# Table: the column that leads to its person, through which table, and what is watched. A new
# person, identity or code shows on no page that was drawn before it; a new card does: it tells
# that an officer approved the facts of the SIAPkerja-ID.
WATCHED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "person": ("id", "", CHANGED),
    "profile": ("person_id", "", GONE),
    "entry": ("person_id", "", GONE),
    "consent": ("person_id", "", GONE),
    "document": ("owner_id", "", GONE),
    "card": ("holder_id", "", GONE),
    "code": ("subject_id", "", CHANGED),
    "placement": ("card_id", "card", GONE),
    "reportingvisit": ("card_id", "card", GONE),
    "identity": ("holder_id", "", CHANGED),
}
SUBJECTS = {PayloadKind.AK1: "card", PayloadKind.SIAPKERJA_ID: "identity"}  # of a code, by its kind
ROWS = {"INSERT": ("new",), "UPDATE": ("old", "new"), "DELETE": ("old",)}
TRIGGERS = {
    f"stamp_{table}_{event.lower()}": (table, event)
    for table, (_, _, events) in WATCHED.items()
    for event in events
}
_HOW_MANY = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN :names",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname IN :names",
}
_STAMPS = "SELECT person_id, stamp FROM pagestamp WHERE person_id {among}"


def of(session: Session, people: Collection[int]) -> dict[int, int]:
    """The stamps of these people; who has none was not changed since stamps are kept."""
    return dict(quick.ask(session, _STAMPS, people))  # pyright: ignore[reportArgumentType]


def ensure(connection: Connection) -> None:
    """After migrations: a trigger that is missing is made again."""
    named = text(_HOW_MANY[connection.dialect.name]).bindparams(bindparam("names", expanding=True))
    if connection.execute(named, {"names": list(TRIGGERS)}).scalar_one() < len(TRIGGERS):
        keep(connection)


def keep(connection: Connection) -> None:
    """Make the triggers, those that are not there yet."""
    for name, (table, event) in TRIGGERS.items():
        for statement in _makers(connection.dialect.name, name, table, event):
            connection.exec_driver_sql(statement)


def forget(connection: Connection) -> None:
    """Take the triggers away, so that the table may go."""
    for name, (table, _) in TRIGGERS.items():
        on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on}")


def _makers(dialect: str, name: str, table: str, event: str) -> list[str]:
    act = _stamp(table, ROWS[event]).format(random=RANDOM[dialect])
    if dialect == "sqlite":
        return [f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {table} BEGIN {act}; END"]
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {act}; RETURN NULL; "
        "END $$ LANGUAGE plpgsql",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _stamp(table: str, rows: tuple[str, ...]) -> str:
    """A new stamp for whomever the row belongs to, and for whom it belonged to before."""
    column, through, _ = WATCHED[table]
    named = [f"{row}.{column}" for row in rows]
    whose = " UNION ".join(f"SELECT {value} AS who" for value in named)
    if table == "code":
        whose = " UNION ".join(
            f"SELECT holder_id AS who FROM {subject} WHERE {row}.kind = '{kind.name}' "
            f"AND id = {row}.subject_id"
            for kind, subject in SUBJECTS.items()
            for row in rows
        )
    if through:
        whose = f"SELECT DISTINCT holder_id AS who FROM {through} WHERE id IN ({', '.join(named)})"
    return (
        f"INSERT INTO pagestamp (person_id, stamp) SELECT who, {{random}} FROM ({whose}) AS whose "
        "WHERE true ON CONFLICT (person_id) DO UPDATE SET stamp = excluded.stamp"
    )
