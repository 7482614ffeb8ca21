"""The public page of a SIAPkerja-ID shows only what its holder opened, through the real routes."""

import json
from typing import Any

import pytest

from barut_reflex.cards.queries import lookup
from barut_reflex.profiles.rules.sections import Section
from barut_reflex.rights import service as rights
from barut_reflex.sharing import service as consents
from barut_reflex.sharing.queries import consent
from barut_reflex.sharing.queries import consent as sharing
from barut_reflex.siapkerja.queries import digital
from barut_reflex.siapkerja.service import identity as siapkerja_identity
from probes.factories import known
from probes.profile_factories import add_job

from .public_profile import CONTACT, JOB, NIK, address_of, open_, share


@pytest.mark.seed("siapkerja 6")
def test_a_closed_section_is_not_shown_and_an_open_one_is(session, siti_whole, browser):
    address = address_of(session, siti_whole)
    page = browser.get(address).text
    assert 'data-verdict="unchecked"' in page and "SIAPkerja-ID" in page and "Mengelas" in page
    assert JOB not in page and not [text for text in [NIK, *CONTACT] if text in page]
    open_(session, "experience", siti_whole)
    assert JOB in browser.get(address).text
    consents.close_section(session, siti_whole, "experience")
    session.commit()
    assert JOB not in browser.get(address).text


def test_with_everything_open_the_nik_stays_shut(session, siti_whole, browser):
    for section in sharing.my_privacy(session, siti_whole).sections:
        if not section.is_always_open:
            open_(session, section.value, siti_whole)
    page = browser.get(address_of(session, siti_whole)).text
    assert all(text in page for text in CONTACT) and JOB in page
    assert NIK not in page and "Islam" not in page


def test_were_consent_not_asked_the_job_would_show(session, siti_whole, browser, monkeypatch):
    everything = frozenset(Section)
    monkeypatch.setattr(consent, "open_sections_of", lambda _, who: dict.fromkeys(who, everything))
    assert JOB in browser.get(address_of(session, siti_whole)).text


def test_the_ak1_shows_opened_sections_too(session, card, ahmad, browser):
    add_job(session, person=ahmad)
    address = f"/v/{lookup.current_code(session, card).code}"
    assert JOB not in browser.get(address).text
    open_(session, "experience", ahmad)
    page = browser.get(address).text
    assert JOB in page and page.count("<h2>Pendidikan</h2>") == 1


def test_an_officer_sees_all_of_it(session, siti_whole, rina, sign_in):
    page = sign_in(rina).get(address_of(session, siti_whole)).text
    assert NIK in page and JOB in page and all(text in page for text in CONTACT)


def test_an_old_or_revoked_code_shows_no_profile(session, siti_whole, pak_budi, browser):
    open_(session, "experience", siti_whole)
    old = address_of(session, siti_whole)
    siapkerja_identity.renew_identity(session, siti_whole)
    session.commit()
    page = browser.get(old).text
    assert "Kode lama — minta kartu terbaru" in page and JOB not in page
    identity = known(digital.find_identity(session, siti_whole.id))
    siapkerja_identity.revoke_identity(session, pak_budi, identity.public_id, reason="Rahasia.")
    session.commit()
    page = browser.get(address_of(session, siti_whole)).text
    assert 'data-verdict="revoked"' in page and JOB not in page and "Rahasia." not in page


def test_a_long_profile_stays_light(session, siti_whole, browser):
    for number in range(20):
        add_job(session, person=siti_whole, title=f"Kerja {number}", description="é" * 1000)
    open_(session, "experience", siti_whole)
    answer = browser.get(address_of(session, siti_whole))
    assert len(answer.content) <= 40_000 and "Kerja 1" in answer.text


def test_html_in_a_profile_is_shown_literally(session, siti_whole, browser):
    evil = "<img src=x onerror=alert(1)>"
    add_job(session, person=siti_whole, title=evil, organisation=evil, description=evil)
    open_(session, "experience", siti_whole)
    page = browser.get(address_of(session, siti_whole)).text
    assert evil not in page and "&lt;img src=x onerror=alert(1)&gt;" in page


def test_the_data_copy_tells_of_it_without_tokens(session, siti_whole, browser):
    open_(session, "contact", siti_whole)
    address = share(session, siti_whole)
    browser.get(address)
    told: Any = rights.my_data(session, by=siti_whole)
    assert told["persetujuan"][0]["bagian"] == "Kontak dan Alamat"
    assert told["tautan"][0]["penerima"] == "PT Maju" and len(told["dilihat"]) == 1
    assert address.rpartition("/")[2] not in json.dumps(told)
