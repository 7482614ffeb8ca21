"""The job seeker's three pages of an application, through Reflex's own event pipeline."""

import asyncio
import hashlib
from contextlib import suppress

import pytest
from reflex.utils.format import format_event_handler
from sqlmodel import Session, select

from barut_reflex.applications import queries as application_queries
from barut_reflex.applications import service as applications
from barut_reflex.applications.models import Application
from barut_reflex.applications.status import Action, Status
from barut_reflex.applications.web.papers import PapersState
from barut_reflex.applications.web.personal import PersonalState
from barut_reflex.core import db
from barut_reflex.core.errors import Refusal
from barut_reflex.core.settings import settings
from barut_reflex.documents.service import attachments
from barut_reflex.home.web.seeker import HomeState
from barut_reflex.people.rules import Role
from barut_reflex.people.service import sessions
from barut_reflex.profiles.queries import facts
from probes.factories import make_person
from probes.form_values import PERSONAL_FORM
from probes.pipeline import pipeline

from .cases import make_ready


@pytest.fixture(scope="module")
def app():
    from barut_reflex.barut_reflex import app

    return app


@pytest.fixture
def people(file_office):
    with Session(db.engine, expire_on_commit=False) as session:
        seeker = make_person(session, name="Ahmad")
        officer = make_person(session, name="Rina", role=Role.OFFICER)
        make_ready(session, seeker)
        token = sessions.sign_in(session, seeker.id, device="test")
        session.commit()
    return seeker, officer, hashlib.sha256(token.encode()).hexdigest()


async def press(client, handler, payload=None):
    """Send an event as the page does; a refusal is told to the page, not to the test."""
    with suppress(Refusal):
        await client.send(format_event_handler(handler), payload)


def papers_of(session, person):
    return {paper.id for paper in attachments.current_papers(session, person.id).values()}


def read(question):
    with Session(db.engine, expire_on_commit=False) as session:
        return question(session)


async def test_a_field_left_with_an_error_keeps_the_focus_where_the_person_is(app, people):
    seeker, _, sign_in = people
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab", sign_in=sign_in)
        await press(client, PersonalState.leave, {"name": "nik", "value": "123"})
        said = socket.deltas("tab")
        assert "NIK harus 16 angka" in said
        assert "_focus" not in events_of(socket)
        await press(client, PersonalState.leave, {"name": "rt", "value": "7"})
    assert "Tersimpan " in socket.deltas("tab")
    kept = read(lambda session: facts.get_profile(session, seeker.id))
    assert (kept.nik, kept.rt) == ("6205050707000006", "7")


async def test_simpan_with_an_error_moves_the_focus_to_it(app, people):
    _, _, sign_in = people
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab", sign_in=sign_in)
        await press(client, PersonalState.save, {"form": PERSONAL_FORM | {"nik": "123"}})
        await _until(lambda: "_focus" in events_of(socket))
        assert "_redirect" not in events_of(socket)
        await press(client, PersonalState.save, {"form": PERSONAL_FORM})
    assert "_redirect" in events_of(socket)


async def test_choosing_a_district_brings_its_villages(app, people):
    _, _, sign_in = people
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab", sign_in=sign_in)
        choice = {"name": "district", "value": "62.05.01"}
        await press(client, PersonalState.leave, choice)
    assert "Montallat I" in socket.deltas("tab")
    assert "Lanjas" not in socket.deltas("tab")


async def test_a_field_that_is_none_of_the_form_changes_nothing(app, people):
    seeker, _, sign_in = people
    before = read(lambda session: facts.get_profile(session, seeker.id).model_dump())
    async with pipeline(app) as (_, client_of):
        client = client_of("tab", sign_in=sign_in)
        for name in ("person_id", "updated", "__class__", "education"):
            await press(client, PersonalState.leave, {"name": name, "value": "1"})
    assert read(lambda session: facts.get_profile(session, seeker.id).model_dump()) == before


@pytest.mark.parametrize("kind", ["photo", "../photo", ""])
async def test_a_ticket_that_is_not_mine_attaches_nothing(app, people, kind):
    seeker, _, sign_in = people
    before = read(lambda session: papers_of(session, seeker))
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab", sign_in=sign_in)
        form = {"kind": kind, "tickets": "fremd", "size": "9", "name": "x.jpg"}
        await press(client, PapersState.receive, {"form": form})
        await _until(lambda: "tidak" in socket.deltas("tab"))
    assert read(lambda session: papers_of(session, seeker)) == before


async def test_pressing_send_twice_sends_once(app, people):
    seeker, _, sign_in = people
    with db.writing() as session:
        applications.start_new(session, seeker)
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab", sign_in=sign_in)
        await press(client, HomeState.submit)
        await press(client, HomeState.submit)
        await _until(lambda: "Status pengajuan sudah berubah" in socket.deltas("tab"))
    [sent] = read(lambda session: session.exec(select(Application)).all())
    assert (sent.status, sent.version) == (Status.SUBMITTED, 1)


async def test_an_open_page_shows_the_officers_decision_by_itself(app, people, monkeypatch):
    seeker, officer, sign_in = people
    monkeypatch.setattr(settings, "live_every_of_seekers", 0.05)
    monkeypatch.setattr(settings, "live_every", 3600)
    with db.writing() as session:
        applications.start_new(session, seeker)
        sent = applications.submit(session, seeker)
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab", sign_in=sign_in)
        watching = asyncio.create_task(press(client, HomeState.watch))
        await _until(lambda: "Menunggu Verifikasi" in socket.deltas("tab"))
        assert "Foto KTP buram" not in socket.deltas("tab")
        with db.writing() as session:
            mine = application_queries.get_application(session, sent.public_id)
            applications.move(session, mine, Action.RETURN, by=officer, note="Foto KTP buram")
        await _until(lambda: "Foto KTP buram" in socket.deltas("tab"))
        watching.cancel()
    assert "Ditolak" in socket.deltas("tab")


def events_of(socket):
    return str([update.events for _, update in socket.updates])


async def _until(is_so):
    async with asyncio.timeout(20):
        while not is_so():
            await asyncio.sleep(0.02)
