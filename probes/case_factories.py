"""Test data for reviews: a case (submitted application), its papers, its first history row."""

from datetime import timedelta

from barut_reflex.applications.models import Application, ApplicationPaper
from barut_reflex.applications.status import MACHINE, Action, Status
from barut_reflex.core.indonesian import searchable
from barut_reflex.core.models import StatusMove
from barut_reflex.documents.rules import Kind
from barut_reflex.profiles.rules.facts import Facts

from .factories import LONG_AGO, make_application, make_document, save

NIK = "6205050707000006"


def make_case(session, *, applicant, nik=NIK, seal="1" * 64, **changes) -> Application:
    """Sent by `applicant`, with facts, four papers and its first history row."""
    name = changes.pop("name", applicant.name)
    minutes = changes.pop("minutes", 0)
    facts = Facts(nik=nik, name=name, **FACTS | changes.pop("facts", {}))
    sent = LONG_AGO + timedelta(minutes=minutes)
    own = {"nik": nik, "name": name, "search_name": searchable(name), "seal": seal}
    own |= {"facts": facts.model_dump_json(), "submitted": sent}
    case = make_application(session, applicant=applicant, **own | changes)
    for kind in (Kind.ID_CARD, Kind.FAMILY_CARD, Kind.PHOTO, Kind.DIPLOMA):
        paper = make_document(session, owner=applicant, kind=kind)
        session.add(ApplicationPaper(application_id=case.id, document_id=paper.id))
    note_move(session, case, Action.SUBMIT, by=applicant, after=Status.SUBMITTED, at=sent)
    return case


def note_move(session, case, action, *, by, after, at=LONG_AGO, before=Status.DRAFT):
    facts = {"machine": MACHINE.name, "subject_id": case.id, "actor_id": by.id, "at": at}
    return save(session, StatusMove(**facts, action=action, before=before, after=after))


FACTS = {
    "birth_place": "Muara Teweh",
    "birth_date": "2000-07-07",
    "sex": "Laki-laki",
    "marital_status": "Belum Kawin",
    "religion": "Islam",
    "address": "Jl. Pangeran Antasari",
    "rt": "1",
    "rw": "2",
    "province": "Kalimantan Tengah",
    "regency": "Kabupaten Barito Utara",
    "district": "Teweh Tengah",
    "village": "Melayu",
    "phone": "+6282312345678",
    "education": "S1",
    "major": "Teknik Informatika",
    "graduation_year": 2023,
    "skills": ["Las listrik", "Komputer"],
}
