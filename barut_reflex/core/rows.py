"""Export and import of all tables as JSON lines, in one format for SQLite and PostgreSQL."""

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, func, select

from . import clock

ROWS_PER_BATCH = 500  # rows


def dump(session: Session, into: Path, leave_out: Collection[str] = ()) -> str:
    """Write the tables as JSON lines, from one snapshot; returns the schema version."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    revision = revision_of(session)
    write_tables(session, into, leave_out)
    return revision


def write_tables(session: Session, into: Path, leave_out: Collection[str] = ()) -> None:
    """Write the tables, except those in `leave_out`, as JSON lines, as this session sees them."""
    for table in SQLModel.metadata.sorted_tables:
        if table.name in leave_out:
            continue
        rows = session.execute(sa.select(table).execution_options(yield_per=ROWS_PER_BATCH))
        with (into / table.name).open("w") as file:
            file.writelines(json.dumps([_plain(v) for v in row]) + "\n" for row in rows)


def revision_of(session: Session) -> str:
    """The schema version (Alembic revision) of the database."""
    return session.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()


def is_empty(session: Session) -> bool:
    """Whether no table holds a row."""
    return not any(
        session.exec(select(func.count()).select_from(table)).one()
        for table in SQLModel.metadata.sorted_tables
    )


def load(session: Session, table: sa.Table, file: IO[bytes]) -> None:
    """Insert the rows of one table from JSON lines, with their ids."""
    columns = list(table.columns)
    for lines in _batches(file):
        values = [json.loads(line) for line in lines]
        rows = [{c.name: _typed(c, v) for c, v in zip(columns, row, strict=True)} for row in values]
        session.execute(table.insert(), rows)
    if "id" in table.columns and isinstance(table.columns["id"].type, sa.Integer):
        _reset_sequence(session, table)


def _reset_sequence(session: Session, table: sa.Table) -> None:
    """Set PostgreSQL's id sequence behind the inserted rows, which do not move it."""
    if session.get_bind().dialect.name == "postgresql":
        last = sa.select(func.max(table.columns["id"])).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, "id")
        session.execute(sa.select(func.setval(sequence, last)))


def _batches(file: IO[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in file:
        batch.append(line)
        if len(batch) == ROWS_PER_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return clock.utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.name if isinstance(value, Enum) else value


def _typed(column: sa.Column, value: Any) -> object:
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.Enum) and kind.enum_class:
        return kind.enum_class[value]
    return value
