"""Resetting a password: code, link, new password, and limits an attacker cannot use up."""

from datetime import timedelta

import pytest
from sqlmodel import select

from barut_reflex.accounts.models import OneTimeCode, ResetLink
from barut_reflex.accounts.service import codes, login, reset
from barut_reflex.core import limits, tokens
from barut_reflex.core.errors import Invalid
from barut_reflex.core.models import AuditEntry
from barut_reflex.people.service import passwords, sessions
from probes.factories import make_person

from .conftest import FLOW, OTHER, OTHER_FLOW, PASSWORD, wrong

NEW = {"password": OTHER, "again": OTHER}


@pytest.fixture
def dewi(session, hours):
    return make_person(
        session, name="Dewi", password_hash=passwords.hash_password(session, PASSWORD)
    )


@pytest.fixture
def mailed(session, dewi, code, link):
    """The token of a link that was mailed to dewi."""

    def ask(flow=FLOW):
        reset.begin_reset(session, dewi.email, flow=flow)
        reset.confirm_reset(session, code(), flow=flow)
        return link()

    return ask


def use(session, token, form=NEW):
    """What the page does with the link's cookie."""
    hashed = tokens.fingerprint(token)
    password_hash = reset.prepare_new_password(session, form, link=hashed)
    reset.set_new_password(session, password_hash, link=hashed)


def test_code_then_link_then_new_password(session, dewi, mailed, mailbox):
    use(session, mailed())
    assert login.check_password(session, dewi.email, OTHER) == dewi.id
    with pytest.raises(login.WrongPassword):
        login.check_password(session, dewi.email, PASSWORD)
    assert [subject for _, subject, _ in mailbox()] == [
        "Kode OTP lupa password",
        "Link reset password",
        "Password Anda diubah",
    ]
    assert {to for to, _, _ in mailbox()} == {dewi.email}
    assert [row.act for row in session.exec(select(AuditEntry))] == ["reset_link", "reset_password"]


def test_the_answer_to_the_code_holds_nothing_of_the_link(session, dewi, code):
    reset.begin_reset(session, dewi.email, flow=FLOW)
    assert reset.confirm_reset(session, code(), flow=FLOW) is None


def test_only_the_hash_of_the_link_is_kept(session, mailed):
    token = mailed()
    row = session.exec(select(ResetLink)).one()
    assert row.token_hash == tokens.fingerprint(token)
    assert len(token) >= 43


def test_a_wrong_code_mails_no_link(session, dewi, code):
    reset.begin_reset(session, dewi.email, flow=FLOW)
    with pytest.raises(codes.WrongCode):
        reset.confirm_reset(session, wrong(code()), flow=FLOW)
    assert session.exec(select(ResetLink)).all() == []


@pytest.mark.seed("manual 4.3")
@pytest.mark.parametrize(("seconds", "is_good"), [(599, True), (600, False), (601, False)])
def test_a_link_lives_ten_minutes(session, hours, mailed, seconds, is_good):
    token = mailed()
    hours.pass_by(seconds=seconds)
    assert reset.link_is_good(session, tokens.fingerprint(token)) is is_good
    if is_good:
        use(session, token)
    else:
        with pytest.raises(reset.LinkOver):
            use(session, token)


def test_opening_a_link_five_times_does_not_use_it_up(session, mailed):
    token = mailed()
    assert all(reset.link_is_good(session, tokens.fingerprint(token)) for _ in range(5))
    use(session, token)


def test_a_link_works_once(session, dewi, mailed):
    hashed = tokens.fingerprint(mailed())
    one = reset.prepare_new_password(session, NEW, link=hashed)
    reset.set_new_password(session, one, link=hashed)
    with pytest.raises(reset.LinkOver):  # of two at once the second comes this far
        reset.set_new_password(session, "another hash", link=hashed)
    assert dewi.password_hash == one


def test_only_the_newest_link_works(session, hours, mailed):
    old = mailed()
    hours.pass_by(seconds=60)
    new = mailed()
    with pytest.raises(reset.LinkOver):
        use(session, old)
    use(session, new)


@pytest.mark.parametrize("token", ["", "x", "../../etc"])
def test_a_made_up_link_is_over(session, dewi, token):
    with pytest.raises(reset.LinkOver):
        use(session, token)
    assert not reset.link_is_good(session, "")


def test_a_new_password_ends_every_sign_in_and_every_link(session, dewi, siti, mailed):
    theirs = [tokens.fingerprint(sessions.sign_in(session, dewi.id)) for _ in range(3)]
    others = tokens.fingerprint(sessions.sign_in(session, siti.id))
    token = mailed()
    assert sessions.find_person(session, theirs[0]) == dewi
    use(session, token)
    assert [sessions.find_person(session, one) for one in theirs] == [None] * 3
    assert sessions.find_person(session, others) == siti


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"password": "lemah", "again": "lemah"}, "password"),
        ({"password": "Dewi2026!", "again": "Dewi2026!"}, "password"),
        ({"password": OTHER, "again": PASSWORD}, "again"),
    ],
)
def test_a_wrong_new_password_is_refused_and_the_link_stays(session, mailed, form, field):
    token = mailed()
    with pytest.raises(Invalid) as refused:
        use(session, token, form)
    assert list(refused.value.errors) == [field]
    use(session, token)


def test_a_reset_ends_the_login_limits_and_a_temporary_password(session, hours, dewi, mailed):
    dewi.must_change_password, dewi.password_expires = True, hours.moment
    for number in range(5):
        login.count_login(session, dewi.email, f"203.0.113.{number}")
    use(session, mailed())
    login.count_login(session, dewi.email, "203.0.113.9")
    assert login.check_password(session, dewi.email, OTHER) == dewi.id
    assert not dewi.must_change_password


def test_a_disabled_account_gets_an_email_but_no_code(session, dewi, mailbox):
    dewi.is_active = False
    reset.begin_reset(session, dewi.email, flow=FLOW)
    [(_, _, text)] = mailbox()
    assert "dinonaktifkan" in text
    assert not any(line.isdigit() for line in text.splitlines())


def test_an_account_disabled_meanwhile_gets_no_new_password(session, dewi, mailed):
    token = mailed()
    hashed = reset.prepare_new_password(session, NEW, link=tokens.fingerprint(token))
    dewi.is_active = False
    with pytest.raises(reset.LinkOver):
        reset.set_new_password(session, hashed, link=tokens.fingerprint(token))


def test_the_email_goes_to_the_accounts_own_address(session, dewi, mailbox):
    reset.begin_reset(session, " DEWI@CONTOH.ID ", flow=FLOW)
    assert mailbox()[0][0] == "dewi@contoh.id"


def test_a_wrong_address_is_refused_at_its_field(session):
    with pytest.raises(Invalid) as refused:
        reset.begin_reset(session, "dewi", flow=FLOW)
    assert list(refused.value.errors) == ["email"]
    with pytest.raises(reset.NothingAsked):
        reset.resend_reset(session, "", flow=FLOW)


def test_a_minute_passes_between_two_codes(session, hours, dewi, mailbox):
    reset.begin_reset(session, dewi.email, flow=FLOW)
    assert reset.pending_reset(session, flow=FLOW) == codes.Pending(dewi.email, 60)
    with pytest.raises(codes.TooSoon):
        reset.resend_reset(session, dewi.email, flow=FLOW)
    reset.begin_reset(session, dewi.email, flow=FLOW)
    assert len(mailbox()) == 1
    hours.pass_by(seconds=60)
    reset.resend_reset(session, dewi.email, flow=FLOW)
    assert len(mailbox()) == 2


def test_asking_for_another_address_voids_the_code_of_the_first(session, dewi, siti, code):
    reset.begin_reset(session, dewi.email, flow=FLOW)
    reset.begin_reset(session, siti.email, flow=FLOW)
    assert reset.pending_reset(session, flow=FLOW).email == siti.email
    rows = session.exec(select(OneTimeCode).where(OneTimeCode.email == dewi.email)).all()
    session.refresh(rows[0])
    assert rows[0].closed is not None


# -- nobody can shut the owner out ------------------------------------------------------------


def flood(session, hours, email, times=20):
    for number in range(times):
        reset.begin_reset(session, email, flow=f"{number:064}")


def test_an_attack_uses_up_the_mailbox_limit(session, hours, dewi, mailbox):
    flood(session, hours, dewi.email, times=50)
    assert len(mailbox()) == 5
    reset.begin_reset(session, dewi.email, flow=OTHER_FLOW)
    assert len(mailbox()) == 5


def test_a_known_browser_keeps_two_mails_an_hour_of_its_own(session, hours, dewi, mailbox, code):
    sessions.sign_in(session, dewi.id, flow=FLOW)
    flood(session, hours, dewi.email)
    reset.begin_reset(session, dewi.email, flow=FLOW)
    assert len(mailbox()) == 6
    reset.confirm_reset(session, code(), flow=FLOW)
    for _ in range(3):
        hours.pass_by(seconds=61)
        reset.resend_reset(session, dewi.email, flow=FLOW)
    assert [subject for _, subject, _ in mailbox()].count("Kode OTP lupa password") == 7


def test_a_browser_known_to_somebody_else_has_none(session, hours, dewi, siti, mailbox):
    sessions.sign_in(session, siti.id, flow=FLOW)
    flood(session, hours, dewi.email)
    reset.begin_reset(session, dewi.email, flow=FLOW)
    assert len(mailbox()) == 5


def test_attacks_on_sign_up_leave_the_reset_open(session, hours, dewi, mailbox):
    for _ in range(30):
        limits.spend_within(session, "mail sign_up dewi@contoh.id", (30, timedelta(days=1)))
    reset.begin_reset(session, dewi.email, flow=FLOW)
    assert len(mailbox()) == 1
