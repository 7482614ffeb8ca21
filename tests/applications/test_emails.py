"""The emails to the applicant about each move of the application."""

import pytest
from sqlmodel import select

from barut_reflex.applications import service as applications
from barut_reflex.applications.status import Action, Status
from barut_reflex.core import mail, routes, tokens
from barut_reflex.core.models import OutboxMail
from probes.factories import make_application

HOSTILE = "Foto <b>buram</b> & {miring}\nBcc: lain@contoh.id"


def letter_of(session):
    row = session.exec(select(OutboxMail)).one()
    parts = [tokens.decrypt(mail.KEY_PURPOSE, part) for part in (row.text, row.html)]
    return row.subject, *parts


@pytest.mark.parametrize(
    ("action", "status", "says"),
    [
        (Action.SUBMIT, Status.DRAFT, "sudah kami terima"),
        (Action.SUBMIT, Status.RETURNED, "kami terima lagi"),
        (Action.RETURN, Status.SUBMITTED, "belum dapat kami setujui"),
        (Action.APPROVE, Status.SUBMITTED, "sudah disetujui"),
    ],
)
def test_each_email_says_what_happened_and_leads_home(session, ahmad, rina, action, status, says):
    application = make_application(session, applicant=ahmad, status=status, name="Ahmad Noor")
    by = ahmad if action is Action.SUBMIT else rina
    applications.move(session, application, action, by=by, note="Foto buram")
    _, text, html = letter_of(session)
    assert says in text
    assert says in html
    assert "Ahmad Noor" in text
    assert routes.SEEKER_HOME in text


def test_the_note_is_mailed_literally_and_cannot_make_markup(session, ahmad, rina):
    application = make_application(session, applicant=ahmad)
    applications.move(session, application, Action.RETURN, by=rina, note=HOSTILE)
    subject, text, html = letter_of(session)
    assert HOSTILE in text
    assert "<b>buram</b>" not in html
    assert "&lt;b&gt;buram&lt;/b&gt; &amp; {miring}" in html
    assert "buram" not in subject


def test_no_email_holds_the_nik(session, ahmad, rina):
    application = make_application(session, applicant=ahmad, nik="6205050707000006")
    applications.move(session, application, Action.APPROVE, by=rina)
    assert "6205050707000006" not in " ".join(letter_of(session))


def test_a_withdrawal_is_not_mailed(session, ahmad):
    application = make_application(session, applicant=ahmad)
    applications.move(session, application, Action.WITHDRAW, by=ahmad)
    assert session.exec(select(OutboxMail)).all() == []
