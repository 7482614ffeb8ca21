"""Makes a person with a row in every table about people."""

import hashlib
from datetime import timedelta

from sqlmodel import select

from barut_reflex.applications import service as applications
from barut_reflex.applications.models import ApplicationPaper
from barut_reflex.applications.status import Action
from barut_reflex.attendance.models import Attendance
from barut_reflex.attendance.rules import AttendancePurpose
from barut_reflex.cards.models import CardPrint, Placement, ReportingVisit
from barut_reflex.cards.service import issuing
from barut_reflex.core import clock
from barut_reflex.documents.models import Document
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.storage import store
from barut_reflex.people.service import sessions
from barut_reflex.seal.models import Code
from barut_reflex.seal.rules import PayloadKind
from barut_reflex.sharing import service as sharing
from barut_reflex.sharing.models import CardView, ShareLink
from barut_reflex.sharing.rules import CONSENT_VERSION, Viewer
from barut_reflex.siapkerja.service import identity
from probes.card_factories import FACTS
from probes.factories import make_application, make_document, save
from probes.profile_factories import make_whole

PHOTO, DIPLOMA = "1" * 36, "2" * 36  # public ids


def fill(session, person, *, officer):
    """The person with profile, papers, application, card, digital card, views and visits."""
    make_whole(session, person=person)
    photo = session.exec(select(Document).where(Document.owner_id == person.id)).one()
    photo.public_id = PHOTO
    content = b"%PDF-1.7 diploma"
    make_document(
        session,
        owner=person,
        kind=Kind.DIPLOMA,
        public_id=DIPLOMA,
        media_type="application/pdf",
        original_name="ijazah.pdf",
        file=store.add(content, "pdf"),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    identity.open_identity(session, person)
    _give_card(session, person, photo, officer)
    _let_be_seen(session, person, officer)
    sessions.sign_in(session, person.id, device="Firefox")
    session.commit()


def _give_card(session, person, photo, officer):
    facts = FACTS.model_dump_json()
    application = make_application(session, applicant=person, facts=facts)
    save(session, ApplicationPaper(application_id=application.id, document_id=photo.id))
    applications.move(session, application, Action.APPROVE, by=officer, note="Lengkap.")
    card = issuing.issue(session, application, by=officer, signatory=officer)
    now = clock.now()
    done = {"card_id": card.id, "by_id": officer.id, "at": now}
    save(session, CardPrint(**done))
    save(session, ReportingVisit(on=clock.today(), **done))
    save(session, Placement(on=clock.today(), employer="PT Sinar Barito", **done))
    applications.close(session, application.id)
    save(session, CardView(holder_id=person.id, card_id=card.id, viewer=Viewer.PUBLIC, at=now))


def _let_be_seen(session, person, officer):
    sharing.open_section(session, person, "contact", version=CONSENT_VERSION)
    now = clock.now()
    link = ShareLink(
        person_id=person.id,
        token_hash="t" * 64,
        recipient="PT Maju",
        purpose="Lamaran",
        sections="experience,contact",
        text_version=CONSENT_VERSION,
        created=now,
        expires=now + timedelta(days=1),
    )
    save(session, link)
    seen = {"viewer": Viewer.LINK, "place": "Internet", "at": now}
    save(session, CardView(holder_id=person.id, share_id=link.id, **seen))
    code = Code(
        kind=PayloadKind.ACCESS,
        subject_id=person.id,
        code_id="c" * 20,
        valid_until=clock.today(),
        created=now,
    )
    save(session, code)
    came = {
        "purpose": AttendancePurpose.ATTENDANCE,
        "event": "Pelatihan",
        "seen": now,
        "noted": now,
    }
    visit = Attendance(access_code_id=code.id, holder_id=person.id, by_id=officer.id, **came)
    save(session, visit)
