"""Row 30 can fail: an unrecorded move is found, and an untouched trail passes.

Row 44 leaves out what it says it leaves out.
"""

import bcrypt
import pytest

from bar import rows_trail
from probes import served
from probes.attackers import request_costs

MOVE = "FROM statusmove WHERE note = 'nobody wrote this down'"


@pytest.fixture
def unwritten(attacked):
    """A move past the services, so that no row of the trail tells of it."""
    columns = "machine, subject_id, actor_id, action, before, after, at"
    kept = f"SELECT {columns}, 'nobody wrote this down' FROM statusmove ORDER BY id LIMIT 1"
    served.execute(attacked, f"INSERT INTO statusmove ({columns}, note) {kept}")
    served.execute(
        attacked,
        "UPDATE statusmove SET at = datetime(at, '-9 days') WHERE note = ?",
        ("nobody wrote this down",),
    )
    yield
    served.execute(attacked, f"DELETE {MOVE}")


def test_a_move_that_nobody_wrote_down_is_found(attacked, unwritten):
    assert len(served.query(attacked, rows_trail.UNRECORDED_MOVES)) == 1


def test_a_trail_nobody_touched_is_whole(attacked):
    assert served.query(attacked, rows_trail.UNRECORDED_MOVES) == []
    assert rows_trail.tamper(attacked, 0) == (set(), set())


def test_hashing_a_password_is_no_cost_of_its_request():
    with request_costs.metered() as meter:
        bcrypt.hashpw(b"Perahu7!", bcrypt.gensalt(4))
    assert meter.left_out > 0
