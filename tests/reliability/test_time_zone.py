"""The office's days follow Muara Teweh (WIB), whatever the server's time zone."""

from datetime import date

from probes.faults.day_oracle import ZONES, read_answers, start_oracle

LEAP = date(2027, 12, 1)  # the days after it hold a 29 February, and two years on there is none


def test_in_any_zone_the_days_are_right():
    running = [start_oracle(zone, 100, first=LEAP) for zone in ZONES]
    for asked, wrong in map(read_answers, running):
        assert asked == 100 * 2 * 8
        assert wrong == []


def test_the_server_s_own_calendar_would_be_wrong():
    for zone in ("UTC", "America/New_York"):
        _, wrong = read_answers(start_oracle(zone, 3, first=LEAP, is_careless=True))
        assert wrong
