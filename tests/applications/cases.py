"""Makes people who have everything an application needs."""

from barut_reflex.documents.rules import Kind
from probes.factories import make_document, make_profile

REQUIRED = (Kind.ID_CARD, Kind.FAMILY_CARD, Kind.PHOTO, Kind.DIPLOMA)


def make_ready(session, person, **changes):
    """A person with a whole profile and all papers it asks for."""
    profile = make_profile(session, person=person, **changes)
    for number, kind in enumerate(REQUIRED):
        make_document(session, owner=person, kind=kind, sha256=f"{number}" * 64)
    return profile
