"""Makes the copy of a person's data as a ZIP, three a day, without secrets (UU PDP, article 7)."""

import json
import logging
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import IO

from sqlmodel import Session

from ..core import audit, clock, desks, limits, slow_work
from ..core.errors import Refusal
from ..core.indonesian import dated
from ..core.settings import settings
from ..people.models import Person
from . import queries

COPIES_PER_DAY = (3, timedelta(days=1))
README_TEXT = f"""Salinan data pribadi Anda di {settings.app_name}, {settings.office_name}.

data.json memuat semua isian dan catatan tentang Anda.
berkas/ memuat berkas Anda seperti yang disimpan kantor.

Simpan di tempat aman: siapa pun yang memegang salinan ini dapat membacanya.
Ada yang keliru, atau ingin dihapus? Tulis ke {settings.office_email}.
"""
log = logging.getLogger(__name__)


class TooManyCopies(Refusal):
    message = f"Data dapat diunduh {COPIES_PER_DAY[0]} kali sehari. Coba lagi besok."


def count_copy(session: Session, by: Person) -> None:
    """Count one download and audit it; `TooManyCopies` after three a day."""
    if not limits.spend_within(session, f"copy of data {by.id}", COPIES_PER_DAY):
        raise TooManyCopies
    nik = queries.nik_of(session, by)
    audit.record(session, "copy_own_data", by=by, subject=by.public_id, nik=nik)


def pack(session: Session, by: Person, file: IO[bytes]) -> None:
    """Write the copy into `file` as a ZIP: one JSON, and every file as it is stored. Slow."""
    data = my_data(session, by=by)
    files = desks.merge(lambda desk: desk.own_files(session, by))
    slow_work.release_connection(session)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("BACA-SAYA.txt", README_TEXT)
        bundle.writestr("data.json", json.dumps(data, indent=1, ensure_ascii=False))
        for name, read in files.items():
            _add(bundle, name, read)


def my_data(session: Session, *, by: Person) -> dict[str, object]:
    """All data about the person, in words, from every desk.

    Secrets, such as the hash of the password and codes, are left out.
    """
    parts = desks.merge(lambda desk: desk.own_data)
    return {
        "dibuat": dated(clock.now()),
        **{key: part(session, by) for key, part in parts.items()},
    }


def _add(bundle: zipfile.ZipFile, name: str, read: Callable[[], bytes]) -> None:
    """Add one file, uncompressed: pictures and PDF do not get smaller. A lost file is skipped."""
    try:
        bundle.writestr(name, read(), zipfile.ZIP_STORED)
    except Refusal:
        log.error("%s is missing from a copy", name)
