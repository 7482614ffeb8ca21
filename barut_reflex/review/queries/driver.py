"""Questions put to the driver itself: SQLAlchemy's way takes longer than their answer."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

Values = dict[str, Any]
KEPT = "plans are kept"


def ask(session: Session, statement: str, values: Values) -> Sequence[Any]:
    """The answer of the driver, in the session's transaction: a page of the list is asked for
    every second by everybody who looks at one."""
    connection = session.connection()
    cursor = connection.connection.cursor()
    try:
        if connection.dialect.name == "postgresql":
            statement = _in_words_of_psycopg(statement)
            _keep_plans(session, cursor)
        cursor.execute(statement, values)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise OperationalError(statement, None, error) from error
    finally:
        cursor.close()


def _keep_plans(session: Session, cursor: Any) -> None:
    """For this transaction: a statement is planned once, not for each name that is searched.

    Its plan does not depend on the name: each way of finding has a statement of its own. To plan
    takes several times as long as to answer.
    """
    transaction = session.get_transaction()
    if session.info.get(KEPT) is not transaction:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        session.info[KEPT] = transaction


@lru_cache(maxsize=1000)
def _in_words_of_psycopg(statement: str) -> str:
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement)
