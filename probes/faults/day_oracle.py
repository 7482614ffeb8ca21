"""Date oracle: compares the office's dates with an independent calculation, under any `TZ`.

`python -m probes.faults.day_oracle FIRST COUNT [careless]`, in a process of its own; prints how
many dates were asked for and which answers differ from the oracle, which knows
nothing but that WIB is seven hours before UTC.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
ZONES = ("UTC", "Asia/Makassar", "Asia/Jakarta", "America/New_York")
FIRST = date(2020, 1, 1)
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus"]
MONTHS += ["September", "Oktober", "November", "Desember"]
SEVEN_HOURS = timedelta(hours=7)


def start_oracle(
    zone: str, count: int, *, first: date = FIRST, is_careless: bool = False
) -> subprocess.Popen:
    """Put the questions of so many days in a process whose machine stands in `zone`."""
    words = [first.isoformat(), str(count), *(["careless"] if is_careless else [])]
    return subprocess.Popen(
        [sys.executable, "-m", "probes.faults.day_oracle", *words],
        cwd=ROOT,
        env=os.environ | {"TZ": zone},
        stdout=subprocess.PIPE,
    )


def read_answers(asked: subprocess.Popen) -> tuple[int, list[str]]:
    """How many questions there were, and the wrong answers."""
    told, _ = asked.communicate()
    assert asked.returncode == 0
    found = json.loads(told)
    return found["asked"], found["wrong"]


def main() -> None:
    first, count, *careless = sys.argv[1:]
    from barut_reflex.core import clock

    if careless:  # the negative control: the server's own calendar
        clock.local = lambda moment: datetime.fromtimestamp(clock.utc(moment).timestamp())
    asked, wrong = 0, []
    for day in range(int(count)):
        for question, right, given in _answers_of_day(date.fromisoformat(first) + timedelta(day)):
            asked += 1
            if given != right:
                wrong.append(f"{question}: {given}, not {right}")
    sys.stdout.write(json.dumps({"asked": asked, "wrong": wrong}))


def _answers_of_day(day: date) -> Iterator[tuple[str, object, object]]:
    """(question, the oracle's answer, the office's answer) around midnight of that day in WIB."""
    for moment in (_at(day, "16:59:59"), _at(day, "17:00:00")):
        yield from _about(moment, (moment.replace(tzinfo=None) + SEVEN_HOURS).date())


def _at(day: date, time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}+00:00")


def _about(moment: datetime, today: date) -> Iterator[tuple[str, object, object]]:
    from barut_reflex.cards import dates
    from barut_reflex.core import clock, indonesian

    until = _later(today, 24)
    yield f"day of {moment}", today, clock.office_day(moment)
    yield f"day of {moment} as stored", today, clock.office_day(moment.replace(tzinfo=None))
    written = f"{today.day} {MONTHS[today.month - 1]} {today.year}"
    yield f"{moment} in letters", written, indonesian.long_date(moment)
    yield f"number on {moment}", f"6205000001{today:%d%m%Y}", _number(moment)
    yield f"end of {today}", until, dates.add_months(today, 24)
    reports = [_later(today, months) for months in (6, 12, 18)]
    yield f"reports of {today}", reports, dates.report_dates(today, every=6, validity=24)
    for time, is_over in (("16:59:59", False), ("17:00:00", True)):
        state = dates.state_on(
            clock.office_day(_at(until, time)),
            valid_until=until,
            is_revoked=False,
            is_placed=False,
            has_missed_report=False,
        )
        yield f"{until} {time}", is_over, state is dates.CardState.EXPIRED


def _number(moment: datetime) -> str:
    """The number a card of that moment would get, the sequence itself left aside."""
    from barut_reflex.cards import numbering

    return numbering.format_number(moment.astimezone(UTC), 1)


def _later(day: date, months: int) -> date:
    """So many months on, the last day of the month where that day is missing: by trying."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError


if __name__ == "__main__":
    main()
