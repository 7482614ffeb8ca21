"""Operations on sharing: a job seeker opens or closes a section, makes or revokes a link."""

from collections.abc import Collection
from datetime import timedelta

from sqlmodel import Session, col, func, select

from ..core import audit, clock, limits
from ..core.errors import Invalid, Refusal
from ..core.indonesian import check_text, tidy
from ..core.locks import lock
from ..core.tokens import fingerprint, new_token
from ..people.models import Person
from ..profiles.queries import facts
from ..profiles.rules.sections import Section
from . import rules
from .models import Consent, ShareLink
from .queries.consent import active_consents


class NotASection(Refusal):
    message = "Bagian ini tidak dapat dibuka atau ditutup. Muat ulang halaman."


class ConsentChanged(Refusal):
    message = "Teks persetujuan sudah berubah. Muat ulang halaman, baca, lalu setujui lagi."


class TooManyLinks(Refusal):
    message = (
        "Tautan hari ini sudah terlalu banyak. Cabut yang tidak dipakai, atau coba lagi besok."
    )


class NoSuchLink(Refusal):
    message = "Tautan tidak ditemukan. Muat ulang halaman untuk melihat keadaan terbaru."


def open_section(session: Session, by: Person, section: str, *, version: str) -> None:
    """Open one of my sections to everyone, under the version of the consent text I have read."""
    chosen = _optional_section(section)
    if version != rules.CONSENT_VERSION:
        raise ConsentChanged
    _one_at_a_time(session, by)
    if any(row.section == chosen for row in active_consents(session, by.id)):
        return
    now = clock.now()
    session.add(Consent(person_id=by.id, section=chosen, text_version=version, opened=now))
    session.flush()
    _record(session, "open_section", by, f"{chosen.value}, teks {version}")


def close_section(session: Session, by: Person, section: str) -> None:
    """Close one of my sections; takes effect at once."""
    chosen = _optional_section(section)
    _one_at_a_time(session, by)
    for row in active_consents(session, by.id):
        if row.section == chosen:
            row.closed = clock.now()
            session.add(row)
            _record(session, "close_section", by, chosen.value)
    session.flush()


def share(
    session: Session,
    by: Person,
    *,
    recipient: str,
    purpose: str,
    hours: str,
    sections: Collection[str],
) -> str:
    """Create a link to some sections for one recipient; returns its token.

    Only a hash of the token is stored, so the link can't be shown again. Raises Invalid,
    TooManyLinks.
    """
    recipient, purpose = tidy(recipient), tidy(purpose)
    lasts, chosen = rules.duration_of(hours), [one for one in Section if one.value in set(sections)]
    if errors := _errors(recipient, purpose, lasts, chosen):
        raise Invalid(errors)
    _one_at_a_time(session, by)
    _check_limits(session, by)
    token, now = new_token(), clock.now()
    link = ShareLink(
        person_id=by.id,
        token_hash=fingerprint(token),
        recipient=recipient,
        purpose=purpose,
        sections=",".join(chosen),
        text_version=rules.CONSENT_VERSION,
        created=now,
        expires=now + (lasts or timedelta()),
    )
    session.add(link)
    session.flush()
    _record(session, "share_profile", by, f"{recipient}: {link.sections}, {hours} jam")
    return token


def revoke_link(session: Session, by: Person, public_id: str) -> None:
    """Revoke one of my links; takes effect at once, and twice changes nothing."""
    mine = select(ShareLink).where(ShareLink.public_id == public_id, ShareLink.person_id == by.id)
    link = session.exec(mine).first()
    if link is None:
        raise NoSuchLink
    if link.revoked is None:
        link.revoked = clock.now()
        session.add(link)
        _record(session, "revoke_share", by, link.recipient)


def _optional_section(section: str) -> Section:
    if section not in set(rules.OPTIONAL_SECTIONS):
        raise NotASection
    return Section(section)


def _errors(
    recipient: str, purpose: str, lasts: timedelta | None, chosen: list[Section]
) -> dict[str, str]:
    problems = {
        "recipient": "Tulis untuk siapa tautan ini, misalnya PT Maju."
        if not recipient
        else check_text(recipient, rules.MAX_RECIPIENT_LENGTH),
        "purpose": "Tulis untuk apa, misalnya melamar sebagai operator."
        if not purpose
        else check_text(purpose, rules.MAX_PURPOSE_LENGTH),
        "hours": "" if lasts else "Pilih berapa lama tautan berlaku.",
        "sections": "" if chosen else "Pilih sedikitnya satu bagian.",
    }
    return {name: problem for name, problem in problems.items() if problem}


def _check_limits(session: Session, by: Person) -> None:
    day = timedelta(days=1)
    if not limits.spend(session, f"share links of {by.id}", limit=rules.MAX_LINKS_PER_DAY, per=day):
        raise TooManyLinks
    live = select(func.count(col(ShareLink.id))).where(
        ShareLink.person_id == by.id,
        col(ShareLink.revoked).is_(None),
        col(ShareLink.expires) > clock.now(),
    )
    if session.exec(live).one() >= rules.MAX_VALID_LINKS:
        raise TooManyLinks


def _one_at_a_time(session: Session, by: Person) -> None:
    lock(session, f"consent of {by.id}")


def _record(session: Session, act: str, by: Person, detail: str) -> None:
    nik = facts.get_profile(session, by.id).nik
    audit.record(session, act, by=by, subject=by.public_id, nik=nik, detail=detail)
