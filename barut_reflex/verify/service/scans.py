"""Scans of codes in bulk: finds codes the office issued, enforces rate limits, records views.

In bulk to reach the goal of the check page (`check-…` in `docs/benchmarks.md`): recorded one by
one, 300 scans a second are out of reach.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

from ...cards.models import Card
from ...cards.service.printing import view_of
from ...core import clock, limits, views
from ...core.errors import Refusal
from ...people.models import Person
from ...people.rules import STAFF
from ...people.service import sessions
from ...profiles.queries import facts
from ...seal import codes as seal_codes
from ...seal.models import Code
from ...seal.rules import PayloadKind
from ...sharing.models import CardView
from ...sharing.rules import Viewer, network_label
from ...siapkerja.models import Identity

MINUTE = timedelta(minutes=1)
VIEWS_PER_CODE = 30  # a minute, of all who scan it
VIEWS_PER_ADDRESS = 600  # a minute; a village or a job fair may share one address


class UnknownCode(Refusal):
    message = "Kode ini tidak dikenal."
    is_counted = True


class TooManyViews(Refusal):
    message = "Terlalu banyak pemeriksaan dalam satu menit. Tunggu satu menit, lalu pindai lagi."
    is_counted = True


@dataclass(frozen=True)
class Scan:
    """One request to check a code: from which network address, with a sign-in or without.

    `wants_page`: for the check page, which shows officers everything; else for the verdict alone.
    """

    code: str
    address: str
    sign_in: str = ""
    wants_page: bool = True


@dataclass(frozen=True)
class ScannedCode:
    """A code that the office gave out, with its card, as they were when the code was scanned.

    Two are equal if they are the same row of `Code`: only `id` is compared.
    """

    id: int
    code: Code = field(compare=False)
    subject: Card | Identity = field(compare=False)

    @property
    def holder_id(self) -> int:
        return self.subject.holder_id


# The code, and whether an officer gets the whole page; then that view is in the audit trail.
CountedScan = tuple[ScannedCode, bool]

_SUBJECTS: dict[PayloadKind, type[Card] | type[Identity]] = {
    PayloadKind.AK1: Card,
    PayloadKind.SIAPKERJA_ID: Identity,
}


def scan(
    session: Session, code: str, *, address: str, sign_in: str, wants_page: bool = True
) -> CountedScan:
    """Count and record one scan; raises the refusals that `scan_all` returns."""
    (answer,) = scan_all(session, [Scan(code, address, sign_in, wants_page)])
    if isinstance(answer, Refusal):
        raise answer
    return answer


def scan_all(session: Session, scans: Sequence[Scan]) -> list[CountedScan | Refusal]:
    """Count and record scans in the order they came; an answer for each.

    `UnknownCode` for unknown and forged codes alike; `TooManyViews` after 30 scans of a code or
    600 from an address within a minute.
    """
    spelled = [seal_codes.canonical(scan.code) for scan in scans]
    callers = [_by_address(scan.address) for scan in scans]
    tries = limits.BulkCounter(session, {*map(_of_code, spelled), *callers}, per=MINUTE)
    # The limit of the address first: who exceeds it costs no look-up of codes.
    allowed = [tries.spend(caller, limit=VIEWS_PER_ADDRESS) for caller in callers]
    found = _find(session, {code for code, may in zip(spelled, allowed, strict=True) if may})
    rows: list[dict[str, Any]] = []
    answers: list[CountedScan | Refusal] = []
    for one, code, is_allowed in zip(scans, spelled, allowed, strict=True):
        if is_allowed and code not in found:
            answers.append(UnknownCode())
        elif is_allowed and tries.spend(_of_code(code), limit=VIEWS_PER_CODE):
            answers.append(_record(session, one, found[code], rows))
        else:
            answers.append(TooManyViews())
    tries.save()
    if rows:
        session.execute(insert(CardView), rows)
    return answers


def count_address(session: Session, address: str) -> None:
    """Count one view from a network address; `TooManyViews` after 600 a minute of any kind."""
    if not limits.spend(session, _by_address(address), limit=VIEWS_PER_ADDRESS, per=MINUTE):
        raise TooManyViews


def kind_of(viewer: Person | None, holder_id: int) -> Viewer:
    """Whether the viewer is an officer, the holder, or anybody.

    Who still has a one-time password counts as anybody: they may not act as themselves yet.
    """
    if viewer is None or viewer.must_change_password:
        return Viewer.PUBLIC
    if viewer.role in STAFF:
        return Viewer.OFFICER
    return Viewer.HOLDER if viewer.id == holder_id else Viewer.PUBLIC


def _of_code(code: str) -> str:
    return f"check {code}"


def _by_address(address: str) -> str:
    return f"check from {address}"


def _record(
    session: Session, one: Scan, found: ScannedCode, rows: list[dict[str, Any]]
) -> CountedScan:
    viewer = sessions.find_person(session, one.sign_in) if one.sign_in else None
    kind, is_card = kind_of(viewer, found.holder_id), isinstance(found.subject, Card)
    rows.append(
        {
            "holder_id": found.holder_id,
            "card_id": found.subject.id if is_card else None,
            "identity_id": None if is_card else found.subject.id,
            "viewer": kind,
            "viewer_id": viewer.id if viewer else None,
            "place": network_label(one.address),
            "at": clock.now(),
        }
    )
    is_full = kind is Viewer.OFFICER and one.wants_page
    if viewer and is_full and views.is_new(session, view := _view(session, found), by=viewer):
        views.record(session, view, by=viewer)
    return found, is_full


def _view(session: Session, found: ScannedCode) -> views.View:
    """The audit entry for an officer's view of the whole page."""
    if isinstance(found.subject, Card):
        return view_of(session, views.ViewKind.CARD, found.subject)
    holder = session.get_one(Person, found.holder_id)
    nik = facts.get_profile(session, found.holder_id).nik
    return views.View(views.ViewKind.IDENTITY, holder.public_id, nik, found.subject.public_id)


def _find(session: Session, codes: Collection[str]) -> dict[str, ScannedCode]:
    """The codes, by their text, that the office signed and gave out; others are left out.

    The text is compared as a whole: a second valid signature over the same id is not our code.
    """
    signed: dict[PayloadKind, set[str]] = {kind: set() for kind in _SUBJECTS}
    for code in codes:
        with suppress(seal_codes.InvalidCode):
            payload = seal_codes.decode(code)
            signed[payload.kind].add(payload.code_id)
    return {
        code.code: ScannedCode(code.id, code, subject)
        for kind, ids in signed.items()
        for code, subject in _rows(session, kind, ids)
        if code.code in codes
    }


def _rows(session: Session, kind: PayloadKind, ids: Collection[str]) -> Sequence[Any]:
    if not ids:
        return []
    subjects = _SUBJECTS[kind]
    wanted = select(Code, subjects).join(subjects, col(subjects.id) == col(Code.subject_id))
    return session.execute(wanted.where(col(Code.kind) == kind, col(Code.code_id).in_(ids))).all()
