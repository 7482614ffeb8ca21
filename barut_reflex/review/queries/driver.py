"""Questions put to the driver itself: SQLAlchemy's way takes longer than their answer."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

Values = dict[str, Any]


def ask(session: Session, statement: str, values: Values) -> Sequence[Any]:
    """The answer of the driver, in the session's transaction: a page of the list is asked for
    every second by everybody who looks at one."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        statement = _in_words_of_psycopg(statement)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise OperationalError(statement, None, error) from error
    finally:
        cursor.close()


@lru_cache(maxsize=1000)
def _in_words_of_psycopg(statement: str) -> str:
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement)
