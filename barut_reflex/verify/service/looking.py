"""Looks through a QR, counted and noted: those of a whole crowd in a handful of statements."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ...cards.models import Card
from ...cards.service.printing import view_of
from ...core import clock, limits, quick, views
from ...core.errors import Refusal
from ...core.kept import Kept
from ...people.models import Person
from ...people.rules import STAFF
from ...people.service import sessions
from ...profiles.queries import facts
from ...seal import codes as seal_codes
from ...seal import keys as seal_keys
from ...seal.models import Code
from ...seal.rules import PayloadKind
from ...sharing.rules import Viewer, place_of
from ...siapkerja.models import Identity
from .. import stamps
from ..models import PageStamp

MINUTE = timedelta(minutes=1)
VIEWS_OF_A_CODE = 30  # a minute, of all who scan it
VIEWS_OF_AN_ADDRESS = 600  # a minute; a village or a job fair may share one address
NOTE = ("holder_id", "card_id", "identity_id", "viewer", "viewer_id", "place")


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
    """A code that was given out: whose it is, and under which stamp and keys that was read."""

    kind: PayloadKind
    row: int
    code: str
    subject: int  # the row of its card or SIAPkerja-ID
    holder_id: int
    stamp: int | None
    keys: int


@dataclass(frozen=True)
class Counted:
    """A look that was counted. `proof` is another one as soon as the page may be another one.

    `is_officer` is an officer's look at the whole page, which stands in the trail.
    """

    found: Found
    is_officer: bool
    day: date

    @property
    def proof(self) -> tuple:
        return self.found.stamp, self.found.keys, self.day


_SUBJECTS: dict[PayloadKind, Any] = {PayloadKind.AK1: Card, PayloadKind.SIAPKERJA_ID: Identity}
_known: Kept[str, Found] = Kept(5000)  # codes whose signature was found good


def scan(
    session: Session, code: str, *, address: str, sign_in: str, wants_page: bool = True
) -> tuple[Found, bool]:
    """Count and note one look through a QR; gives the code's row and whether an officer sees all.

    Raises what `scan_all` gives as an answer.
    """
    (answer,) = scan_all(session, [Scan(code, address, sign_in, wants_page)])
    if isinstance(answer, Refusal):
        raise answer
    return answer.found, answer.is_officer


def scan_all(session: Session, scans: Sequence[Scan]) -> list[Counted | Refusal]:
    """Count and note looks in the order they came; an answer for each.

    Unknown and forged codes are `UnknownCode` alike; past 30 looks a minute at a code or 600
    from an address it is `TooManyViews`.
    """
    written = [f"check {seal_codes.canonical(scan.code)}" for scan in scans]
    callers = [_by_address(scan.address) for scan in scans]
    tries = limits.Tries(session, {*written, *callers}, per=MINUTE)
    let_in = [tries.spend(caller, limit=VIEWS_OF_AN_ADDRESS) for caller in callers]
    found = _find(session, {scan.code for scan, is_in in zip(scans, let_in, strict=True) if is_in})
    notes: list[tuple] = []
    answers: list[Counted | Refusal] = []
    for one, key, is_in in zip(scans, written, let_in, strict=True):
        if is_in and one.code not in found:
            answers.append(UnknownCode())
        elif is_in and tries.spend(key, limit=VIEWS_OF_A_CODE):
            answers.append(_seen(session, one, found[one.code], notes))
        else:
            answers.append(TooManyViews())
    tries.write()
    quick.add(session, "cardview", NOTE, notes, clock.now())
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


def _by_address(address: str) -> str:
    return f"check from {address}"


def _seen(session: Session, one: Scan, found: Found, notes: list[tuple]) -> Counted:
    viewer = sessions.find_person(session, one.sign_in) if one.sign_in else None
    kind, is_card = kind_of(viewer, found.holder_id), found.kind is PayloadKind.AK1
    card, identity = (found.subject, None) if is_card else (None, found.subject)
    viewer_id, place = viewer.id if viewer else None, place_of(one.address)
    notes.append((found.holder_id, card, identity, kind.name, viewer_id, place))
    is_full = kind is Viewer.OFFICER and one.wants_page
    if viewer and is_full and views.is_new(session, view := _view(session, found), by=viewer):
        views.note(session, view, by=viewer)
    return Counted(found, is_full, clock.today())


def _view(session: Session, found: Found) -> views.View:
    """What an officer sees is more than others see; it stands in the trail."""
    if found.kind is PayloadKind.AK1:
        return view_of(session, views.Seen.CARD, session.get_one(Card, found.subject))
    identity = session.get_one(Identity, found.subject)
    holder = session.get_one(Person, found.holder_id)
    nik = facts.get_profile(session, found.holder_id).nik
    return views.View(views.Seen.IDENTITY, holder.public_id, nik, identity.public_id)


def _find(session: Session, codes: Collection[str]) -> dict[str, Found]:
    """The codes signed by us that are the very ones we gave out, as they were spelled.

    One that was found before is believed while keys and stamp are what they were then.
    """
    keys = seal_keys.keys_mark()
    spelled = {code: seal_codes.canonical(code) for code in codes if code.isascii()}
    known = {text: one for text in spelled.values() if (one := _known.get(text))}
    now = stamps.of(session, {one.holder_id for one in known.values()})
    good = {
        text: one
        for text, one in known.items()
        if one.keys == keys and one.stamp == now.get(one.holder_id)
    }
    for one in _look_up(session, [text for text in spelled.values() if text not in good], keys):
        good[one.code] = one
        _known.put(one.code, one)
    return {code: good[text] for code, text in spelled.items() if text in good}


def _look_up(session: Session, texts: Collection[str], keys: int) -> list[Found]:
    signed: dict[PayloadKind, dict[str, str]] = {kind: {} for kind in _SUBJECTS}
    for text in texts:
        with suppress(seal_codes.NotOurs):
            payload = seal_codes.decode(text)
            signed[payload.kind][text] = payload.code_id
    return [
        Found(kind, row, text, subject, holder, stamp, keys)
        for kind, ids in signed.items()
        for row, text, subject, holder, stamp in _rows(session, kind, ids.values())
        if text in ids
    ]


def _rows(session: Session, kind: PayloadKind, ids: Collection[str]) -> Sequence[Any]:
    """Code, owner and stamp by one statement, so that no change can come between them."""
    if not ids:
        return []
    subjects = _SUBJECTS[kind]
    columns: list[Any] = [Code.id, Code.code, subjects.id, subjects.holder_id, PageStamp.stamp]
    wanted = select(*columns).join(subjects, subjects.id == Code.subject_id)
    joined = wanted.outerjoin(PageStamp, col(PageStamp.person_id) == subjects.holder_id)
    given = col(Code.kind) == kind, col(Code.code_id).in_(ids)
    return session.execute(joined.where(*given)).all()
