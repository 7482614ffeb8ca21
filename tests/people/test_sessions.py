"""The list of own sign-ins, ending them, password confirmation, and emails about new browsers."""

import pytest
from sqlmodel import col, select

from barut_reflex.accounts import queries as accounts
from barut_reflex.accounts.service import login, recovery, second_factor, staff
from barut_reflex.cards.service import issuing
from barut_reflex.core import db, limits, tokens
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.gate import transactions
from barut_reflex.people.models import Person, SignIn
from barut_reflex.people.service import passwords, sessions
from barut_reflex.siapkerja.service import identity
from probes.factories import make_person

from ..accounts.conftest import FLOW, OTHER_FLOW, PASSWORD

PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
DANGEROUS = {
    staff.create_staff,
    staff.disable,
    staff.enable,
    staff.give_temporary_password,
    staff.remove_second_factor,
    second_factor.begin_enrolment,
    recovery.new_recovery_codes,
    second_factor.turn_off,
    issuing.revoke,
    identity.revoke_identity,
    identity.restore_identity,
}


@pytest.fixture
def enter(session, hours):
    def enter(person, **about):
        return tokens.fingerprint(sessions.sign_in(session, person.id, **about))

    return enter


def acts(session):
    return list(session.exec(select(AuditEntry.act).order_by(col(AuditEntry.id))))


# -- own sign-ins -----------------------------------------------------------------------------


def test_i_see_my_sign_ins_and_which_one_is_here(session, hours, siti, ahmad, enter):
    here = enter(siti, device=PHONE)
    hours.pass_by(minutes=5)
    enter(siti, device="curl/8")
    enter(ahmad)
    rows = accounts.list_sessions(session, siti, sign_in=here)
    assert [(row.device, row.is_here) for row in rows] == [
        ("Chrome di Android", True),
        ("Browser lain", False),
    ]
    assert rows[0].since == "20 April 2026 12.00 WIB"


def test_what_is_over_is_not_listed(session, hours, siti, enter):
    enter(siti)
    hours.pass_by(minutes=61)
    here = enter(siti)
    assert len(accounts.list_sessions(session, siti, sign_in=here)) == 1


def test_i_end_one(session, siti, enter):
    enter(siti)
    there = session.exec(select(SignIn)).one()
    sessions.end_own(session, siti, there.public_id)
    sessions.end_own(session, siti, there.public_id)
    assert sessions.find_person(session, there.token_hash) is None
    assert acts(session) == ["sign_in", "end_session"]


def test_i_cannot_end_that_of_another(session, siti, ahmad, enter):
    there = enter(siti)
    sessions.end_own(session, ahmad, session.exec(select(SignIn)).one().public_id)
    assert sessions.find_person(session, there) == siti
    assert acts(session) == ["sign_in"]


def test_i_end_all_others(session, siti, ahmad, enter):
    here, theirs = enter(siti), enter(ahmad)
    others = [enter(siti) for _ in range(3)]
    assert sessions.end_others(session, siti, sign_in=here) == 3
    assert [sessions.find_person(session, one) for one in others] == [None] * 3
    assert sessions.find_person(session, here) == siti
    assert sessions.find_person(session, theirs) == ahmad
    assert sessions.end_others(session, siti, sign_in=here) == 0
    assert acts(session).count("end_sessions") == 1


def test_without_the_deletion_the_others_would_go_on(session, siti, enter, monkeypatch):
    here, there = enter(siti), enter(siti)
    monkeypatch.setattr(sessions, "execute_change", lambda session, statement: 1)
    sessions.end_others(session, siti, sign_in=here)
    assert sessions.find_person(session, there) == siti


def test_one_public_id_is_not_enough_to_end_a_session(session, siti, ahmad, enter, monkeypatch):
    """The owner stands in the statement itself: without it, anybody's press would do."""
    there = enter(siti)
    public_id = session.exec(select(SignIn)).one().public_id
    ahmad_as_siti = ahmad.model_copy(update={"id": siti.id})
    sessions.end_own(session, ahmad_as_siti, public_id)
    assert sessions.find_person(session, there) is None


# -- dangerous acts ---------------------------------------------------------------------------


def run(session, sign_in, act, /, *args, **kwargs):
    """As a screen runs an act."""
    return transactions.run(db.writing, sign_in, act, *args, **kwargs)


@pytest.fixture
def disabled_by(session, pak_budi, siti):
    """Pak Budi presses Nonaktifkan in that sign-in; whether it was done."""

    def press(sign_in):
        try:
            run(session, sign_in, staff.disable, siti.public_id)
        except sessions.ConfirmFirst:
            return False
        session.refresh(siti)
        return not siti.is_active

    return press


def test_right_after_login_a_dangerous_act_runs(session, pak_budi, enter, disabled_by):
    sign_in = enter(pak_budi)
    session.commit()
    assert disabled_by(sign_in)


def test_five_minutes_later_the_password_is_asked(
    session, hours, pak_budi, siti, enter, disabled_by
):
    sign_in = enter(pak_budi)
    session.commit()
    hours.pass_by(minutes=5)
    assert not disabled_by(sign_in)
    assert siti.is_active


def test_given_again_it_counts_for_this_sign_in_only(session, hours, pak_budi, enter, disabled_by):
    here, there = enter(pak_budi), enter(pak_budi)
    hours.pass_by(minutes=10)
    sessions.confirm(session, pak_budi, sign_in=here)
    session.commit()
    assert not disabled_by(there)
    assert disabled_by(here)
    assert "confirm_password" in acts(session)


def test_a_clock_set_back_confirms_nothing(session, hours, pak_budi, enter, disabled_by):
    sign_in = enter(pak_budi)
    hours.pass_by(minutes=10)
    sessions.confirm(session, pak_budi, sign_in=sign_in)
    session.commit()
    hours.pass_by(minutes=-3)
    assert not disabled_by(sign_in)


def test_without_the_door_asking_it_would_run(
    session, hours, pak_budi, enter, disabled_by, monkeypatch
):
    sign_in = enter(pak_budi)
    session.commit()
    hours.pass_by(minutes=20)
    monkeypatch.setattr(sessions, "ensure_confirmed", lambda *args: None)
    assert disabled_by(sign_in)


def test_other_acts_are_not_asked(session, hours, pak_budi, enter):
    sign_in = enter(pak_budi)
    session.commit()
    hours.pass_by(minutes=20)
    assert run(session, sign_in, sessions.end_others, sign_in=sign_in) == 0


def test_every_dangerous_act_is_marked():
    marked = {
        act
        for package in (staff, second_factor, recovery, sessions, issuing, identity)
        for act in vars(package).values()
        if getattr(act, "__needs_confirmation__", False)
    }
    assert marked == DANGEROUS


# -- new browsers -----------------------------------------------------------------------------


def test_staff_are_notified_of_a_new_browser_once(session, rina, enter, mailbox):
    enter(rina, device=PHONE, flow=FLOW)
    [(to, subject, text)] = mailbox()
    assert (to, subject) == (rina.email, "Login dari perangkat baru")
    assert "Chrome di Android" in text and "20 April 2026 12.00 WIB" in text
    enter(rina, device=PHONE, flow=FLOW)
    assert len(mailbox()) == 1
    enter(rina, device=PHONE, flow=OTHER_FLOW)
    assert len(mailbox()) == 2


def test_job_seekers_are_not(session, siti, enter, mailbox):
    enter(siti, flow=FLOW)
    assert mailbox() == []


def test_what_a_browser_calls_itself_is_not_put_into_the_email(session, rina, enter, mailbox):
    enter(rina, device="<b>Evil</b>\r\nBcc: x@y.z Chrome", flow=FLOW)
    assert "Evil" not in mailbox()[-1][2] and "Bcc" not in mailbox()[-1][2]


def test_at_most_ten_emails_a_day(session, rina, enter, mailbox, monkeypatch):
    for number in range(12):
        enter(rina, flow=f"{number:064}")
    assert len(mailbox()) == 10
    monkeypatch.setattr(limits, "spend_within", lambda *args: True)
    enter(rina, flow="c" * 64)
    assert len(mailbox()) == 11


# -- the cost of a hash -----------------------------------------------------------------------


@pytest.fixture
def dewi(session):
    return make_person(
        session, name="Dewi", password_hash=passwords.hash_password(session, PASSWORD)
    )


def test_a_hash_of_another_cost_is_renewed(session, dewi, monkeypatch):
    assert login.renewed_hash(session, dewi.id, PASSWORD) is None
    monkeypatch.setattr(settings, "bcrypt_cost", 5)
    old, new = login.renewed_hash(session, dewi.id, PASSWORD) or ("", "")
    assert login.renew_hash(session, dewi.id, old, new)
    session.expire_all()
    assert session.get_one(Person, dewi.id).password_hash.startswith("$2b$05$")
    assert login.check_password(session, dewi.email, PASSWORD) == dewi.id
    assert not passwords.is_outdated(new)


def test_a_password_changed_meanwhile_stays(session, dewi):
    new = passwords.hash_password(session, PASSWORD)
    assert not login.renew_hash(session, dewi.id, "an older hash", new)
    assert login.get_person(session, dewi.id).password_hash != new
