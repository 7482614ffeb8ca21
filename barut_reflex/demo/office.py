"""Creates the demo's accounts to sign in with, and invented people from sign-up to being hired."""

import json
import logging
import secrets
import time
from datetime import datetime, timedelta

from sqlmodel import func, select

from ..applications import service as applications
from ..cards.service import after_issue
from ..core import clock, db, schema
from ..core.errors import Refusal
from ..core.settings import settings
from ..people.models import Person
from . import acts
from .people import DemoPerson, demo_person

PEOPLE = 150
HEAD = ("Budi Santoso, S.Sos., M.Si.", "budi@disnaker.contoh.id", "197604121998031004")
OFFICERS = [
    ("Rina Kartika, S.E.", "rina@disnaker.contoh.id", "PNS", "198803142011012006"),
    ("Yohanes Dohong, S.Kom.", "yohanes@disnaker.contoh.id", "PPPK", "199009132025211014"),
    ("Norlaila, A.Md.", "norlaila@disnaker.contoh.id", "PNS", "199207252015022003"),
]
SEEKER_STAGES = ["new", "personal", "complete", "submitted", "returned", "approved"]
RETURN_NOTE = "Foto KTP kurang jelas. Mohon foto ulang di tempat terang, lalu kirim kembali."
EMPLOYERS = [
    "PT Batubara Sungai Lahei",
    "CV Maju Bersama Muara Teweh",
    "RSUD Muara Teweh",
    "Toko Sinar Barito",
    "PT Sawit Teweh Lestari",
]
log = logging.getLogger(__name__)


def create_accounts() -> None:
    """Create the accounts to sign in with, on the first start only; writes a list of passwords."""
    path = settings.var / schema.DEMO_ACCOUNTS
    _refuse_real_office()
    if not path.exists():
        accounts = [*_staff(), *_seekers()]
        path.touch(mode=0o600)
        path.write_text(json.dumps(accounts, indent=1, ensure_ascii=False))


def _refuse_real_office() -> None:
    """Raise Refusal unless this is a demo, so that no real office gets invented people."""
    if not settings.is_demo:
        raise Refusal("Orang-orang demo hanya dibuat dengan BARUT_ENV=demo.")
    with db.reading() as session:
        schema.check(session.connection())


def _account(role: str, name: str, email: str, password: str) -> dict[str, str]:
    return {"role": role, "name": name, "email": email, "password": password}


def _staff() -> list[dict[str, str]]:
    name, email, number = HEAD
    password = secrets.token_urlsafe(12)
    acts.administrator(name, email, password, number)
    made = [_account("administrator", name, email, password)]
    for officer_name, officer_email, kind, staff_number in OFFICERS:
        password = secrets.token_urlsafe(12)
        acts.officer(email, officer_name, officer_email, password, kind, staff_number)
        made.append(_account("officer", officer_name, officer_email, password))
    return made


def _seekers() -> list[dict[str, str]]:
    made = []
    for number, stage in enumerate(SEEKER_STAGES):
        person, password = demo_person(9000 + number), secrets.token_urlsafe(12)
        start = clock.now() - timedelta(days=1, hours=len(SEEKER_STAGES) - number)
        acts.sign_up(start, person, password)
        _advance_to(stage, person, start)
        made.append(_account("job_seeker", person.name, person.email, password))
    return made


def _advance_to(stage: str, person: DemoPerson, start: datetime) -> None:
    soon = start + timedelta(minutes=20)
    if stage == "personal":
        acts.act_as(soon, person.email, applications.save_personal, person.personal)
    if stage in ("new", "personal"):
        return
    acts.fill_in(soon, person)
    if stage == "complete":
        return
    acts.act_as(soon, person.email, applications.submit)
    if stage == "returned":
        acts.send_back(soon + timedelta(minutes=30), OFFICERS[0][1], person.email, RETURN_NOTE)
        acts.complete_profile(soon + timedelta(minutes=40), person)  # whole, and unchecked
    if stage == "approved":
        acts.approve(soon + timedelta(minutes=30), OFFICERS[0][1], person.email)


def create_history(count: int = PEOPLE, *, pause: float = 0) -> int:
    """Create invented people one after the other, at past dates; gives how many exist afterwards.

    `pause`: seconds without work after each of them.

    Continues where an interrupted run stopped. When a service refuses a step (somebody issued a
    card meanwhile, so an earlier date is no longer allowed), that person stays as they are.
    """
    _refuse_real_office()
    for number in range(_people_created(), count):
        try:
            _create_one(number, count)
        except Refusal as refusal:
            log.info("demo person %s stopped early: %s", number, refusal)
        time.sleep(pause)
    return _people_created()


def _people_created() -> int:
    with db.reading() as session:
        everyone = select(func.count()).select_from(Person)
        made = session.exec(everyone).one() - len(OFFICERS) - 1 - len(SEEKER_STAGES)
    return max(0, made)


def _create_one(number: int, count: int) -> None:
    """One person's steps through the office; `count` people are spread over 400 days."""
    person = demo_person(number)
    start = clock.now() - timedelta(days=402) + timedelta(days=400) * (number / count)
    start += timedelta(minutes=(number * 37) % 300)
    acts.sign_up(start, person)
    fate = number % 10
    if fate == 0:
        return
    acts.fill_in(start + timedelta(minutes=30), person)
    if fate == 1:
        return
    acts.act_as(start + timedelta(minutes=40), person.email, applications.submit)
    officer = OFFICERS[number % len(OFFICERS)][1]
    if fate == 2 or number >= count - 12:
        return
    if fate == 3:
        acts.send_back(start + timedelta(hours=3), officer, person.email, RETURN_NOTE)
        return
    card = acts.approve(start + timedelta(hours=5), officer, person.email)
    later = start + timedelta(days=100 + number % 60)
    if fate in (4, 5) and later < clock.now():
        employer = EMPLOYERS[number % len(EMPLOYERS)]
        acts.mark_placed(later, officer, person.email, card, employer)
    elif fate in (6, 7) and (visit := start + timedelta(days=181)) < clock.now():
        on = f"{clock.office_day(visit):%d/%m/%Y}"
        acts.act_as(visit, officer, after_issue.record_visit, card.public_id, on=on)
