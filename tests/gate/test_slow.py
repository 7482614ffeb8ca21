"""Every service called through `slow` returns its connection before its slow part."""

import ast
import io
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from barut_reflex.accounts.models import Registration, ResetLink
from barut_reflex.accounts.service import login, reset, sign_up, staff
from barut_reflex.applications import service as applications
from barut_reflex.cards.service import printing, printing_many
from barut_reflex.core import clock, db, slow_work
from barut_reflex.core.settings import settings
from barut_reflex.documents.models import Document
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import uploads, views
from barut_reflex.documents.storage import quarantine
from barut_reflex.people.rules import Role
from barut_reflex.people.service import passwords
from barut_reflex.profiles.service import papers
from barut_reflex.rights import service as rights
from barut_reflex.sharing.models import ShareLink
from barut_reflex.siapkerja.service import digital
from barut_reflex.verify.service import shared_profile
from probes.card_factories import give_card
from probes.factories import known, make_person, make_profile, save
from probes.files.genuine import jpeg
from probes.profile_factories import add_job

from .. import databases
from ..accounts.conftest import PASSWORD, sign_up_form

ROOT = Path(__file__).parents[2] / "barut_reflex"
STAFF_FORM = sign_up_form(email="yuli@contoh.id") | {
    "staff_kind": "PNS",
    "staff_number": "198501012010012001",
    "position": "Pengantar Kerja",
    "role": str(Role.OFFICER),
}
SLOW = {"slow", "slow_as_guest"}
READS_NOTHING = {"prepare_sign_up", "prepare_staff", "prepare_temporary_password"}


def services_given_to_slow() -> set[str]:
    """By name, as the screens and routes give them."""
    found = set()
    for path in ROOT.rglob("web/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SLOW:
                work = node.args[2]
                assert isinstance(work, ast.Attribute)
                found.add(work.attr)
    return found


@dataclass
class Scene:
    """One service and what it gets; `by` is who acts."""

    service: Any
    args: tuple = ()
    by: str = ""
    kwargs: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def scenes(file_office, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "var", tmp_path / "var")
    monkeypatch.setattr(settings, "uploads", tmp_path / "uploaded_files")
    monkeypatch.setattr(settings, "self_print", True)
    (tmp_path / "var").mkdir()
    with Session(file_office, expire_on_commit=False) as session:
        found = _scenes(session)
        session.commit()
    return found


def _scenes(session) -> list[Scene]:
    hashed = passwords.hash_password(session, PASSWORD)
    ahmad = make_person(session, name="Ahmad", password_hash=hashed)
    siti = make_person(session, name="Siti")
    rina = make_person(session, name="Rina", role=Role.OFFICER, position="Pengantar Kerja")
    yuli = make_person(session, name="Yuli", password_hash=hashed, must_change_password=True)
    make_profile(session, person=ahmad)
    card = give_card(session, holder=ahmad, officer=rina)
    photo = known(session.exec(select(Document).where(Document.owner_id == ahmad.id)).first())
    job = add_job(session, person=ahmad)
    new = {"password": "Rotan9?hanyut-Pagi", "again": "Rotan9?hanyut-Pagi"}
    sign_in = {"sign_in": "a" * 64}
    ticket, hers = _tickets(session, ahmad), _tickets(session, siti)
    return [
        Scene(login.check_password, (ahmad.email, PASSWORD)),
        Scene(sign_up.find_waiting_sign_up, (_waiting(session, hashed), PASSWORD)),
        Scene(login.renewed_hash, (ahmad.id, PASSWORD)),
        Scene(sign_up.prepare_sign_up, (sign_up_form(),)),
        Scene(staff.prepare_staff, (STAFF_FORM,)),
        Scene(staff.prepare_temporary_password),
        Scene(reset.prepare_new_password, (new,), "", {"link": _link(session, ahmad)}),
        Scene(staff.prepare_first_password, (new,), yuli.email),
        Scene(applications.rebuild_paper, (Kind.PHOTO, hers(Kind.PHOTO)), siti.email, sign_in),
        Scene(papers.rebuild_photo, (ticket(Kind.PHOTO),), ahmad.email, sign_in),
        Scene(papers.rebuild_proof, (job.public_id, ticket(Kind.PROOF)), ahmad.email, sign_in),
        Scene(views.open_paper, (photo.public_id,), ahmad.email),
        Scene(printing.draw_card, (card.public_id,), ahmad.email),
        Scene(printing_many.draw_cards, ([card.public_id],), rina.email),
        Scene(rights.pack, (io.BytesIO(),), ahmad.email),
        Scene(digital.phone_card, (), ahmad.email),
        Scene(digital.draw_digital_pdf, (), ahmad.email),
        Scene(digital.draw_digital_png, (), ahmad.email),
        Scene(shared_profile.preview_sheet, ("",), ahmad.email),
        Scene(shared_profile.link_sheet, (_share(session, ahmad),)),
    ]


def _waiting(session, hashed) -> str:
    facts = {"name": "Dewi", "email": "dewi@contoh.id", "mailbox": "dewi@contoh.id"}
    save(session, Registration(flow="f" * 64, password_hash=hashed, created=clock.now(), **facts))
    return "dewi@contoh.id"


def _link(session, person) -> str:
    ends = clock.now() + timedelta(minutes=5)
    save(
        session,
        ResetLink(token_hash="c" * 64, person_id=person.id, created=clock.now(), expires=ends),
    )
    return "c" * 64


def _share(session, person) -> int:
    link = ShareLink(
        person_id=person.id,
        token_hash="d" * 64,
        recipient="PT Maju",
        purpose="melamar",
        sections="experience",
        text_version="1",
        created=clock.now(),
        expires=clock.now() + timedelta(hours=1),
    )
    return save(session, link).id


def _tickets(session, person):
    def ticket(kind) -> list[str]:
        name, handle = quarantine.open_quarantine()
        with handle:
            handle.write(content := jpeg())
        size, shown = len(content), "foto.jpg"
        given = (kind, name, size, shown)
        return [uploads.issue_ticket(session, person, *given, sign_in="a" * 64)]

    return ticket


def play(scene: Scene) -> str:
    """As the door of `look` does it; what came of it."""
    try:
        with db.reading() as session:
            by = [login.find_by_email(session, scene.by)] if scene.by else []
            scene.service(session, *by, *scene.args, **scene.kwargs)
    except slow_work.ConnectionHeld:
        return "holds a connection"
    return "done"


def name_of(scene: Scene) -> str:
    return scene.service.__name__


def test_every_service_given_to_slow_has_its_scene(scenes):
    assert services_given_to_slow() == set(map(name_of, scenes))


def test_none_of_them_holds_a_connection_while_it_is_slow(scenes, file_office, monkeypatch):
    monkeypatch.setattr(settings, "bcrypt_cost", 5)  # so that `renewed_hash` makes one
    held: dict[str, list[int]] = {}
    guard = slow_work.ensure_no_connection_held

    def watch():
        guard()
        held[playing].append(databases.held(file_office))

    monkeypatch.setattr(slow_work, "ensure_no_connection_held", watch)
    for scene in scenes:
        playing = name_of(scene)
        held[playing] = []
        assert play(scene) == "done", playing
    assert all(held.values()), "some of them were not slow at all"
    assert {number for each in held.values() for number in each} == {0}


def test_without_letting_go_each_is_found(scenes, monkeypatch):
    monkeypatch.setattr(settings, "bcrypt_cost", 5)
    monkeypatch.setattr(slow_work, "release_connection", lambda session: None)
    found = {name_of(scene) for scene in scenes if play(scene) == "holds a connection"}
    assert found == set(map(name_of, scenes)) - READS_NOTHING
