"""Signing up: the form, the account once its code is entered, resending, and its limits."""

import pytest
from sqlmodel import select

from barut_reflex.accounts.models import OneTimeCode, Registration
from barut_reflex.accounts.service import codes, login, sign_up
from barut_reflex.core import limits, tokens
from barut_reflex.core.errors import Invalid
from barut_reflex.core.models import AuditEntry
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role

from .conftest import FLOW, OTHER, OTHER_FLOW, PASSWORD, sign_up_form, wrong


def people(session, email="dewi@contoh.id"):
    return session.exec(select(Person).where(Person.email == email)).all()


# -- the form ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Дewi"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"email": "dewi"}, "email"),
        ({"password": "lemah", "again": "lemah"}, "password"),
        ({"password": "Dewi2000!", "again": "Dewi2000!"}, "password"),
        ({"again": OTHER}, "again"),
        ({"agreed": ""}, "agreed"),
    ],
)
def test_a_wrong_form_is_refused_at_its_field(session, change, field):
    with pytest.raises(Invalid) as refused:
        sign_up.prepare_sign_up(session, sign_up_form(**change))
    assert list(refused.value.errors) == [field]


def test_an_empty_form_names_every_field(session):
    with pytest.raises(Invalid) as refused:
        sign_up.prepare_sign_up(session, {})
    assert set(refused.value.errors) == {"name", "email", "password", "agreed"}


def test_extra_fields_give_no_rights(session, signing_up, code):
    signing_up(role="administrator", is_active="on", id="1", must_change_password="")
    person = sign_up.confirm_sign_up(session, code(), flow=FLOW)
    assert person.role is Role.JOB_SEEKER


def test_without_cookies_nothing_begins(session, signing_up):
    with pytest.raises(codes.NoCookies):
        signing_up(flow="")


# -- the account ------------------------------------------------------------------------------


def test_the_account_exists_only_once_its_code_is_given(session, signing_up, code):
    signing_up(email="Dewi@Contoh.ID", name="  De\u0301wi   Lestari ")
    assert people(session) == []
    person = sign_up.confirm_sign_up(session, code(), flow=FLOW)
    assert (person.role, person.mailbox) == (Role.JOB_SEEKER, "dewi@contoh.id")
    assert person.search_name.startswith("dewi")
    assert login.check_password(session, "dewi@contoh.id", PASSWORD) == person.id
    assert session.exec(select(Registration)).all() == []
    assert [row.act for row in session.exec(select(AuditEntry))] == ["sign_up"]


def test_the_email_carries_the_code_and_no_password(session, signing_up, mailbox, code):
    signing_up()
    [(to, subject, text)] = mailbox()
    assert to == "dewi@contoh.id"
    assert code() in text.splitlines()
    assert "3 menit" in text
    assert code() not in subject
    assert PASSWORD not in text


def test_the_table_holds_neither_code_nor_password(session, signing_up, code):
    signing_up()
    row, waiting = session.exec(select(OneTimeCode)).one(), session.exec(select(Registration)).one()
    assert code() not in str(row.model_dump())
    assert PASSWORD not in str(waiting.model_dump())


def test_a_code_works_once(session, signing_up, code):
    signing_up()
    sign_up.confirm_sign_up(session, code(), flow=FLOW)
    with pytest.raises(sign_up.NothingPending):
        sign_up.confirm_sign_up(session, code(), flow=FLOW)
    signing_up("lain@contoh.id")
    session.exec(select(Registration)).one().email = "dewi2@contoh.id"
    with pytest.raises(codes.CodeExpired):
        sign_up.confirm_sign_up(session, code(), flow=FLOW)


def test_the_code_of_another_browser_does_not_work(session, signing_up, code):
    signing_up()
    with pytest.raises(sign_up.NothingPending):
        sign_up.confirm_sign_up(session, code(), flow=OTHER_FLOW)
    mine = code()
    signing_up("lain@contoh.id", flow=OTHER_FLOW)
    if mine != code():
        with pytest.raises(codes.WrongCode):
            sign_up.confirm_sign_up(session, mine, flow=OTHER_FLOW)
    assert people(session) == []


def test_the_first_code_of_two_sign_ups_wins(session, signing_up, code):
    signing_up(name="Penyerang", password=OTHER, again=OTHER, flow=OTHER_FLOW)
    attackers = code()
    signing_up(flow=FLOW)
    sign_up.confirm_sign_up(session, code(), flow=FLOW)
    with pytest.raises(sign_up.AlreadyRegistered):
        sign_up.confirm_sign_up(session, attackers, flow=OTHER_FLOW)
    [dewi] = people(session)
    assert dewi.name == "Dewi Lestari"
    assert login.check_password(session, dewi.email, PASSWORD) == dewi.id


def test_a_sign_up_waits_three_days(session, hours, signing_up):
    signing_up()
    hours.pass_by(days=3, seconds=1)
    with pytest.raises(sign_up.NothingPending):
        sign_up.resend(session, flow=FLOW)
    assert sign_up.pending_sign_up(session, flow=FLOW) == codes.Pending()


# -- resend and another address ---------------------------------------------------------------


@pytest.mark.seed("manual 1.3")
def test_a_new_code_voids_the_old_one(session, hours, signing_up, code):
    signing_up()
    old = code()
    hours.pass_by(seconds=60)
    sign_up.resend(session, flow=FLOW)
    new = code()
    if old != new:
        with pytest.raises(codes.WrongCode):
            sign_up.confirm_sign_up(session, old, flow=FLOW)
    assert sign_up.confirm_sign_up(session, new, flow=FLOW)


def test_a_minute_passes_between_two_codes(session, hours, signing_up, mailbox):
    signing_up()
    assert sign_up.pending_sign_up(session, flow=FLOW) == codes.Pending("dewi@contoh.id", 60)
    hours.pass_by(seconds=59)
    with pytest.raises(codes.TooSoon):
        sign_up.resend(session, flow=FLOW)
    assert sign_up.pending_sign_up(session, flow=FLOW).resend_wait == 1
    hours.pass_by(seconds=1)
    sign_up.resend(session, flow=FLOW)
    assert len(mailbox()) == 2


def test_the_form_sent_twice_mails_once(session, signing_up, mailbox, code):
    signing_up(name="Dewi Lestari")
    signing_up(name="Dewi Ayu Lestari")
    assert len(mailbox()) == 1
    assert sign_up.confirm_sign_up(session, code(), flow=FLOW).name == "Dewi Ayu Lestari"


def test_the_address_can_be_corrected(session, signing_up, mailbox, code):
    signing_up("dewi@contoh.di")
    old = code()
    sign_up.correct_address(session, "dewi@contoh.id", flow=FLOW)
    assert mailbox()[-1][0] == "dewi@contoh.id"
    if old != code():
        with pytest.raises(codes.WrongCode):
            sign_up.confirm_sign_up(session, old, flow=FLOW)
    assert sign_up.confirm_sign_up(session, code(), flow=FLOW).email == "dewi@contoh.id"


def test_a_code_of_the_old_address_never_proves_the_new_one(session, signing_up, code, monkeypatch):
    signing_up("mine@contoh.id")
    old = code()
    monkeypatch.setattr(codes, "count_code_email", lambda *args, **kwargs: False)
    sign_up.correct_address(session, "victim@contoh.id", flow=FLOW)
    with pytest.raises(codes.CodeExpired):
        sign_up.confirm_sign_up(session, old, flow=FLOW)
    assert people(session, "victim@contoh.id") == []


def test_a_wrong_address_is_refused_and_the_sign_up_stays(session, signing_up):
    signing_up()
    with pytest.raises(Invalid):
        sign_up.correct_address(session, "dewi", flow=FLOW)
    assert sign_up.pending_sign_up(session, flow=FLOW).email == "dewi@contoh.id"


# -- limits -----------------------------------------------------------------------------------


def test_one_mailbox_gets_five_codes_an_hour_and_ten_a_day(hours, many_signing_up, mailbox):
    many_signing_up(range(50))
    assert len(mailbox()) == 5
    hours.pass_by(hours=1)
    many_signing_up(range(50, 60))
    hours.pass_by(hours=1)
    many_signing_up(range(60, 70))
    assert len(mailbox()) == 10


def test_without_limits_the_mailbox_is_flooded(many_signing_up, mailbox, monkeypatch):
    monkeypatch.setattr(limits, "spend_within", lambda *args: True)
    many_signing_up(range(50))
    assert len(mailbox()) == 50


# -- a login before the code ------------------------------------------------------------------


def test_an_unverified_login_leads_back_to_the_code(session, hours, signing_up, mailbox, code):
    signing_up(flow=FLOW)
    waits = sign_up.find_waiting_sign_up(session, "Dewi@contoh.id", PASSWORD, flow=OTHER_FLOW)
    hours.pass_by(minutes=5)
    assert sign_up.resume_sign_up(session, waits, flow=OTHER_FLOW)
    assert len(mailbox()) == 2
    assert sign_up.pending_sign_up(session, flow=FLOW) == codes.Pending()
    assert sign_up.confirm_sign_up(session, code(), flow=OTHER_FLOW).email == "dewi@contoh.id"


def test_the_same_browser_keeps_its_code(session, signing_up, mailbox, code):
    signing_up()
    waits = sign_up.find_waiting_sign_up(session, "dewi@contoh.id", PASSWORD, flow=FLOW)
    assert sign_up.resume_sign_up(session, waits, flow=FLOW)
    assert len(mailbox()) == 1
    assert sign_up.confirm_sign_up(session, code(), flow=FLOW)


@pytest.mark.parametrize("email", ["dewi@contoh.id", "nobody@contoh.id"])
def test_a_wrong_password_learns_of_no_sign_up(session, signing_up, email):
    signing_up()
    assert sign_up.find_waiting_sign_up(session, email, OTHER, flow=OTHER_FLOW) == ""


def test_of_two_waiting_sign_ups_the_own_one_goes_first(session, hours, signing_up):
    signing_up(flow=FLOW)
    hours.pass_by(seconds=1)
    signing_up(flow=OTHER_FLOW, password=OTHER, again=OTHER)
    find = sign_up.find_waiting_sign_up
    assert find(session, "dewi@contoh.id", PASSWORD, flow=FLOW) == FLOW
    assert find(session, "dewi@contoh.id", PASSWORD, flow="") == ""


def test_a_sign_up_that_is_over_is_not_resumed(session, signing_up):
    assert not sign_up.resume_sign_up(session, "9" * 64, flow=FLOW)


# -- addresses that look alike ----------------------------------------------------------------


def test_a_look_alike_letter_never_gets_somebody_elses_account(session, signing_up, code, mailbox):
    signing_up("ketut@contoh.id")
    sign_up.confirm_sign_up(session, code(), flow=FLOW)
    signing_up("\u212aetut@contoh.id", flow=OTHER_FLOW)  # Kelvin sign
    to, subject, _ = mailbox()[-1]
    assert (to, subject) == ("ketut@contoh.id", "Akun sudah ada")
    with pytest.raises(Invalid):
        signing_up("m\u0131ke@contoh.id", flow=OTHER_FLOW)


def test_a_known_address_gets_an_email_and_no_code_fits(session, signing_up, ahmad, mailbox):
    signing_up(ahmad.email)
    [(to, subject, text)] = mailbox()
    assert (to, subject) == (ahmad.email, "Akun sudah ada")
    row = session.exec(select(OneTimeCode)).one()
    fitting = [n for n in range(0, 10**6, 997) if codes.hash_of(row, f"{n:06}") == row.code_hash]
    assert fitting == []
    assert not any(line.isdigit() for line in text.splitlines())


def test_a_real_code_would_be_found_that_way(session, signing_up, code):
    signing_up()
    row = session.exec(select(OneTimeCode)).one()
    assert tokens.is_same_hash(codes.hash_of(row, code()), row.code_hash)
    assert not tokens.is_same_hash(codes.hash_of(row, wrong(code())), row.code_hash)
