"""HTTP: foreign origins, GETs that change state, check page, headers (rows 5, 8, 38, 40)."""

from typing import Any

import pytest

from barut_reflex.core import headers
from barut_reflex.core.settings import settings
from barut_reflex.verify.service import scans
from measure.row import Figure, Scale
from probes.attackers import check_page, foreign_sites

from .table import TABLE


@TABLE.row(
    5,
    "Foreign origins tried on sockets and POST routes: accepted",
    goal=">= 10 each, 0",
    points=2,
)
def foreign_origins(scale: Scale) -> Figure:
    tried, accepted = foreign_sites.try_foreign_origins()
    each = len(foreign_sites.foreign_origins(0))
    detail = (
        f"{each} origins on sockets, polling and {len(foreign_sites.POSTS)} POST routes; a socket "
    )
    detail += "without Origin (no browser sends that) is let in and has a guest's rights"
    return Figure(f"{tried}, {len(accepted)}", not accepted, "; ".join([detail, *accepted[:5]]))


@TABLE.row(
    8,
    "GET, HEAD and page loads that change state",
    goal="0 (but views, scans, prints)",
    points=2,
)
def changes_by_get(scale: Scale) -> Figure:
    visited, changed = foreign_sites.load_every_page()
    detail = f"{visited} requests of 4 roles with telling queries, and each page's load event"
    return Figure(f"{len(changed)}", not changed, "; ".join([detail, *changed]))


@TABLE.row(
    38,
    "Public check page: fields off the allow-list; hits by guessing; views",
    goal="0; 0 of 10^6; <= 30 a minute and code",
    points=3,
)
def public_page(scale: Scale) -> Figure:
    pages, leaks = check_page.leaks(scale.of(5, 60, 200))
    guesses = scale.of(20_000, 1_000_000, 1_000_000)
    checked = scale.of(1_000, 20_000, 1_000_000)
    hits, seconds = check_page.guess_codes(guesses, checked)
    looks, different = check_page.count_views(), check_page.unknown_answers()
    found = leaks + different
    passed = not found and hits == 0 and looks <= scans.VIEWS_PER_CODE
    detail = (
        f"{pages} cards read as a attacker; {checked:,} of {guesses:,} guesses well formed, so "
    )
    detail += f"that the signature decides ({seconds:.0f} s); unknown and forged are equal"
    figure = f"{len(leaks)}; {hits} of {guesses:,}; {looks} a minute"
    return Figure(figure, passed, "; ".join([detail, *found[:5]]))


@TABLE.row(40, "Answers with the full header set", goal="100 %", points=1)
def full_headers(scale: Scale) -> Figure:
    got = foreign_sites.answers()
    faults = [fault for answer in got for fault in foreign_sites.faults_of(answer)]
    whole = sum(not foreign_sites.faults_of(answer) for answer in got)
    faults += [] if _has_hsts() else ["no Strict-Transport-Security on https"]
    kinds = sorted({answer.status_code for answer in got})
    detail = f"{len(got)} answers, status {', '.join(map(str, kinds))}"
    share = 100 * whole / len(got)
    return Figure(f"{share:.1f} %", not faults, "; ".join([detail, *faults[:6]]))


def _has_hsts() -> bool:
    """Over https the answer also asks for https only; the demo itself is plain http."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(settings.__dict__, "address", "https://kantor.example")
        names: dict[bytes, Any] = dict(headers.headers_for("/"))
    return b"max-age=31536000" in names.get(b"strict-transport-security", b"")
