"""What others read of a person: only what was opened, through the real routes."""

import json
import logging
import re
from typing import Any

import pytest
from sqlmodel import select

from barut_reflex.attendance import service as attendance
from barut_reflex.attendance.models import Attendance
from barut_reflex.cards.queries import lookup
from barut_reflex.core import clock
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.people.service import sessions
from barut_reflex.profiles.rules.sections import Section
from barut_reflex.rights import service as rights
from barut_reflex.sharing import service as consents
from barut_reflex.sharing.models import CardView, ShareLink
from barut_reflex.sharing.queries import consent, views
from barut_reflex.sharing.queries import consent as sharing
from barut_reflex.sharing.rules import CONSENT_VERSION
from barut_reflex.siapkerja.queries import digital
from barut_reflex.siapkerja.service import identity as siapkerja_identity
from probes.factories import known
from probes.profile_factories import add_job, make_whole

from ..attendance.test_access_code import code_of as access_code_of
from ..browsing import open_browser

NIK = "6205050707000006"
CONTACT = ["82312345678", "Pangeran Antasari", "siti@contoh.id"]
JOB = "CV Sungai Teweh"
GIVEN = {
    "recipient": "PT Maju",
    "purpose": "melamar",
    "hours": "24",
    "sections": ["experience"],
}


@pytest.fixture
def browser():
    return open_browser(follow_redirects=False)


@pytest.fixture
def sign_in(session, browser):
    def to(person):
        browser.cookies.set(COOKIE, sessions.sign_in(session, person.id))
        session.commit()
        return browser

    return to


@pytest.fixture
def siti_whole(session, set_clock, siti):
    make_whole(session, person=siti)
    siapkerja_identity.open_identity(session, siti)
    session.commit()
    return siti


def address_of(session, person):
    identity = known(digital.find_identity(session, person.id))
    return f"/v/{digital.identity_code(session, identity).code}"


def open_(session, section, by):
    consents.open_section(session, by, section, version=CONSENT_VERSION)
    session.commit()


def share(session, by, **changes):
    token = consents.share(session, by, **GIVEN | changes)
    session.commit()
    return f"/bagikan/{token}"


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


def test_a_link_shows_what_was_chosen_and_is_listed(session, siti_whole, browser):
    answer = browser.get(share(session, siti_whole))
    assert answer.status_code == 200 and JOB in answer.text and "PT Maju" in answer.text
    assert "Palangka" not in answer.text and NIK not in answer.text
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    (look,) = views.views_of(session, siti_whole)
    assert look.who == "Tautan untuk PT Maju"
    assert session.exec(select(CardView)).one().share_id


def test_ended_revoked_and_made_up_links_get_the_same_bytes(
    session, siti_whole, browser, set_clock
):
    revoked, ended = share(session, siti_whole), share(session, siti_whole, hours="1")
    newest = known(session.exec(select(ShareLink)).first())
    consents.revoke_link(session, siti_whole, newest.public_id)
    session.commit()
    set_clock(2026, 4, 20, 4)
    answers = [browser.get(path) for path in (revoked, ended, "/bagikan/" + "A" * 43)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert session.exec(select(CardView)).all() == []


def test_thirty_one_looks_a_minute_at_a_link_are_too_many(session, siti_whole, browser):
    address = share(session, siti_whole)
    assert [browser.get(address).status_code for _ in range(31)] == [200] * 30 + [429]


def test_an_officer_who_follows_a_link_is_in_the_trail(session, siti_whole, rina, sign_in):
    sign_in(rina).get(share(session, siti_whole))
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "view_shared")).one()
    assert (entry.actor_id, entry.subject) == (rina.id, siti_whole.public_id)


def test_no_token_reaches_the_log(session, siti_whole, browser, caplog):
    caplog.set_level(logging.DEBUG)
    address = share(session, siti_whole)
    browser.get(address)
    browser.get(f"{address}x")
    ours = [line for line in caplog.records if line.name.startswith("barut")]
    assert address.rpartition("/")[2] not in str([line.getMessage() for line in ours])


def test_the_preview_is_my_own_and_leaves_no_trace(session, siti_whole, ahmad, sign_in, browser):
    assert browser.get("/profil/pratinjau").status_code == 303
    open_(session, "experience", siti_whole)
    page = sign_in(siti_whole).get("/profil/pratinjau").text
    assert "seperti dilihat orang lain" in page and JOB in page and NIK not in page
    assert session.exec(select(CardView)).all() == []
    share(session, siti_whole, sections=["contact"])
    link = session.exec(select(ShareLink)).one().public_id
    theirs = browser.get(f"/profil/pratinjau?tautan={link}").text
    assert CONTACT[0] in theirs and JOB not in theirs
    assert sign_in(ahmad).get(f"/profil/pratinjau?tautan={link}").status_code == 404


@pytest.mark.parametrize("path", ["/kartu-saya/", "/kartu-saya.pdf", "/kartu-saya.png"])
def test_the_card_on_the_phone_is_its_holders(session, siti_whole, ahmad, rina, sign_in, path):
    mine = sign_in(siti_whole).get(path)
    assert mine.status_code == 200 and mine.headers["cache-control"] == "private, no-store"
    assert NIK.encode() not in mine.content
    assert sign_in(rina).get(path).status_code == 403
    nothing = sign_in(ahmad).get(path)
    assert nothing.status_code in (303, 409) and b"Siti" not in nothing.content


def test_a_stranger_is_led_to_the_login(browser):
    for path in ("/kartu-saya/", "/kartu-saya.pdf", "/kartu-saya.png", "/kartu-saya/qr.svg"):
        assert browser.get(path).status_code == 303


def test_the_page_for_the_phone_holds_all_it_shows(session, siti_whole, sign_in):
    answer = sign_in(siti_whole).get("/kartu-saya/")
    assert len(answer.content) < 120_000 and answer.text.count("<svg") == 3
    assert "data:image/jpeg;base64," in answer.text and "20 April 2027" in answer.text
    fetched = set(re.findall(r'(?:src|href)="(/[^"]+)"', answer.text))
    assert {path for path in fetched if path.endswith(".js")} == {"/card.js"}
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_the_files_are_what_they_say(session, siti_whole, sign_in):
    browser = sign_in(siti_whole)
    assert browser.get("/kartu-saya.pdf").content.startswith(b"%PDF-")
    assert browser.get("/kartu-saya.png").content.startswith(b"\x89PNG")


def test_the_picture_of_the_card_can_be_scanned(session, siti_whole, sign_in):
    import io

    import zxingcpp
    from PIL import Image

    picture = Image.open(io.BytesIO(sign_in(siti_whole).get("/kartu-saya.png").content))
    found = zxingcpp.read_barcodes(picture)
    assert [code.text.rpartition("/")[2] for code in found] == [
        address_of(session, siti_whole).rpartition("/")[2]
    ]


def test_the_picture_of_an_access_code_is_its_holders(session, siti_whole, ahmad, sign_in):
    made = attendance.make_access_code(session, siti_whole)
    session.commit()
    path = f"/kartu-saya/akses/{made.code_id}.svg"
    assert sign_in(siti_whole).get(path).text.startswith("<svg")
    assert sign_in(ahmad).get(path).status_code == 404


def test_an_ordinary_camera_uses_nothing_up(session, siti_whole, browser):
    attendance.make_access_code(session, siti_whole)
    session.commit()
    answers = [browser.get(f"/A/{code}") for code in (access_code_of(session, siti_whole), "X")]
    assert len({answer.content for answer in answers}) == 1
    assert session.exec(select(Attendance)).all() == []


def test_late_codes_are_posted_by_staff_from_our_own_page(session, siti_whole, rina, sign_in):
    attendance.make_access_code(session, siti_whole)
    session.commit()
    seen = [{"code": access_code_of(session, siti_whole), "at": clock.now().isoformat()}]
    body = json.dumps({"purpose": "entry", "seen": [*seen, *seen]})
    own = {"origin": settings.address}
    post = sign_in(siti_whole).post
    assert post("/pindai/kirim", content=body, headers=own).status_code == 403
    post = sign_in(rina).post
    assert post("/pindai/kirim", content=body).status_code == 403
    foreign = {"origin": "https://jahat.example"}
    assert post("/pindai/kirim", content=body, headers=foreign).status_code == 403
    assert session.exec(select(Attendance)).all() == []
    answer = post("/pindai/kirim", content=body, headers=own)
    assert answer.json() == {"results": ["noted", "used"]}


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"purpose":"x","seen":[]}', '{"purpose":"entry","seen":[1]}']
)
def test_unreadable_lists_are_refused(session, rina, sign_in, body):
    own = {"origin": settings.address}
    answer = sign_in(rina).post("/pindai/kirim", content=body, headers=own)
    assert answer.status_code == 400


def test_the_data_copy_tells_of_it_without_tokens(session, siti_whole, browser):
    open_(session, "contact", siti_whole)
    address = share(session, siti_whole)
    browser.get(address)
    told: Any = rights.my_data(session, by=siti_whole)
    assert told["persetujuan"][0]["bagian"] == "Kontak dan Alamat"
    assert told["tautan"][0]["penerima"] == "PT Maju" and len(told["dilihat"]) == 1
    assert address.rpartition("/")[2] not in json.dumps(told)
