"""Every place a SIAPkerja-ID is shown: each function tells approved from unchecked."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlmodel import select

from barut_reflex.attendance import queries as attendance_queries
from barut_reflex.attendance import service as attendance
from barut_reflex.attendance.rules import AttendancePurpose
from barut_reflex.core import clock
from barut_reflex.core.settings import settings
from barut_reflex.documents.models import Document
from barut_reflex.documents.rules import Kind
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.people.service import sessions
from barut_reflex.profiles.service import entries
from barut_reflex.profiles.service import facts as profiles
from barut_reflex.rights import service as rights
from barut_reflex.seal import codes
from barut_reflex.sharing import service as sharing
from barut_reflex.siapkerja.queries import digital as siapkerja_digital
from barut_reflex.siapkerja.queries import identities
from barut_reflex.siapkerja.service import digital
from barut_reflex.verify.service import withdrawn_list
from barut_reflex.verify.web import check
from probes.factories import known, make_document, make_person, save

from ..verify import list_reader

GREEN, UNCHECKED = "green", "unchecked"
SELF_DECLARED = "Data diisi sendiri oleh pemiliknya dan belum diperiksa petugas."
AMBER = (138, 83, 0)


def photo_of(session, person):
    photos = select(Document).where(Document.owner_id == person.id, Document.kind == Kind.PHOTO)
    return session.exec(photos.where(Document.replaced == None)).one()  # noqa: E711


def change_photo(session, person):
    old = photo_of(session, person)
    old.replaced = clock.now()
    facts = {"file": old.file, "sha256": old.sha256}
    save(session, old)
    make_document(session, owner=person, kind=Kind.PHOTO, **facts)
    session.commit()


def change(**values):
    def act(session, person):
        profiles.save_biodata(session, person, values, partial=True)
        profiles.save_school(session, person, values, partial=True)
        session.commit()

    return act


CHANGES = {
    "name": change(name="Dewi Lestari"),
    "nik": change(nik="6205050707000007"),
    "birth place": change(birth_place="Jakarta"),
    "birth date": change(birth_date="08/07/2000"),
    "sex": change(sex="Perempuan"),
    "education": change(education="S2"),
    "major": change(major="Kedokteran"),
    "year": change(graduation_year="2022"),
    "photo": change_photo,
}
OF_ONESELF = {
    "about": change(about="Rajin."),
    "phone": change(phone="081255556666"),
    "address": change(address="Jl. Merak 3"),
    "skills": lambda session, person: entries.add_skill(session, person, "Menari"),
}


# --- the surfaces: each says green or unchecked -------------------------------------------------


def code_of(session, person):
    identity = known(siapkerja_digital.find_identity(session, person.id))
    return siapkerja_digital.identity_code(session, identity).code


def on_check_page(session, person, browser):
    page = browser.get(f"/v/{code_of(session, person)}").text
    found = known(re.search(r'class="verdict (\w+)".*?data-verdict="(\w+)"', page))
    tone, word = found.groups()
    if word == "valid":
        assert tone == "good" and check.SAME_AS_APPROVED in page
        return GREEN
    assert (tone, word) == ("warn", "unchecked")
    assert "BELUM DIPERIKSA" in page and SELF_DECLARED in page
    for certified in ("Kartu asli", "Diterbitkan oleh", 'verdict good"'):
        assert certified not in page
    return UNCHECKED


def by_status(session, person, browser):
    said = browser.post(f"/periksa/status/{code_of(session, person)}").json()
    assert said["word"] == {"valid": "BERLAKU", "unchecked": "BELUM DIPERIKSA"}[said["verdict"]]
    return GREEN if said["verdict"] == "valid" else UNCHECKED


def on_the_list(session, person, browser):
    code = codes.decode(code_of(session, person))
    return list_reader.judge(withdrawn_list.signed_list(session), code) or GREEN


def on_own_card(session, person, browser):
    own = siapkerja_digital.my_digital_card(session, person)
    assert (own.kind, own.is_checked) == ("SIAPkerja-ID", own.card.tone == "success")
    assert own.card.state == ("Berlaku" if own.is_checked else "Belum Diperiksa")
    assert own.is_checked or own.advice
    return GREEN if own.is_checked else UNCHECKED


def in_the_pdf(session, person, browser):
    _, content = digital.draw_digital_pdf(session, person)
    page = PdfReader(io.BytesIO(content)).pages[0]
    words = page.extract_text()
    if "Berlaku\n" in words:
        return GREEN
    assert "BELUM DIPERIKSA" in words and settings.office_name not in words
    return UNCHECKED


def in_the_picture(session, person, browser):
    _, content = digital.draw_digital_png(session, person)
    band = Image.open(io.BytesIO(content)).getpixel((3, 3))
    return UNCHECKED if band == AMBER else GREEN


def on_the_phone(session, person, browser):
    browser.cookies.set(COOKIE, sessions.sign_in(session, person.id))
    session.commit()
    page = browser.get("/kartu-saya/").text
    browser.cookies.clear()
    if 'class="state success"' in page:
        return GREEN
    assert "<h1>BELUM DIPERIKSA</h1>" in page and SELF_DECLARED in page
    assert 'class="band unchecked"' in page and settings.office_name not in page
    return UNCHECKED


def in_the_office(session, person, browser):
    (row,) = identities.list_identities(session, person, person.name)
    if (row.state, row.tone) == ("Berlaku", "success"):
        return GREEN
    assert (row.state, row.tone) == ("Belum Diperiksa", "warning")
    return UNCHECKED


def behind_a_link(session, person, browser):
    about = {"recipient": "PT Maju", "purpose": "melamar", "hours": "24", "sections": ["about"]}
    token = sharing.share(session, person, **about)
    session.commit()
    page = browser.get(f"/bagikan/{token}").text
    if check.SAME_AS_APPROVED in page:
        return GREEN
    assert 'class="warn told"' in page and SELF_DECLARED in page
    return UNCHECKED


def at_the_door(session, person, browser):
    rina = make_person(session, name="Wati", role="officer")
    digits = attendance.make_access_code(session, person).digits
    why = AttendancePurpose.ATTENDANCE
    came = attendance.check_in(session, rina, digits, purpose=why)
    session.commit()
    assert attendance_queries.today(session, rina).rows[0].is_checked == came.is_checked
    return GREEN if came.is_checked else UNCHECKED


def in_the_data_copy(session, person, browser):
    data: Any = rights.my_data(session, by=person)
    is_checked = data["siapkerja_id"]["diperiksa_petugas"]
    return GREEN if is_checked else UNCHECKED


SURFACES = [
    on_check_page, by_status, on_the_list, on_own_card, in_the_pdf, in_the_picture, on_the_phone,
    in_the_office, behind_a_link, at_the_door, in_the_data_copy,
]  # fmt: skip
surfaces = pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.__name__)
