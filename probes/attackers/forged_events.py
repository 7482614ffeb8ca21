"""Forged events: five principals send hostile payloads to every handler, in Reflex's pipeline."""

import functools
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from barut_reflex.applications.status import Status
from barut_reflex.core import db
from barut_reflex.core.errors import Refusal
from barut_reflex.documents.models import Document
from barut_reflex.gate import doors, gate
from barut_reflex.gate.access import permits, rule_of
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role
from barut_reflex.people.service.sessions import SignedOut
from probes import inside
from probes.card_factories import give_card
from probes.case_factories import make_case
from probes.factories import LONG_AGO, make_application, make_profile
from probes.pipeline import pipeline

NAME, NIK, STREET = "Korban Rahasia Sekali", "6205051505990007", "Jalan Rahasia Korban Nomor 7"
SECRETS = (NAME, NIK, STREET)


@dataclass
class Cast:
    """Five who attack, by name, with their session hash; and the ids of the one attacked."""

    attackers: dict[str, tuple[Role | None, str, int]]
    ids: list[str]


@dataclass
class Outcome:
    """What came of it. `accepted` and `crashed` name handler, attacker and payload."""

    tried: int = 0
    entered: set[str] = field(default_factory=set)
    accepted: list[str] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)

    def enter(self, name: str, arguments: dict[str, Any]) -> None:
        """Note a body that was entered; the gate's own refusal is no forged event."""
        if arguments.get("message") not in (gate.ILL_TYPED, gate.NOT_ALLOWED):
            self.entered.add(name)


def people(engine: Engine) -> Cast:
    """A victim with data, application and card; two job seekers, an officer, an administrator."""
    victim = inside.person_of(Role.JOB_SEEKER, NAME)
    officer = inside.person_of(Role.OFFICER, "Petugas Penerbit")
    with Session(engine, expire_on_commit=False) as session:
        make_profile(session, person=victim, nik=NIK, address=STREET)
        card = give_card(session, holder=victim, officer=officer, name=NAME, is_closed=True)
        session.execute(update(Document).values(replaced=LONG_AGO))
        case = make_case(session, applicant=victim, nik=NIK, facts={"address": STREET})
        ids = [case.public_id, card.public_id, victim.public_id, officer.public_id]
        ids += [str(victim.id), str(case.id)]
    attackers: dict[str, tuple[Role | None, str, int]] = {"guest": (None, "", 0)}
    for name, role in (
        ("seeker", Role.JOB_SEEKER),
        ("other seeker", Role.JOB_SEEKER),
        ("officer", Role.OFFICER),
        ("administrator", Role.ADMINISTRATOR),
    ):
        person = inside.person_of(role, name.title())
        attackers[name] = (role, inside.sign_in(person), person.id)
        if name == "other seeker":
            _with_draft(engine, person)
    return Cast(attackers, ids)


def _with_draft(engine: Engine, person: Person) -> None:
    with Session(engine, expire_on_commit=False) as session:
        make_profile(session, person=person, nik="6205050101010001")
        make_application(session, applicant=person, status=Status.DRAFT)


def payloads(handler: Any, ids: list[str]) -> Iterator[dict[str, Any]]:
    """Hostile arguments for this handler: well and ill typed, stolen ids, foreign keys."""
    names = list(inspect.signature(handler.fn).parameters)[1:]
    hints = {name: str(handler.fn.__annotations__.get(name, "str")) for name in names}
    words = ["x", "'; DROP TABLE person; --", "../../etc/passwd", "\x00\u202e\ud800", "-1"]
    for word in [*words, *ids]:
        yield {name: filled(hints[name], word) for name in names}
    yield {}
    yield {name: {"$ne": None} for name in names or ["public_id"]}
    yield {name: [["a", "b"]] for name in names or ["form"]}
    yield dict.fromkeys(names or ["text"], "x" * 70000)
    yield dict.fromkeys(names or ["page"], 2**70)
    yield {"var_name": "role", "value": "administrator"}
    yield {
        "vars": {f"{_session_state()}.role": "administrator", f"{_session_state()}.name": "x"},
        "self": 1,
    }
    yield dict.fromkeys([*names, "by", "session", "__class__"], "administrator")


def _session_state() -> str:
    return inside.handler_name("who.load").rpartition(".")[0]


PRIVILEGED_FIELDS = (
    "status",
    "role",
    "number",
    "is_active",
    "applicant_id",
    "owner_id",
    "person_id",
    "seal",
)


def filled(hint: str, word: str) -> Any:
    """`word` in the shape asked for; a form carries fields no form of ours has."""
    if "int" in hint:
        return len(word)
    if "dict" not in hint:
        return word
    fields = "name email note employer on reason nik address code password again skills major"
    form = dict.fromkeys(fields.split(), word)
    return (
        form
        | dict.fromkeys(PRIVILEGED_FIELDS, word)
        | {"status": "approved", "role": "administrator"}
    )


@contextmanager
def recorded_calls(outcome: Outcome, *, runs: bool = True) -> Iterator[None]:
    """Note each handler whose body is entered, and each crash that is not a refusal."""
    app, real = inside.app(), {}

    def noted(crash: Exception):
        if not isinstance(crash, Refusal | OperationalError):
            outcome.crashed.append(f"{type(crash).__name__}: {crash}"[:200])
        return doors.handle_exception(crash)

    for name, handler in inside.own_handlers().items():
        real[name] = handler.fn
        object.__setattr__(handler, "fn", _spy(handler.fn, name, outcome, runs))
    try:
        with inside.patched(
            (app, "backend_exception_handler", noted), (doors, "asyncio", live_once())
        ):
            yield
    finally:
        for name, function in real.items():
            object.__setattr__(inside.own_handlers()[name], "fn", function)


def _spy(real: Any, name: str, outcome: Outcome, runs: bool) -> Any:
    @functools.wraps(real)
    async def awaited(self, *args, **kwargs):
        outcome.enter(name, kwargs)
        return await real(self, *args, **kwargs) if runs else None

    @functools.wraps(real)
    def called(self, *args, **kwargs):
        outcome.enter(name, kwargs)
        return real(self, *args, **kwargs) if runs else None

    return awaited if inspect.iscoroutinefunction(real) else called


def live_once() -> SimpleNamespace:
    """`asyncio` for `live`: after its first answer a live page ends instead of waiting."""
    import asyncio

    async def end(_seconds: float) -> None:
        raise SignedOut

    return SimpleNamespace(to_thread=asyncio.to_thread, sleep=end)


def forge(engine: Engine, cast: Cast, limit: int) -> Outcome:
    """Every handler, by every attacker, with up to `limit` hostile payloads each."""
    outcome = Outcome()
    with recorded_calls(outcome):
        for attacker in cast.attackers:
            inside.run(_forge_as(engine, cast, attacker, limit, outcome))
    return outcome


async def _forge_as(engine: Engine, cast: Cast, who: str, limit: int, outcome: Outcome) -> None:
    role, sign_in, own_id = cast.attackers[who]
    outcome.entered.clear()
    rules = {n: permits(rule_of(h.fn), role) for n, h in inside.handlers().items()}
    async with pipeline(inside.app()) as (socket, client_of):
        client = client_of(f"tab-{who}-{uuid4()}", sign_in=sign_in)
        before = inside.snapshot(engine)
        for name in (name for name, is_open in rules.items() if not is_open):
            await _send_all(client, name, cast, limit, outcome)
            if name in outcome.entered:
                outcome.accepted.append(f"{who} entered {name}")
                outcome.entered.discard(name)
        if inside.snapshot(engine) != before:
            outcome.accepted.append(f"{who} changed the database by refused events")
        kept = data_of_others(role, own_id)
        for name in (name for name, is_open in rules.items() if is_open):
            await _send_all(client, name, cast, limit, outcome)
        if data_of_others(role, own_id) != kept:
            outcome.accepted.append(f"{who} changed what belongs to others")
        if role in (None, Role.JOB_SEEKER):
            heard = socket.deltas(client.token)
            outcome.leaked += [f"{who} read {secret}" for secret in SECRETS if secret in heard]


async def _send_all(client: Any, name: str, cast: Cast, limit: int, outcome: Outcome) -> None:
    handler = inside.handlers()[name]
    client.path = f"/admin/pengajuan/{cast.ids[0]}"
    for payload in list(payloads(handler, cast.ids))[:limit]:
        outcome.tried += 1
        before = len(outcome.crashed)
        try:
            await client.send(name, payload)
        except Refusal:
            pass
        except Exception as crash:
            outcome.crashed.append(f"{type(crash).__name__}: {crash}"[:200])
        for number in range(before, len(outcome.crashed)):
            outcome.crashed[number] += f" ({name.rpartition('____')[2]})"


def data_of_others(role: Role | None, own_id: int) -> dict[str, list[str]]:
    """What this attacker may change nothing of, whatever the event; staff do act on cases."""
    owners = {"person": "id", "profile": "person_id", "document": "owner_id"}
    if role in (None, Role.JOB_SEEKER):
        owners |= {"application": "applicant_id", "card": "holder_id"}
    wanted = {"person": "id, role, public_id"} if role is Role.ADMINISTRATOR else {}
    with db.engine.connect() as connection:
        return {
            table: sorted(map(str, connection.exec_driver_sql(question).all()))
            for table, column in owners.items()
            for question in [
                f"SELECT {wanted.get(table, '*')} FROM {table} WHERE {column} <> {own_id}"
            ]
        }
