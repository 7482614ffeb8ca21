"""Killing the process that upgrades a filled office changes nothing; it can be run again."""

import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager

import pytest

from barut_reflex.core import db, schema
from probes.servers import empty_database

from .test_enum_checks import ROWS, all_of, go_to, row_of, tables_of

BEFORE = "0009"  # the last version with codes and moves in tables of their own
MOVE = {"action": "APPROVE", "before": "SUBMITTED", "after": "APPROVED"}
PLACES = ["DROP TABLE identitycode", "CREATE TRIGGER"]  # in the middle; all but the very end
UPGRADE = """
import os, signal, sys
import sqlalchemy as sa
from barut_reflex.core import db, schema

def kill(connection, _cursor, statement, *_told):
    if place and place in statement:
        if is_kept == "kept":
            connection.connection.driver_connection.commit()
        os.kill(os.getpid(), signal.SIGKILL)

url, place, is_kept = sys.argv[1:]
engine = db.make_engine(url)
sa.event.listen(engine, "before_cursor_execute", kill)
schema.upgrade(engine)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Where to make a new office; each call gives another place."""
    with ExitStack() as stack:
        yield {
            "sqlite": lambda: f"sqlite:///{tmp_path}/{len(list(tmp_path.iterdir()))}.db",
            "postgresql": lambda: stack.enter_context(empty_database()),
        }[request.param]


@contextmanager
def office_before(url):
    """An engine of a filled office as the version before left it."""
    engine = db.make_engine(url)
    go_to(engine, BEFORE)
    with engine.begin() as connection:
        for table in tables_of(engine):
            connection.execute(table.insert(), [row_before(table, number) for number in ROWS])
    yield engine
    engine.dispose()


def row_before(table, number):
    """Codes of different kinds were never the same; moves were named."""
    own = MOVE if table.name == "statuschange" else {"code_id": f"{table.name} {number}"}
    return row_of(table, number) | {name: own[name] for name in own if name in table.columns}


def upgrade_in_a_child(url, killed_at="", kept=""):
    """The exit status of a process of its own that upgrades the office there."""
    command = [sys.executable, "-c", UPGRADE, url, killed_at, kept]
    return subprocess.run(command, cwd=schema.ROOT, stderr=subprocess.DEVNULL).returncode


def test_killed_at_any_place_and_run_again_it_ends_the_same(address):
    with office_before(address()) as whole, office_before(url := address()) as office:
        before = all_of(office)
        assert {"statuschange", "accesscode", "cardcode", "identitycode"} <= before[0].keys()
        schema.upgrade(whole)
        for place in PLACES:
            assert upgrade_in_a_child(url, place) == -signal.SIGKILL
            assert all_of(office) == before
        assert upgrade_in_a_child(url) == 0
        assert all_of(office) == all_of(whole) != before


def test_without_one_transaction_the_kill_would_show(address):
    with office_before(url := address()) as office:
        before = all_of(office)
        assert upgrade_in_a_child(url, PLACES[0], "kept") == -signal.SIGKILL
        assert all_of(office) != before
