"""Test data for cards: facts, a portrait, approved applications and issued cards."""

import hashlib
import io

from PIL import Image, ImageDraw

from barut_reflex.applications.models import ApplicationPaper
from barut_reflex.applications.status import Status
from barut_reflex.cards.service import issuing
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.storage import store
from barut_reflex.profiles.rules.facts import Facts

from .factories import make_application, make_document, save

FACTS = Facts(
    nik="6205050707000006",
    name="Bambang Susilo Hartono",
    birth_place="Muara Teweh",
    birth_date="2000-07-07",
    sex="Laki-laki",
    marital_status="Belum Kawin",
    religion="Islam",
    address="Jl. Pangeran Antasari",
    rt="1",
    rw="1",
    province="Kalimantan Tengah",
    regency="Kabupaten Barito Utara",
    district="Teweh Tengah",
    village="Melayu",
    phone="+6282312345678",
    education="S1",
    major="Teknik Informatika",
    graduation_year=2023,
    skills=["Operator komputer", "Mengemudi mobil (SIM A)"],
)
LONG_NAME = (
    "Raden Ayu Siti Nurhalizah Kusumawardhani Prawiradilaga Suryaningrat Wiryosumarto "
    "binti Haji Abdullah"
)
LONG_ADDRESS = (
    "Perumahan Bumi Barito Permai Blok C Nomor 17, Jalan Raya Negara Muara Teweh–Puruk Cahu "
    "Kilometer 12, Gang Keluarga Sejahtera, sebelah timur Masjid Al-Muhajirin, belakang "
    "Puskesmas Pembantu, depan Pasar"
)[:200]
assert (len(LONG_NAME), len(LONG_ADDRESS)) == (100, 200)


def portrait(size=(600, 800), mode="RGB", format="JPEG") -> bytes:
    """A face-like picture on the red ground offices ask for."""
    picture = Image.new("RGB", size, (170, 30, 30))
    width, height = size
    head = (width * 0.3, height * 0.2, width * 0.7, height * 0.6)
    ImageDraw.Draw(picture).ellipse(head, fill=(222, 184, 150))
    drawn = io.BytesIO()
    picture.convert(mode).save(drawn, format)
    return drawn.getvalue()


def give_application(session, *, holder, facts=FACTS, photo: bytes | None = None, **changes):
    """An approved application with a photo that is really there."""
    application = make_application(
        session,
        applicant=holder,
        status=Status.APPROVED,
        facts=facts.model_dump_json(),
        **{"nik": facts.nik, "name": facts.name} | changes,
    )
    content = photo or portrait()
    file, sha256 = store.add(content, "jpg"), hashlib.sha256(content).hexdigest()
    paper = make_document(session, owner=holder, kind=Kind.PHOTO, file=file, sha256=sha256)
    save(session, ApplicationPaper(application_id=application.id, document_id=paper.id))
    return application


def give_card(session, *, holder, officer, signatory=None, **changes):
    """A card issued now."""
    application = give_application(session, holder=holder, **changes)
    issued = issuing.issue(session, application, by=officer, signatory=signatory or officer)
    session.commit()
    return issued
