"""Races, model-based test, stale approvals, double submits; the date oracle (rows 25-29)."""

from barut_reflex.applications import service as applications
from barut_reflex.review import service as review
from measure.row import Figure, Scale
from probes.faults import day_oracle, four_people
from probes.faults.backlog import make_officer, make_submitted_cases
from probes.faults.races import (
    RaceResult,
    approval_by,
    approve_unsafely,
    race,
    run_number_race,
    withdraw_case,
)
from probes.faults.random_steps import run_steps
from probes.faults.stale_decisions import count_stale_approvals, submit_twice
from probes.faults.temporary_office import temporary_office
from probes.servers import empty_database

from .table import TABLE


@TABLE.row(
    25,
    "8 processes approve the same applications: duplicate numbers / double approvals / gaps",
    goal="0 / 0 / 0",
    points=4,
)
def number_races(scale: Scale) -> Figure:
    processes, applications, runs = scale.of((4, 15, 1), (8, 400, 1), (8, 400, 20))
    total, control = RaceResult(), RaceResult()
    for _ in range(runs):
        with temporary_office() as url:
            total += run_number_race(url, processes=processes, applications=applications)
        with empty_database() as address, temporary_office(address) as url:
            total += run_number_race(url, processes=processes, applications=applications)
    with temporary_office() as url:
        control += run_number_race(url, processes=4, applications=15, approval=approve_unsafely)
    detail = (
        f"{runs} x {processes} x {applications} on SQLite and on PostgreSQL each, "
        f"{total.refused:,} slower officers refused, {total.waited} asked to press again; "
        f"control (read, then write): {control.duplicates} duplicates, {control.doubles} doubles"
    )
    value = f"{total.duplicates} / {total.doubles} / {total.gaps}"
    passed = total.is_clean and control.duplicates > 0 and control.doubles > 0
    return Figure(value, passed, f"{detail} {total.wrong[:3] or ''}")


@TABLE.row(
    26, "Model-based test of the status machine: steps / wrong", goal=">= 10,000 / 0", points=3
)
def status_machine(scale: Scale) -> Figure:
    wanted = scale.of(300, 10_000, 30_000)
    four_people.OfficeMachine.done.clear()
    try:
        steps, wrong = run_steps(wanted), ""
    except AssertionError as found:
        steps, wrong = four_people.OfficeMachine.steps, f"; FOUND: {found}"[:200]
    with temporary_office() as url:
        cases, officer = make_submitted_cases(scale.of(25, 500, 500)), make_officer()
        ends = race(url, cases, withdraw_case, approval_by(officer))
    both = sum(mine == theirs for mine, theirs in ends)
    done = four_people.OfficeMachine.done
    sent, approved = done[applications.submit.__name__], done[review.approve.__name__]
    detail = (
        f"4 people, model compared with the database after each step; {sent} sent, "
        f"{approved} approved, {sum(n for a, n in done.items() if 'refused' in a)} refused; "
        f"cancel against approve {len(ends)} x, not exactly one winner: {both}{wrong}"
    )
    return Figure(f"{steps:,} / {int(bool(wrong))}", not wrong and not both, detail)


@TABLE.row(27, "Approvals of data the officer did not see", goal="0 of 200", points=3)
def stale_approvals(scale: Scale) -> Figure:
    times = scale.of(20, 200, 200)
    with temporary_office():
        found = count_stale_approvals(times)
    detail = "cancelled, edited and sent again between the officer's look and click"
    return Figure(f"{found} of {times}", found == 0, detail)


@TABLE.row(28, "Double submits with a second effect", goal="0 of 100", points=2)
def double_sending(scale: Scale) -> Figure:
    times = scale.of(10, 100, 100)
    effects = {}
    for together in (True, False):
        with temporary_office() as url:
            effects[together] = submit_twice(url, times, together=together)
    extra = sum(n - times for found in effects.values() for n in found.values())
    detail = f"two tabs at once {effects[True]}, pressed twice {effects[False]}"
    return Figure(f"{extra} of {2 * times}", extra == 0, detail)


@TABLE.row(29, "Date oracle: wrong answers", goal="0 (4,000 days, 4 server zones)", points=2)
def date_oracle(scale: Scale) -> Figure:
    count = scale.of(100, 4000, 4000)
    running = [day_oracle.start_oracle(zone, count) for zone in day_oracle.ZONES]
    found = [day_oracle.read_answers(asked) for asked in running]
    _, control = day_oracle.read_answers(
        day_oracle.start_oracle("America/New_York", 3, is_careless=True)
    )
    wrong = [one for _, answers in found for one in answers]
    detail = f"{sum(asked for asked, _ in found):,} questions over {count:,} days in "
    detail += (
        f"{', '.join(day_oracle.ZONES)}; control (the server's own calendar): {len(control)} wrong"
    )
    return Figure(str(len(wrong)), not wrong and bool(control), f"{detail} {wrong[:2] or ''}")
