"""Audit of staff views of personal data: each one is recorded, all count for one alarm (row 46)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from barut_reflex.core import clock
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.views import ALARM_ACT
from barut_reflex.gate.access import permits, rule_of
from barut_reflex.people.rules import Role
from measure.row import Figure, Scale
from probes import inside
from probes.attackers import data_access
from probes.tab import ROOT

from .table import TABLE

STAFF = (Role.OFFICER, Role.ADMINISTRATOR)
LOAD = f"{ROOT}.hydrate_and_load"


@TABLE.row(
    46,
    "Ways of staff to a person's data with their audit row; one alarm for all ways together",
    goal="100 %; one alarm",
    points=4,
)
def views_are_recorded(scale: Scale) -> Figure:
    with inside.office() as engine, data_access.record_every_view():
        walked = crawl(engine, scale.of(1, 20, 20), STAFF[: scale.of(1, 2, 2)])
    with inside.office() as engine:
        people, alarms = view_in_turns(engine, scale.of(1, 6, 12))
    many, bare = len(walked.with_data), sorted(walked.unrecorded | walked.unmasked)
    share = 100 * (1 - len(bare) / many) if many else 0
    detail = f"{walked.calls} calls of all handlers, pages and routes, {many} ways give data, "
    detail += (
        f"{len(walked.unrecorded)} without a row, {len(walked.unmasked)} lists with a whole NIK; "
    )
    detail += f"{people} people by five ways in turn, one more than allowed: {alarms} alarms"
    passed = many > 15 and not bare and alarms == 1
    return Figure(f"{share:.1f} %; {alarms} alarm", passed, "; ".join([detail, *bare]))


def crawl(
    engine: Engine, most: int, roles: Any = STAFF, *, only: str = "", pages: bool = True
) -> data_access.CrawlResult:
    """All that is open to each role, each way with up to `most` words that lead to somebody.

    `only` leaves out the ways whose name does not hold it.
    """
    from barut_reflex import barut_reflex as composed

    walked, handlers = data_access.CrawlResult(), inside.handlers()
    issuer = inside.person_of(Role.OFFICER, "Petugas Penerbit")
    for number, role in enumerate(roles):
        one = data_access.Crawler(
            engine, role, data_access.plant_person(engine, issuer, number), walked
        )
        paths = [one.route for one in composed.SCREENS if pages and only in one.route]
        inside.run(one.pages(paths, LOAD))
        routes = [
            r for r in composed.ROUTES if only in r.path and permits(rule_of(r.endpoint), role)
        ]
        inside.run(one.routes(routes, data_access.QUERIES[:most]))
        open_ones = [name for name, h in handlers.items() if permits(rule_of(h.fn), role)]
        inside.run(one.handlers([name for name in open_ones if only in name], most))
    return walked


def view_in_turns(engine: Engine, each: int) -> tuple[int, int]:
    """One person more than is allowed in an hour, each seen by another way: people, alarms."""
    from barut_reflex import barut_reflex as composed

    issuer = inside.person_of(Role.OFFICER, "Petugas Penerbit")
    planted = [data_access.plant_person(engine, issuer, number) for number in range(5 * each)]
    officer = data_access.Crawler(engine, Role.OFFICER, planted[0], data_access.CrawlResult())
    paths = {
        "/kartu/{public_id}.pdf": "card",
        "/kartu/{public_id}/qr.svg": "card",
        "/v/{code}": "code",
        "/bagikan/{token}": "link",
        "/berkas/{public_id}": "paper",
    }
    routes = {route.path: route for route in composed.ROUTES if "GET" in route.methods}
    with allowed(len(planted) - 1):
        for number, one in enumerate(planted):
            path, kind = list(paths.items())[number % len(paths)]
            officer.planted = replace(one, words={kind: one.words[kind]})
            inside.run(officer.routes([routes[path]]))
    since = clock.now() - timedelta(hours=1)
    told = select(AuditEntry).where(AuditEntry.act == ALARM_ACT, AuditEntry.at > since)
    with Session(engine) as session:
        return len(planted), len(session.exec(told).all())


def allowed(many: int) -> Any:
    """The alarm comes with the next person after so many."""
    from barut_reflex.core import views

    return inside.patched((views, "PEOPLE_ALARM", (many, timedelta(hours=1))))
