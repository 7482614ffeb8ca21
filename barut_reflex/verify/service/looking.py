"""Record card scans in bulk and enforce their rate limits.

In bulk for the goal of the check page (`check-…` in `docs/benchmarks.md`): one by one, 300 looks a
second are out of reach.
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
VIEWS_OF_A_CODE = 30  # a minute, of all who scan it
VIEWS_OF_AN_ADDRESS = 600  # a minute; a village or a job fair may share one address


class UnknownCode(Refusal):
    message = "Kode ini tidak dikenal."
    is_counted = True


class TooManyViews(Refusal):
    message = "Terlalu banyak pemeriksaan dalam satu menit. Tunggu satu menit, lalu pindai lagi."
    is_counted = True


@dataclass(frozen=True)
class Scan:
    """Somebody scans a code, from some address, with a sign-in or without.

    `wants_page` is the check page, which shows an officer all; else the verdict alone is asked.
    """

    code: str
    address: str
    sign_in: str = ""
    wants_page: bool = True


@dataclass(frozen=True)
class Found:
    """A code that was given out, and what it stands for, as they were when it was scanned."""

    row: int
    code: Code = field(compare=False)
    subject: Card | Identity = field(compare=False)

    @property
    def holder_id(self) -> int:
        return self.subject.holder_id


Counted = tuple[Found, bool]  # and whether an officer sees the whole page, which is in the trail

_SUBJECTS: dict[PayloadKind, type[Card] | type[Identity]] = {
    PayloadKind.AK1: Card,
    PayloadKind.SIAPKERJA_ID: Identity,
}


def scan(
    session: Session, code: str, *, address: str, sign_in: str, wants_page: bool = True
) -> Counted:
    """Count and note one look through a QR.

    Raises what `scan_all` gives as an answer.
    """
    (answer,) = scan_all(session, [Scan(code, address, sign_in, wants_page)])
    if isinstance(answer, Refusal):
        raise answer
    return answer


def scan_all(session: Session, scans: Sequence[Scan]) -> list[Counted | Refusal]:
    """Count and note looks in the order they came; an answer for each.

    Unknown and forged codes are `UnknownCode` alike; past 30 looks a minute at a code or 600
    from an address it is `TooManyViews`.
    """
    spelled = [seal_codes.canonical(scan.code) for scan in scans]
    callers = [_by_address(scan.address) for scan in scans]
    tries = limits.Tries(session, {*map(_of_code, spelled), *callers}, per=MINUTE)
    let_in = [tries.spend(caller, limit=VIEWS_OF_AN_ADDRESS) for caller in callers]
    found = _find(session, {code for code, is_in in zip(spelled, let_in, strict=True) if is_in})
    rows: list[dict[str, Any]] = []
    answers: list[Counted | Refusal] = []
    for one, code, is_in in zip(scans, spelled, let_in, strict=True):
        if is_in and code not in found:
            answers.append(UnknownCode())
        elif is_in and tries.spend(_of_code(code), limit=VIEWS_OF_A_CODE):
            answers.append(_seen(session, one, found[code], rows))
        else:
            answers.append(TooManyViews())
    tries.write()
    if rows:
        session.execute(insert(CardView), rows)
    return answers


def count_address(session: Session, address: str) -> None:
    """One look from an address; `TooManyViews` past 600 a minute, whatever is looked at."""
    if not limits.spend(session, _by_address(address), limit=VIEWS_OF_AN_ADDRESS, per=MINUTE):
        raise TooManyViews


def kind_of(viewer: Person | None, holder_id: int) -> Viewer:
    """As what somebody looks; until a one-time password is changed, as everybody does."""
    if viewer is None or viewer.must_change_password:
        return Viewer.PUBLIC
    if viewer.role in STAFF:
        return Viewer.OFFICER
    return Viewer.HOLDER if viewer.id == holder_id else Viewer.PUBLIC


def _of_code(code: str) -> str:
    return f"check {code}"


def _by_address(address: str) -> str:
    return f"check from {address}"


def _seen(session: Session, one: Scan, found: Found, rows: list[dict[str, Any]]) -> Counted:
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
        views.note(session, view, by=viewer)
    return found, is_full


def _view(session: Session, found: Found) -> views.View:
    """What an officer sees is more than others see; it stands in the trail."""
    if isinstance(found.subject, Card):
        return view_of(session, views.Seen.CARD, found.subject)
    holder = session.get_one(Person, found.holder_id)
    nik = facts.get_profile(session, found.holder_id).nik
    return views.View(views.Seen.IDENTITY, holder.public_id, nik, found.subject.public_id)


def _find(session: Session, codes: Collection[str]) -> dict[str, Found]:
    """The codes signed by us that are the very ones we gave out."""
    signed: dict[PayloadKind, set[str]] = {kind: set() for kind in _SUBJECTS}
    for code in codes:
        with suppress(seal_codes.NotOurs):
            payload = seal_codes.decode(code)
            signed[payload.kind].add(payload.code_id)
    return {
        code.code: Found(code.id, code, subject)
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
