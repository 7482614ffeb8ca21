"""Write operations of the office with their test data, each ready to be tried and retried."""

import asyncio
import contextlib
import io
import os
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from barut_reflex import cli
from barut_reflex.accounts.service import sign_up
from barut_reflex.applications import service as applications
from barut_reflex.cards.service import issuing
from barut_reflex.core import db, mail
from barut_reflex.core.settings import settings
from barut_reflex.documents.storage import names
from barut_reflex.documents.web import routes
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role
from barut_reflex.people.service import sessions
from barut_reflex.review import service as review
from barut_reflex.seal import keys
from probes.form_values import PERSONAL_FORM

from .backlog import make_officer, make_ready_seeker, make_submitted_cases
from .restore_work import store_paper, store_photo

WriteOperation = Callable[[], Any]


def _letter() -> WriteOperation:
    with db.writing() as session:
        letter = mail.Email(subject="Kode", heading="Kode", paragraphs=["Isi."])
        row = mail.queue_email(session, letter, to="dewi@contoh.id", kind="code")
    message = mail.build_message(row)
    return lambda: mail.deliver(message)


def _paper() -> WriteOperation:
    seeker = make_ready_seeker()
    return lambda: store_paper(seeker, os.urandom(30_000))


def _upload() -> WriteOperation:
    seeker = make_ready_seeker()
    with db.writing() as session:
        token = sessions.sign_in(session, seeker)
    return lambda: asyncio.run(_post(token))


async def _post(token: str) -> None:
    """Through the route itself: what it answers must say that there is no space."""

    async def receive():
        return {"type": "http.request", "body": os.urandom(30_000), "more_body": False}

    scope = {"type": "http", "method": "POST", "path": "/berkas/id_card"}
    scope |= {"path_params": {"kind": "id_card"}, "query_string": b""}
    headers = {b"cookie": f"{COOKIE}={token}".encode(), b"x-file-name": b"ktp.jpg"}
    answer = await routes.receive_upload(
        Request(scope | {"headers": list(headers.items())}, receive)
    )
    if answer.status_code != 200:
        assert names.StoreFull.message in bytes(answer.body).decode()
        raise names.StoreFull


def _key() -> WriteOperation:
    return keys.make_key


def _backup() -> WriteOperation:
    target = settings.var.parent / "cadangan.tar"

    def save():
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            cli.main(["backup", "--to", str(target)])

    return save


def _sign_up() -> WriteOperation:
    form = sign_up.SignUp("Dewi", f"dewi{os.urandom(4).hex()}@contoh.id", "!")

    def begin():
        with db.writing() as session:
            sign_up.begin_sign_up(session, form, flow=os.urandom(32).hex())

    return begin


def _save() -> WriteOperation:
    seeker, form = make_ready_seeker(), PERSONAL_FORM | {"address": "Jl. Baru"}
    return lambda: write(applications.save_personal, seeker, form)


def _submit() -> WriteOperation:
    seeker = make_ready_seeker()
    write(applications.start_new, seeker)
    return lambda: write(applications.submit, seeker)


def _approve() -> WriteOperation:
    officer, [case] = make_officer(), make_submitted_cases(1, store_photo())
    return lambda: write(review.approve, officer, case.public_id, seal=case.seal)


def _renew() -> WriteOperation:
    officer, [case] = make_officer(), make_submitted_cases(1, store_photo())
    card = write(review.approve, officer, case.public_id, seal=case.seal)
    return lambda: write(issuing.renew_code, officer, card.public_id)


def _revoke() -> WriteOperation:
    officer, head, [case] = (
        make_officer(),
        make_officer(Role.ADMINISTRATOR),
        make_submitted_cases(1, store_photo()),
    )
    card = write(review.approve, officer, case.public_id, seal=case.seal)
    return lambda: write(issuing.revoke, head, card.public_id, reason="Data palsu. " * 60)


def _return() -> WriteOperation:
    officer, [case] = make_officer(), make_submitted_cases(1)
    call = {"seal": case.seal, "note": "Foto KTP buram. " * 60}
    return lambda: write(review.return_for_correction, officer, case.public_id, **call)


def write(service, person_id: int, *args, **kwargs):
    """One act of the person with that number."""
    with db.writing() as session:
        return service(session, session.get_one(Person, person_id), *args, **kwargs)


FILES = {
    "letter": _letter,
    "paper": _paper,
    "upload": _upload,
    "key": _key,
    "backup": _backup,
}
ROWS = {
    "sign up": _sign_up,
    "save": _save,
    "submit": _submit,
    "return": _return,
    "approve": _approve,
    "renew": _renew,
    "revoke": _revoke,
}
