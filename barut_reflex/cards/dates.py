"""Date rules of cards: report dates, the state of a card on a day, the verdict on a scanned code.

Pure functions: "today" is an argument, and no database is read.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum


class CardState(StrEnum):
    """The state of a card on a day.

    The order of the members counts: of several that apply, `state_on` gives the first.
    """

    REVOKED = "revoked"
    PLACED = "placed"
    EXPIRED = "expired"
    REPORT_DUE = "report_due"
    UNCHECKED = "unchecked"  # a SIAPkerja-ID with facts that no officer approved
    VALID = "valid"


class Verdict(StrEnum):
    """The answer to a scanned code, as the check page shows it.

    The order of the members counts: of two that apply, `verdict_of` gives the first.
    """

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
VERDICTS = {  # for the newest code of a card; an older one is REPLACED, see `verdict_of`
    CardState.REVOKED: Verdict.REVOKED,
    CardState.PLACED: Verdict.PLACED,
    CardState.EXPIRED: Verdict.EXPIRED,
    CardState.REPORT_DUE: Verdict.REPORT_DUE,
    CardState.UNCHECKED: Verdict.UNCHECKED,
    CardState.VALID: Verdict.VALID,
}
SELF_DECLARED = "Data diisi sendiri oleh pemiliknya dan belum diperiksa petugas."
STATE_LABELS = {
    CardState.REVOKED: "Dicabut",
    CardState.PLACED: "Sudah Diterima Kerja",
    CardState.EXPIRED: "Kedaluwarsa",
    CardState.REPORT_DUE: "Perlu Lapor",
    CardState.UNCHECKED: "Belum Diperiksa",
    CardState.VALID: "Berlaku",
}
# States in which the holder may use the card. A late report does not end it.
LIVE = frozenset({CardState.VALID, CardState.REPORT_DUE})
IDENTITY_YEARS = 1  # how long the code of a SIAPkerja-ID is valid


def add_months(day: date, months: int) -> date:
    """The same day some months later; the month's last day where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def report_dates(issued: date, *, every: int, validity: int) -> list[date]:
    """The days on which the holder has to report, from issue to expiry.

    `every` and `validity` are in months.

    With 6 and 24 months: the three rows printed on the card, +6, +12 and +18 months.
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
    """The report date that passed more than `grace` days ago without a visit, or None.

    Only the latest such date counts: a holder who came late has reported. A visit counts for a
    date from half an interval before it, so that an early visit is not lost and a late one does
    not serve for the next date too.
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
    """The first printed report date from today on that no visit has met yet, or None."""
    visited = list(visits)
    upcoming = (day for day in reports if day >= today)
    return next((day for day in upcoming if not _is_met(day, visited, every)), None)


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
    """The state of the card on `today`, a day in WIB. It is valid through `valid_until`."""
    applies = {
        CardState.REVOKED: is_revoked,
        CardState.PLACED: is_placed,
        CardState.EXPIRED: today > valid_until,
        CardState.REPORT_DUE: has_missed_report,
        CardState.UNCHECKED: is_unchecked,
        CardState.VALID: True,
    }
    return next(state for state in CardState if applies[state])


def verdict_of(state: CardState, *, is_code_replaced: bool) -> Verdict:
    """The verdict on a code that this office signed; a replaced code may still be a revoked card.

    Never `UNKNOWN`: that is for a code we did not sign.
    """
    applies = {VERDICTS[state], Verdict.REPLACED} if is_code_replaced else {VERDICTS[state]}
    return next(verdict for verdict in Verdict if verdict in applies)
