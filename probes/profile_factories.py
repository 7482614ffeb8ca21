"""Test data for profiles: a complete profile with one job and a photo."""

import hashlib

from barut_reflex.documents.rules import Kind
from barut_reflex.documents.storage import store
from barut_reflex.profiles.models import Entry

from .card_factories import portrait
from .factories import LONG_AGO, make_document, make_profile, save

NOTHING_IN = "training certificates"


def make_whole(session, *, person, **changes):
    """A complete profile with one job, and a photo that is really there."""
    facts = {
        "skills": "Operator komputer\nMengelas",
        "school": "Universitas Palangka Raya",
        "about": "Teknisi yang teliti.",
        "domicile": "Sama dengan alamat KTP",
        "occupation": "2512",
        "nothing_in": NOTHING_IN,
    }
    profile = make_profile(session, person=person, **facts | changes)
    content = portrait()
    file, sha256 = store.add(content, "jpg"), hashlib.sha256(content).hexdigest()
    make_document(session, owner=person, kind=Kind.PHOTO, file=file, sha256=sha256)
    add_job(session, person=person)
    return profile


def add_job(session, *, person, **changes):
    facts = {
        "person_id": person.id,
        "section": "experience",
        "title": "Juru Las",
        "organisation": "CV Sungai Teweh",
        "kind": "Penuh Waktu",
        "place": "Dalam Negeri",
        "location": "Muara Teweh",
        "start": "2021-06",
        "is_current": True,
        "description": "Mengelas rangka baja.",
        "updated": LONG_AGO,
    }
    return save(session, Entry(**facts | changes))
