"""The emails about accounts: the same words as text and as HTML, and no foreign address."""

import html
import re

import pytest

from barut_reflex.accounts import emails
from barut_reflex.core.mail import render_html, render_text

EMAILS = [
    emails.sign_up_code("042195"),
    emails.already_registered(),
    emails.reset_code("042195"),
    emails.no_account(),
    emails.account_is_disabled(),
    emails.reset_link("t" * 43),
    emails.password_changed(),
    emails.temporary_password(),
    emails.staff_account_made(),
]


@pytest.mark.parametrize("email", EMAILS, ids=lambda email: email.subject)
def test_every_email_reads_the_same_in_both_parts(email):
    text, page = render_text(email), html.unescape(re.sub("<[^>]+>", " ", render_html(email)))
    for said in ["Halo!", email.heading, *email.paragraphs, *email.warnings, "Salam hangat,"]:
        assert said in text
        assert said in page


@pytest.mark.parametrize("email", EMAILS, ids=lambda email: email.subject)
def test_nothing_is_fetched_from_anywhere(email):
    page = render_html(email)
    assert not re.search(r"<(img|script|link|iframe)|url\(|@import", page)


def test_a_code_email_says_what_the_manual_says():
    text = render_text(emails.sign_up_code("042195"))
    assert "042195" in text.splitlines()
    for said in (
        "Verifikasi Akun Anda",
        "Gunakan kode OTP di bawah ini untuk verifikasi akun Anda:",
        "KODE VERIFIKASI ANDA",
        "Kode ini hanya berlaku selama 3 menit",
        "Jangan bagikan kode ini kepada siapapun",
        "Tim kami tidak akan pernah meminta kode OTP Anda",
    ):
        assert said in text


def test_the_link_leads_to_the_office_and_nowhere_else():
    text = render_text(emails.reset_link("t" * 43))
    assert f"http://localhost:3000/reset-password/{'t' * 43}" in text.splitlines()
