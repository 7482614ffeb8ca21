"""The demo's mailbox shows emails as text, with links only to the office itself."""

import pytest

from barut_reflex.core import mail
from barut_reflex.core.settings import settings

from ..browsing import open_browser

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def show(session, monkeypatch, tmp_path):
    """The page when an email with these words lies in the outbox."""
    monkeypatch.setattr(settings, "var", tmp_path)

    def ask(**words):
        email = mail.Email(**{"subject": "Surat", "heading": "Salam", "paragraphs": []} | words)
        row = mail.queue_email(session, email, to="dewi@contoh.id", kind="test")
        mail.deliver(mail.build_message(row))
        return open_browser().get("/demo/surat", params={"kepada": "dewi"}).text

    return ask


@pytest.mark.parametrize("words", [{"subject": HOSTILE}, {"paragraphs": [HOSTILE]}])
def test_what_somebody_typed_stays_text(show, words):
    page = show(**words)
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_a_link_of_ours_is_alive_and_another_is_not(show):
    own = f"{settings.address}/reset-password/x?a=1&b=2"
    page = show(paragraphs=[f"Buka {own} lalu", "atau https://jahat.example/"])
    assert f'<a href="{own.replace("&", "&amp;")}">' in page
    assert page.count("<a ") == 1
