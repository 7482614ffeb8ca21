"""Query of the staff page `/admin/siapkerja`: the newest SIAPkerja-IDs, searched by name."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from ...cards.dates import STATE_LABELS
from ...cards.queries.lookup import TONES
from ...core import views
from ...core.figures import MAX_SEARCH_LENGTH
from ...core.indonesian import long_date, searchable
from ...people.models import Person
from ...profiles.queries import facts
from ..models import Identity
from .approved import is_checked
from .digital import identity_code, identity_state

ROWS_SHOWN = 50


@dataclass
class IdentityRow:
    """One SIAPkerja-ID in the list; `reason` is why it was revoked."""

    public_id: str
    name: str
    state: str
    tone: str
    created: str
    valid_until: str
    reason: str
    is_revoked: bool


def _seen(_session: Session, rows: list[IdentityRow], search: str) -> views.View | None:
    return views.list_view("siapkerja", len(rows), search=search)


@views.audited(_seen)
def list_identities(session: Session, by: Person, search: str) -> list[IdentityRow]:
    """The newest SIAPkerja-IDs whose holder's account name contains `search`. For staff."""
    found = select(Identity, Person).join(Person, col(Person.id) == col(Identity.holder_id))
    if words := searchable(search[:MAX_SEARCH_LENGTH]):
        found = found.where(col(Person.search_name).contains(words, autoescape=True))
    newest = found.order_by(col(Identity.id).desc()).limit(ROWS_SHOWN)
    return [_row(session, identity, holder) for identity, holder in session.exec(newest)]


def _row(session: Session, identity: Identity, holder: Person) -> IdentityRow:
    code = identity_code(session, identity)
    checked = is_checked(session, identity, code)
    state = identity_state(identity, code, is_checked=checked)
    return IdentityRow(
        public_id=identity.public_id,
        name=facts.get_profile(session, holder.id).name or holder.name,
        state=STATE_LABELS[state],
        tone=TONES[state],
        created=long_date(identity.created),
        valid_until=long_date(code.valid_until),
        reason=identity.revoke_reason,
        is_revoked=identity.revoked is not None,
    )
