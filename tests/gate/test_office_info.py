"""The office's words on Reflex pages are loaded when a page opens; no build contains them."""

from reflex.utils.format import format_event_handler

from barut_reflex.core.settings import settings
from barut_reflex.gate.office_info import Office, OfficeInfo
from probes.pipeline import pipeline

LOAD = format_event_handler(Office.event_handlers["load"])


async def test_a_page_gets_the_words_as_they_stand(app, file_office, monkeypatch):
    async with pipeline(app) as (socket, client_of):
        tab = client_of("tab")
        await tab.send(LOAD)
        assert settings.office_name in socket.deltas("tab")
        monkeypatch.setattr(settings, "office_name", "Dinas Baru")
        monkeypatch.setattr(settings, "office_phone", "0519-1")
        await tab.send(LOAD)
        assert "Dinas Baru" in socket.deltas("tab") and "· 0519-1" in socket.deltas("tab")


async def test_words_that_did_not_change_are_not_sent_again(app, file_office):
    async with pipeline(app) as (socket, client_of):
        for _ in range(3):
            await client_of("tab").send(LOAD)
        assert socket.deltas("tab").count(settings.office_name) == 1


def test_a_build_holds_none_of_them():
    """What a State begins with stands in the scripts of the export."""
    assert Office.get_fields()["info"].default_value() == OfficeInfo()
    assert not any(vars(OfficeInfo()).values())
