"""The emails on the page of a case: sent, waiting or given up, and none of the account's."""

from typing import Any

import pytest

from barut_reflex.core.models import OutboxMail
from barut_reflex.review.queries import sent_emails
from probes.factories import LONG_AGO, save

from .conftest import read

# -- emails ---------------------------------------------------------------------------------------


def make_email(case, **changes):
    facts: dict[str, Any] = {
        "kind": "application_submit",
        "person_id": case.applicant_id,
        "recipient": "a@b.id",
    }
    facts |= {"subject": "Diterima", "text": "", "html": ""}
    facts |= {"created": LONG_AGO, "next_try": LONG_AGO}
    return OutboxMail(**facts | changes)


@pytest.mark.parametrize(
    ("changes", "state", "tone"),
    [
        ({}, "Sedang dikirim", "info"),
        ({"sent": LONG_AGO}, "Terkirim 1 April 2026 09.00", "success"),
        ({"given_up": LONG_AGO, "trouble": "550"}, "Gagal dikirim: 550", "danger"),
    ],
)
def test_the_officer_sees_whether_the_email_went_out(session, case, rina, changes, state, tone):
    save(session, make_email(case, **changes))
    [shown] = read(session, case, rina).emails
    assert (shown.subject, shown.state, shown.tone) == ("Diterima", state, tone)


@pytest.mark.parametrize("kind", ["reset_link", "reset_code", "sign_up", "temporary_password"])
def test_emails_of_the_account_are_none_of_the_desk(session, case, rina, kind):
    save(session, make_email(case, kind=kind))
    assert read(session, case, rina).emails == []


def test_without_the_rule_emails_of_the_account_would_show(session, case, rina, monkeypatch):
    monkeypatch.setattr(sent_emails, "SHOWN_KINDS", ("",))
    save(session, make_email(case, kind="reset_link"))
    assert len(read(session, case, rina).emails) == 1
