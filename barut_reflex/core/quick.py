"""Statements of crowds, straight to the driver: SQLAlchemy's way there takes longer than they."""

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session

AMONG = {"sqlite": "IN (SELECT value FROM json_each(?))", "postgresql": "= ANY(%s)"}


def ask(
    session: Session, statement: str, values: Collection[Any], since: datetime | None = None
) -> Sequence[Any]:
    """The rows; `{among}` in the statement means one of `values`, a `?` after it `since`."""
    if not values:
        return []
    connection = session.connection()
    dialect = connection.dialect.name
    given = json.dumps(list(values)) if dialect == "sqlite" else list(values)
    also = () if since is None else (_stored(dialect, since),)
    return connection.exec_driver_sql(_worded(statement, dialect), (given, *also)).all()


def add(
    session: Session, table: str, columns: tuple[str, ...], rows: Sequence[tuple], at: datetime
) -> None:
    """Write rows, all of the moment `at`, their last column; an enum is given by its name."""
    if not rows:
        return
    connection = session.connection()
    dialect = connection.dialect.name
    moment = _stored(dialect, at)
    whole = [(*row, moment) for row in rows]
    connection.exec_driver_sql(_insert(table, columns, dialect), whole)


@lru_cache(maxsize=100)
def _insert(table: str, columns: tuple[str, ...], dialect: str) -> str:
    places = ", ".join("?" * (len(columns) + 1))
    return _worded(f"INSERT INTO {table} ({', '.join(columns)}, at) VALUES ({places})", dialect)


@lru_cache(maxsize=100)
def _worded(statement: str, dialect: str) -> str:
    worded = statement.replace("{among}", AMONG[dialect])
    return worded.replace("?", "%s") if dialect == "postgresql" else worded


def _stored(dialect: str, moment: datetime) -> datetime | str:
    """On SQLite as SQLAlchemy writes it there: UTC, without saying so."""
    if dialect != "sqlite":
        return moment
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
