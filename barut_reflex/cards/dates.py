"""When a card is valid, when its holder reports, and which word the check page says first."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum


class CardState(StrEnum):
    """How a card stands on a day. The order is the order of weight: the first that fits wins."""

    REVOKED = "revoked"
    PLACED = "placed"
    EXPIRED = "expired"
    REPORT_DUE = "report_due"
    UNCHECKED = "unchecked"  # a SIAPkerja-ID of facts that no officer approved
    VALID = "valid"


class Verdict(StrEnum):
    """What the check page says of a scanned code, in order of weight (SPEC section 5)."""

    UNKNOWN = "unknown"
    REVOKED = "revoked"
    REPLACED = "replaced"
    PLACED = "placed"
    EXPIRED = "expired"
    REPORT_DUE = "report_due"
    UNCHECKED = "unchecked"
    VALID = "valid"


VERDICT_WORDS = {
    Verdict.UNKNOWN: "TIDAK DIKENAL",
    Verdict.REVOKED: "DICABUT",
    Verdict.REPLACED: "KODE LAMA",
    Verdict.PLACED: "SUDAH BEKERJA",
    Verdict.EXPIRED: "KEDALUWARSA",
    Verdict.REPORT_DUE: "PERLU LAPOR",
    Verdict.UNCHECKED: "BELUM DIPERIKSA",
    Verdict.VALID: "BERLAKU",
}
SELF_TOLD = "Data diisi sendiri oleh pemiliknya dan belum diperiksa petugas."
STATE_LABELS = {
    CardState.REVOKED: "Dicabut",
    CardState.PLACED: "Sudah Diterima Kerja",
    CardState.EXPIRED: "Kedaluwarsa",
    CardState.REPORT_DUE: "Perlu Lapor",
    CardState.UNCHECKED: "Belum Diperiksa",
    CardState.VALID: "Berlaku",
}
LIVE = frozenset({CardState.VALID, CardState.REPORT_DUE})  # the holder may use it


def add_months(day: date, months: int) -> date:
    """The same day some months later; the month's last day where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


IDENTITY_YEARS = 1  # how long a code of a SIAPkerja-ID is good


def report_dates(issued: date, *, every: int, validity: int) -> list[date]:
    """The days to report between issue and expiry (`every` and `validity` in months).

    Six and twenty-four months give the three rows printed on the card: +6, +12, +18.
    """
    return [add_months(issued, months) for months in range(every, validity, every)]


def missed_report(
    issued: date,
    *,
    today: date,
    visits: Iterable[date],
    every: int,
    validity: int,
    grace: int,
) -> date | None:
    """The report date that has passed by more than `grace` days without a visit, if any.

    Only the latest such date counts: who came late has come. A visit counts for a date from
    half an interval before it, so that an early visit is not lost and a late one does not
    serve for the next date too.
    """
    passed = [
        months
        for months in range(every, validity, every)
        if today > add_months(issued, months) + timedelta(days=grace)
    ]
    if not passed:
        return None
    missed = add_months(issued, passed[-1])
    return None if _is_met(missed, visits, every) else missed


def next_report(
    reports: Sequence[date], *, today: date, visits: Iterable[date], every: int
) -> date | None:
    """The first printed report date that is not behind us and not already met."""
    made = list(visits)
    ahead = (day for day in reports if day >= today)
    return next((day for day in ahead if not _is_met(day, made, every)), None)


def _is_met(report: date, visits: Iterable[date], every: int) -> bool:
    counts_from = add_months(report, -(every // 2))
    return any(visit >= counts_from for visit in visits)


def state_on(
    today: date,
    *,
    valid_until: date,
    is_revoked: bool,
    is_placed: bool,
    has_missed_report: bool,
    is_unchecked: bool = False,
) -> CardState:
    """How the card stands on `today` (a WIB day). It is valid through `valid_until`."""
    found = {
        CardState.REVOKED: is_revoked,
        CardState.PLACED: is_placed,
        CardState.EXPIRED: today > valid_until,
        CardState.REPORT_DUE: has_missed_report,
        CardState.UNCHECKED: is_unchecked,
    }
    return next((state for state, is_so in found.items() if is_so), CardState.VALID)


def verdict_of(state: CardState, *, is_code_replaced: bool) -> Verdict:
    """The first word of the check page for a code whose signature is ours."""
    if is_code_replaced and state is not CardState.REVOKED:
        return Verdict.REPLACED
    return Verdict(state.value)
