"""Migration helper: changes the CHECK constraint of text columns that store an enum's names.

In the models such a column has the type `models.word(TheEnum)`.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa

from alembic import op

from .errors import Refusal
from .models import MAX_WORD_LENGTH

Words = Mapping[tuple[str, str], Iterable[str]]  # by table and column
_TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace",
}


class UnknownWord(Refusal):
    """Rows contain enum names that this version does not know."""

    def __init__(self, found: list[str]):
        super().__init__(
            f"Pembaruan dibatalkan dan tidak ada yang diubah, karena {'; '.join(found)}: betulkan "
            "baris itu di database, atau pasang versi yang mengenal kata itu, lalu ulangi."
        )


def allow(words: Words) -> None:
    """Allow exactly these names in each column (and NULL, where it may be NULL).

    Raises UnknownWord before anything is changed. SQLite changes a table by creating it
    again, and neither database changes a column used by a trigger: so all triggers are dropped,
    and alembic/env.py creates them again in the same transaction.
    """
    _refuse_unknown(words)
    _drop_triggers()
    for table, columns in groupby(sorted(words), key=itemgetter(0)):
        _change(table, {column: words[table, column] for _, column in columns})


def _refuse_unknown(words: Words) -> None:
    found = [
        f'tabel {table} kolom {column} berisi kata "{word}" yang tidak dikenal ({many} baris)'
        for (table, column), known in words.items()
        for word, many in op.get_bind().execute(_unknown(table, column, known))
    ]
    if found:
        raise UnknownWord(found)


def _unknown(table: str, column: str, known: Iterable[str]) -> sa.Select:
    word = sa.cast(sa.table(table, sa.column(column)).columns[column], sa.String)
    return sa.select(word, sa.func.count()).where(word.not_in(list(known))).group_by(word)


def _drop_triggers() -> None:
    connection = op.get_bind()
    is_sqlite = connection.dialect.name == "sqlite"
    for name, table in connection.execute(sa.text(_TRIGGERS[connection.dialect.name])).all():
        op.execute(f'DROP TRIGGER "{name}"' + ("" if is_sqlite else f' ON "{table}"'))


def _change(table: str, columns: Mapping[str, Iterable[str]]) -> None:
    checks = {check["name"] for check in sa.inspect(op.get_bind()).get_check_constraints(table)}
    with op.batch_alter_table(table) as batch:
        for column, known in columns.items():
            name = f"ck_{table}_{column}"
            if name in checks:
                batch.drop_constraint(name, type_="check")
            else:
                text = sa.String(MAX_WORD_LENGTH)
                batch.alter_column(column, type_=text, postgresql_using=f'"{column}"::text')
            batch.create_check_constraint(name, sa.column(column).in_(list(known)))
