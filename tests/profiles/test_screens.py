"""The profile's steps through Reflex's own event pipeline, also with forged input."""

import asyncio
import hashlib
from contextlib import suppress

import pytest
from reflex.utils.format import format_event_handler
from sqlmodel import Session

from barut_reflex.core import db
from barut_reflex.core.errors import Refusal
from barut_reflex.people.service import sessions
from barut_reflex.profiles.queries import entries, facts
from barut_reflex.profiles.service import entries as profile_entries
from barut_reflex.profiles.web.entries import EntriesState
from barut_reflex.profiles.web.skills import SkillsState
from probes.factories import make_person, make_profile
from probes.form_values import ENTRIES
from probes.pipeline import pipeline

JOB = ENTRIES["experience"]


@pytest.fixture(scope="module")
def app():
    from barut_reflex.barut_reflex import app

    return app


@pytest.fixture
def people(file_office):
    """Ahmad with a job, and Siti, who is signed in."""
    with Session(db.engine, expire_on_commit=False) as session:
        ahmad, siti = make_person(session, name="Ahmad"), make_person(session, name="Siti")
        make_profile(session, person=siti)
        job = profile_entries.save_entry(session, ahmad, "experience", "", JOB)
        token = sessions.sign_in(session, siti.id, device="test")
        session.commit()
    return ahmad, siti, job, hashlib.sha256(token.encode()).hexdigest()


async def press(client, handler, **payload):
    with suppress(Refusal):
        await client.send(format_event_handler(handler), payload)


async def wait_for_words(socket, words):
    """The refusal comes as an event of its own, a moment later."""
    async with asyncio.timeout(10):
        while words not in socket.deltas("tab"):
            await asyncio.sleep(0.02)


def entries_of(person):
    with Session(db.engine, expire_on_commit=False) as session:
        return entries.entries_of(session, person.id)


async def test_an_entry_is_added_changed_and_removed(app, people):
    _, siti, _, sign_in = people
    async with pipeline(app) as (_, client_of):
        client = client_of("tab", sign_in=sign_in)
        await press(client, EntriesState.add, section="experience")
        await press(client, EntriesState.save, form=JOB)
        [saved] = entries_of(siti)
        await press(client, EntriesState.open, public_id=saved.public_id, mode="form")
        await press(client, EntriesState.save, form=JOB | {"title": "Kepala"})
        [changed] = entries_of(siti)
        await press(client, EntriesState.remove, public_id=saved.public_id)
    assert (changed.public_id, changed.title) == (saved.public_id, "Kepala")
    assert entries_of(siti) == []


async def test_a_refused_form_keeps_nothing_and_stays_open(app, people):
    _, siti, _, sign_in = people
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab", sign_in=sign_in)
        await press(client, EntriesState.add, section="experience")
        socket.updates.clear()
        await press(client, EntriesState.save, form=JOB | {"start": "2090"})
        await wait_for_words(socket, "belum tiba")
        assert "editor" not in socket.deltas("tab")
    assert entries_of(siti) == []


async def test_the_entry_of_somebody_else_cannot_be_opened_or_removed(app, people):
    ahmad, _, job, sign_in = people
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab", sign_in=sign_in)
        await press(client, EntriesState.open, public_id=job.public_id, mode="form")
        await press(client, EntriesState.remove, public_id=job.public_id)
        await wait_for_words(socket, "tidak ditemukan")
        assert JOB["organisation"] not in socket.deltas("tab")
    assert [row.public_id for row in entries_of(ahmad)] == [job.public_id]


@pytest.mark.parametrize("section", ["", "skills", "__class__", "'; DROP TABLE entry; --"])
async def test_a_made_up_section_takes_nothing(app, people, section):
    _, siti, _, sign_in = people
    async with pipeline(app) as (_, client_of):
        client = client_of("tab", sign_in=sign_in)
        await press(client, EntriesState.add, section=section)
        await press(client, EntriesState.save, form=JOB)
        await press(client, EntriesState.answer, section=section, value="some")
    assert entries_of(siti) == []


async def test_five_hundred_skills_at_once_are_refused_in_words(app, people):
    _, siti, _, sign_in = people
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab", sign_in=sign_in)
        many = "\n".join(f"Keahlian {n}" for n in range(500))
        await press(client, SkillsState.add, form={"skill": many})
        await wait_for_words(socket, "Paling banyak 20 baris, yang ditulis 500")
    with Session(db.engine) as session:
        assert facts.get_profile(session, siti.id).skills == ""
