"""Facts that no officer approved are shown as unchecked, never in green, wherever they appear."""

import re
import threading
from datetime import date

import pytest
from sqlmodel import Session

from barut_reflex.applications.models import ApplicationPaper
from barut_reflex.applications.status import Status
from barut_reflex.cards.service import after_issue, issuing
from barut_reflex.core import clock
from barut_reflex.core.settings import settings
from barut_reflex.profiles.queries import facts as profile_facts
from barut_reflex.seal import codes
from barut_reflex.siapkerja.queries import approved
from barut_reflex.siapkerja.queries import digital as siapkerja_digital
from barut_reflex.siapkerja.service import identity as siapkerja_identity
from barut_reflex.verify.service import scans, withdrawn_list
from probes.factories import known, make_application, make_person, save
from probes.profile_factories import make_whole

from ..browsing import open_browser
from ..verify import list_reader
from .surfaces import (
    CHANGES,
    GREEN,
    OF_ONESELF,
    UNCHECKED,
    by_status,
    change,
    change_photo,
    code_of,
    in_the_picture,
    on_check_page,
    on_own_card,
    on_the_list,
    photo_of,
    surfaces,
)


@pytest.fixture
def browser():
    own = {"origin": settings.address, "sec-fetch-site": "same-origin"}
    return open_browser(headers=own)


@pytest.fixture
def holder(session, set_clock, siti):
    """Somebody with a whole profile and a SIAPkerja-ID, the day after it was made."""
    give_identity(session, siti)
    set_clock(2026, 4, 21, 3)
    return siti


def give_identity(session, person):
    make_whole(session, person=person)
    siapkerja_identity.open_identity(session, person)
    session.commit()


def approve(session, person, officer):
    """An officer approves what the profile says today; gives the card."""
    facts = profile_facts.facts_of(session, person.id)
    about = {"nik": facts.nik, "name": facts.name, "facts": facts.model_dump_json()}
    sent = make_application(session, applicant=person, status=Status.APPROVED, **about)
    photo = photo_of(session, person)
    save(session, ApplicationPaper(application_id=sent.id, document_id=photo.id))
    card = issuing.issue(session, sent, by=officer, signatory=officer)
    session.commit()
    return card


def mark_placed(session, card, officer):
    """The AK1 ends, so that the SIAPkerja-ID counts on the phone; the approval stands."""
    on = f"{clock.today():%d/%m/%Y}"
    after_issue.mark_placed(session, officer, card.public_id, employer="PT Maju", on=on)
    session.commit()


@surfaces
def test_without_an_approval_it_is_unchecked(session, holder, browser, surface):
    assert surface(session, holder, browser) == UNCHECKED


@surfaces
def test_an_officer_approved_so_it_is_green(session, holder, rina, browser, surface):
    mark_placed(session, approve(session, holder, rina), rina)
    assert surface(session, holder, browser) == GREEN


@surfaces
@pytest.mark.parametrize("what", ["name", "photo"])
def test_changed_since_so_it_is_unchecked(session, holder, rina, browser, surface, what):
    mark_placed(session, approve(session, holder, rina), rina)
    CHANGES[what](session, holder)
    assert surface(session, holder, browser) == UNCHECKED


@surfaces
def test_without_the_rule_all_of_it_is_green(session, holder, browser, surface, monkeypatch):
    def everybody(session, people):
        name = profile_facts.get_profile(session, holder.id).name
        return {holder.id: name}

    monkeypatch.setattr(approved, "approved_names", everybody)
    assert surface(session, holder, browser) == GREEN


# --- the rule -------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", CHANGES)
def test_each_checked_fact_counts(session, holder, rina, browser, what):
    approve(session, holder, rina)
    assert on_check_page(session, holder, browser) == GREEN
    CHANGES[what](session, holder)
    assert on_check_page(session, holder, browser) == UNCHECKED


@pytest.mark.parametrize("what", OF_ONESELF)
def test_the_rest_of_a_profile_lives_on(session, holder, rina, browser, what):
    approve(session, holder, rina)
    OF_ONESELF[what](session, holder)
    session.commit()
    assert on_check_page(session, holder, browser) == GREEN


def test_what_is_put_back_is_green_again(session, holder, rina, browser):
    approve(session, holder, rina)
    before = profile_facts.facts_of(session, holder.id).major
    CHANGES["major"](session, holder)
    change(major=before)(session, holder)
    assert on_check_page(session, holder, browser) == GREEN


def test_a_card_that_ended_by_itself_was_approved_all_the_same(
    session, holder, rina, browser, set_clock
):
    approve(session, holder, rina)
    set_clock(2028, 5, 1, 3)
    siapkerja_identity.renew_identity(session, holder)
    session.commit()
    assert on_check_page(session, holder, browser) == GREEN


def test_a_revoked_card_approves_nothing(session, holder, rina, pak_budi, browser):
    card = approve(session, holder, rina)
    issuing.revoke(session, pak_budi, card.public_id, reason="Data palsu")
    session.commit()
    assert on_check_page(session, holder, browser) == UNCHECKED


def test_only_the_newest_card_counts(session, holder, rina, browser, set_clock):
    mark_placed(session, approve(session, holder, rina), rina)
    before = profile_facts.facts_of(session, holder.id).name
    CHANGES["name"](session, holder)
    set_clock(2026, 4, 22, 3)
    approve(session, holder, rina)
    change(name=before)(session, holder)
    assert on_check_page(session, holder, browser) == UNCHECKED


def test_a_code_of_another_name_is_not_green(session, holder, rina, browser):
    """Else a QR made as somebody else would say that name on `/periksa`, under the green."""
    own = profile_facts.facts_of(session, holder.id).name
    CHANGES["name"](session, holder)
    siapkerja_identity.renew_identity(session, holder)
    change(name=own)(session, holder)
    mark_placed(session, approve(session, holder, rina), rina)
    for surface in (on_check_page, by_status, on_the_list, on_own_card, in_the_picture):
        assert surface(session, holder, browser) == UNCHECKED
    assert "nama yang lama" in siapkerja_digital.my_digital_card(session, holder).advice
    siapkerja_identity.renew_identity(session, holder)
    session.commit()
    assert on_check_page(session, holder, browser) == GREEN


def test_what_is_over_is_said_first(session, holder, browser, pak_budi, set_clock):
    identity = known(siapkerja_digital.find_identity(session, holder.id))
    code = code_of(session, holder)
    set_clock(2027, 4, 21, 3)
    page = browser.get(f"/v/{code}").text
    assert 'data-verdict="expired"' in page and "Diterbitkan oleh" not in page
    siapkerja_identity.revoke_identity(session, pak_budi, identity.public_id, reason="Keliru")
    session.commit()
    assert 'data-verdict="revoked"' in browser.get(f"/v/{code}").text


# --- at once --------------------------------------------------------------------------------------


def test_the_page_changes_with_the_approval_and_with_the_photo(session, holder, rina, browser):
    seen = [on_check_page(session, holder, browser) for _ in range(2)]
    approve(session, holder, rina)
    seen += [on_check_page(session, holder, browser) for _ in range(2)]
    change_photo(session, holder)
    seen += [on_check_page(session, holder, browser)]
    assert seen == [UNCHECKED, UNCHECKED, GREEN, GREEN, UNCHECKED]


def test_views_during_an_approval_and_a_new_photo(file_office, browser, monkeypatch):
    """Another phone scans all the while: green never before the approval, never after the photo."""
    monkeypatch.setattr(scans, "VIEWS_PER_CODE", 10_000)
    office = Session(file_office.execution_options(write=True), expire_on_commit=False)
    with browser, office as session:  # one loop for both phones, as in the office
        person, rina = (make_person(session, name=name) for name in ("Bambang", "Rina"))
        give_identity(session, person)
        code, seen, is_over = code_of(session, person), [], threading.Event()
        session.rollback()  # reading alone holds the office up

        def scan_often():
            while not is_over.is_set():
                page = browser.get(f"/v/{code}").text
                seen.append(known(re.search(r'data-verdict="(\w+)"', page))[1])

        phone = threading.Thread(target=scan_often)
        phone.start()
        approve(session, person, rina)
        approved_at = browser.get(f"/v/{code}").text
        change_photo(session, person)
        changed = browser.get(f"/v/{code}").text
        is_over.set()
        phone.join()
    assert 'data-verdict="valid"' in approved_at and 'data-verdict="unchecked"' in changed
    words = "".join({"unchecked": "u", "valid": "v"}[word] for word in seen)
    assert re.fullmatch("u*v*u*", words)


# --- the list -------------------------------------------------------------------------------------


def test_the_list_names_the_unchecked_and_tells_nothing_of_them(session, holder):
    content = known(list_reader.read(withdrawn_list.signed_list(session)))
    assert len(list_reader.hashes_of(content["unchecked"])) == 1
    assert holder.name not in str(content)


def test_a_list_cannot_know_a_code_of_its_own_day(session, holder, rina):
    approve(session, holder, rina)
    siapkerja_identity.renew_identity(session, holder)
    code = codes.decode(code_of(session, holder))
    assert code.issued == date(2026, 4, 21)
    signed = withdrawn_list.signed_list(session)
    assert list_reader.find(signed, code.code_id) == ""
    assert list_reader.judge(signed, code) == "unchecked"


def test_the_profiles_are_compared_once_a_minute_only(session, holder, set_clock, monkeypatch):
    asked = []
    ask = approved.approved_names
    monkeypatch.setattr(
        approved, "approved_names", lambda *given: asked.append(given) or ask(*given)
    )
    for seconds in (0, 1, 59, 60):
        set_clock(2026, 4, 21, 4, seconds // 60, seconds % 60)
        withdrawn_list.signed_list(session)
    assert len(asked) == 2
