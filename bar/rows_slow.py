"""Slow work: never begun while a database connection is held, never delays others (row 45)."""

from collections.abc import Callable

from sqlalchemy import text

from barut_reflex.core import db, slow_work
from measure.row import Figure, Scale
from probes import inside, served
from probes.attackers import expensive_page

from .table import TABLE

MAX_SECONDS = 2.0  # seconds


@TABLE.row(
    45,
    "Slow work begun while a connection is held; one person loads the most expensive page over "
    "40 connections: 503 / worst p95 of others",
    goal="0; 0 / <= 2 s",
    points=4,
    timed=True,
)
def many_readers(scale: Scale) -> Figure:
    begun, control = _begun_with_a_connection()
    connections, shadings, seconds = scale.of((10, 300, 15), (40, 300, 75), (80, 600, 75))
    served.wait_for_people(served.running_office())
    me = expensive_page.person_id(served.running_office().one("job_seeker", 0))
    accepted, content = expensive_page.most_expensive_accepted(shadings)
    papers = [
        expensive_page.plant_paper(me, expensive_page.heavy_pdf(shadings), 2),
        expensive_page.plant_paper(me, content, 2),
    ]
    waits, pulled = expensive_page.load_page(papers, connections, seconds)
    crowded = sum(one.answers["503"] for one in waits.values())
    odd = {name: dict(one.answers) for name, one in waits.items() if not _is_well(one)}
    worst = max(one.p95 for one in waits.values())
    each = ", ".join(f"{name} {one.p95:.2f} s" for name, one in waits.items())
    detail = (
        f"{len(slow_work.SLOW_FUNCTIONS)} slow functions in a look and in an act, "
        f"control (no guard): {control} begun; "
        f"{shadings} shadings planted, {accepted} still taken by the check; {connections} "
        f"connections for {seconds} s got {dict(pulled)}; p95: {each} {odd or ''}"
    )
    passed = not begun and control > 0 and not crowded and not odd and worst <= MAX_SECONDS
    return Figure(f"{begun}; {crowded} / {worst:.2f} s", passed, detail)


def _is_well(waits: expensive_page.WaitingTimes) -> bool:
    return set(waits.answers) <= {"200", "303"}


def _begun_with_a_connection() -> tuple[int, int]:
    """Crafts of the program's own list that would begin; and so with the guard switched off."""
    with inside.office():
        begun = _begun()
        with inside.patched((slow_work, "ensure_no_connection_held", lambda: None)):
            return begun, _begun()


def _begun() -> int:
    with db.reading() as session:
        session.execute(text("SELECT 1"))
        looks = sum(map(_begins, slow_work.SLOW_FUNCTIONS.values()))
    with db.writing():
        return looks + sum(map(_begins, slow_work.SLOW_FUNCTIONS.values()))


def _begins(function: Callable) -> bool:
    """Asked without what it needs: a function that would begin fails in another way, if at all."""
    try:
        function()
    except slow_work.ConnectionHeld:
        return False
    except TypeError:
        return True
    return True
