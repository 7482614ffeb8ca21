"""While the database is locked or away, a plain route says so instead of failing."""

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.applications import Starlette
from starlette.testclient import TestClient

from barut_reflex.accounts.web import gate
from barut_reflex.accounts.web.access import access
from barut_reflex.accounts.web.session import BUSY

LOCKED = OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))


def ask(error):
    @access()
    async def endpoint(request):
        raise error

    return TestClient(Starlette(routes=[gate.guarded("/x", endpoint)])).get("/x")


@pytest.mark.parametrize("error", [LOCKED, PoolTimeout("no connection")])
def test_a_busy_database_is_told(file_office, error):
    answer = ask(error)
    assert (answer.status_code, answer.text, answer.headers["retry-after"]) == (503, BUSY, "5")


def test_without_the_answer_the_route_would_fail(file_office, monkeypatch):
    monkeypatch.setattr(gate, "OperationalError", LookupError)
    with pytest.raises(OperationalError):
        ask(LOCKED)


def test_other_errors_are_no_busy_database(file_office):
    with pytest.raises(ValueError, match="broken"):
        ask(ValueError("broken"))
