"""Staff accounts: creating, disabling, temporary passwords and sweeping."""

import pytest
from sqlmodel import select

from barut_reflex.accounts.models import OneTimeCode
from barut_reflex.accounts.service import login, reset, staff, sweep
from barut_reflex.core import tokens
from barut_reflex.core.errors import Invalid
from barut_reflex.core.models import AuditEntry
from barut_reflex.gate import flash
from barut_reflex.gate.models import Flash
from barut_reflex.people.models import SignIn
from barut_reflex.people.rules import Role, StaffKind
from barut_reflex.people.service import passwords, sessions
from probes.factories import make_person

from .conftest import OTHER, PASSWORD

FORM = {
    "name": "Yuliana, S.Sos.",
    "email": "Yuliana@contoh.go.id",
    "password": PASSWORD,
    "again": PASSWORD,
    "staff_kind": "PNS",
    "staff_number": "198501012010012001",
    "position": "Pengantar Kerja Ahli Muda",
    "role": "officer",
}


@pytest.fixture
def yuliana(session, hours, pak_budi):
    return staff.create_staff(session, pak_budi, staff.prepare_staff(session, FORM))


def acts(session):
    return [entry.act for entry in session.exec(select(AuditEntry))]


# -- a new account ----------------------------------------------------------------------------


def test_a_new_officer(session, hours, yuliana, pak_budi, mailbox):
    assert (yuliana.role, yuliana.staff_kind) == (Role.OFFICER, StaffKind.PNS)
    assert yuliana.email == "yuliana@contoh.go.id"
    assert yuliana.must_change_password
    assert login.check_password(session, yuliana.email, PASSWORD) == yuliana.id
    [(to, subject, text)] = mailbox()
    assert (to, subject) == (yuliana.email, "Akun petugas dibuat")
    assert PASSWORD not in text
    [entry] = session.exec(select(AuditEntry)).all()
    assert (entry.act, entry.actor_id, entry.subject, entry.detail) == (
        "create_staff",
        pak_budi.id,
        yuliana.public_id,
        "officer",
    )


def test_the_first_password_lasts_a_day(session, hours, yuliana):
    hours.pass_by(hours=24)
    with pytest.raises(login.TemporaryPasswordOver):
        login.check_password(session, yuliana.email, PASSWORD)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "x"}, "email"),
        ({"password": "x", "again": "x"}, "password"),
        ({"again": OTHER}, "again"),
        ({"staff_kind": ""}, "staff_kind"),
        ({"staff_kind": "HONORER"}, "staff_kind"),
        ({"staff_number": "123"}, "staff_number"),
        ({"position": ""}, "position"),
        ({"position": "x" * 101}, "position"),
        ({"role": "job_seeker"}, "role"),
        ({"role": "root"}, "role"),
    ],
)
def test_a_wrong_form_is_refused_at_its_field(session, change, field):
    with pytest.raises(Invalid) as refused:
        staff.prepare_staff(session, FORM | change)
    assert list(refused.value.errors) == [field]


def test_the_number_of_a_pppk_is_named_so(session):
    with pytest.raises(Invalid) as refused:
        staff.prepare_staff(session, FORM | {"staff_kind": "PPPK", "staff_number": "1"})
    assert "NIPPPK" in refused.value.errors["staff_number"]


def test_an_address_has_one_account(session, yuliana, pak_budi):
    with pytest.raises(staff.EmailTaken):
        staff.create_staff(session, pak_budi, staff.prepare_staff(session, FORM))


@pytest.mark.parametrize("who", ["rina", "ahmad"])
def test_only_an_administrator_manages_accounts(request, session, hours, siti, who):
    by = request.getfixturevalue(who)
    for act in (
        lambda: staff.create_staff(session, by, staff.prepare_staff(session, FORM)),
        lambda: staff.disable(session, by, siti.public_id),
        lambda: staff.enable(session, by, siti.public_id),
        lambda: staff.give_temporary_password(session, by, siti.public_id, "hash"),
    ):
        with pytest.raises(staff.NotAdministrator):
            act()
    assert siti.is_active
    assert acts(session) == []


# -- disabling --------------------------------------------------------------------------------


def test_disabling_ends_every_sign_in(session, hours, siti, pak_budi):
    here = tokens.fingerprint(sessions.sign_in(session, siti.id))
    assert staff.disable(session, pak_budi, siti.public_id) == "Siti"
    assert sessions.find_sign_in(session, here) is None
    staff.disable(session, pak_budi, siti.public_id)
    staff.enable(session, pak_budi, siti.public_id)
    assert siti.is_active
    assert sessions.find_sign_in(session, here) is None
    assert acts(session) == ["sign_in", "disable_account", "enable_account"]


def test_nobody_disables_oneself(session, hours, pak_budi):
    make_person(session, name="Ratna", role=Role.ADMINISTRATOR)
    for act in (staff.disable, staff.enable):
        with pytest.raises(staff.OwnAccount):
            act(session, pak_budi, pak_budi.public_id)
    with pytest.raises(staff.OwnAccount):
        staff.give_temporary_password(session, pak_budi, pak_budi.public_id, "hash")


def test_the_last_active_administrator_stays(session, hours, pak_budi):
    ratna = make_person(session, name="Ratna", role=Role.ADMINISTRATOR)
    staff.disable(session, pak_budi, ratna.public_id)
    with pytest.raises(staff.LastAdministrator):  # ratna pressed while she was being disabled
        staff.disable(session, ratna, pak_budi.public_id)
    assert pak_budi.is_active


def test_without_the_rule_no_administrator_would_be_left(session, hours, pak_budi, monkeypatch):
    ratna = make_person(session, name="Ratna", role=Role.ADMINISTRATOR)
    staff.disable(session, pak_budi, ratna.public_id)
    monkeypatch.setattr(staff, "ensure_administrator_remains", lambda session, person: None)
    staff.disable(session, ratna, pak_budi.public_id)
    assert not pak_budi.is_active and not ratna.is_active


def test_an_unknown_account_is_not_found(session, hours, pak_budi):
    with pytest.raises(staff.AccountNotFound):
        staff.disable(session, pak_budi, "x")


# -- temporary and first passwords ------------------------------------------------------------


def test_a_temporary_password_must_be_changed(session, hours, siti, pak_budi, mailbox):
    here = tokens.fingerprint(sessions.sign_in(session, siti.id))
    password, password_hash = staff.prepare_temporary_password(session)
    staff.give_temporary_password(session, pak_budi, siti.public_id, password_hash)
    assert login.check_password(session, siti.email, password) == siti.id
    assert siti.must_change_password
    assert sessions.find_person(session, here) is None
    [(to, _, text)] = mailbox()
    assert to == siti.email
    assert password not in text
    hours.pass_by(hours=24)
    with pytest.raises(login.TemporaryPasswordOver):
        login.check_password(session, siti.email, password)


def test_one_time_passwords_are_long_and_differ():
    made = {passwords.one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert {len(password) for password in made} == {19}


def test_the_first_change(session, hours, yuliana, mailbox):
    here, there = (tokens.fingerprint(sessions.sign_in(session, yuliana.id)) for _ in range(2))
    form = {"password": OTHER, "again": OTHER}
    password_hash = staff.prepare_first_password(session, yuliana, form)
    staff.set_first_password(session, yuliana, password_hash, sign_in=here)
    assert not yuliana.must_change_password
    assert sessions.find_person(session, here) == yuliana
    assert sessions.find_person(session, there) is None
    assert mailbox()[-1][1] == "Password Anda diubah"
    hours.pass_by(days=2)
    assert login.check_password(session, yuliana.email, OTHER) == yuliana.id
    assert acts(session)[-1] == "first_password"


@pytest.mark.parametrize(
    ("password", "said"), [(PASSWORD, "harus berbeda"), ("x", "8 karakter"), ("", "belum diisi")]
)
def test_the_first_change_needs_a_new_good_password(session, yuliana, password, said):
    form = {"password": password, "again": password}
    with pytest.raises(Invalid) as refused:
        staff.prepare_first_password(session, yuliana, form)
    assert said in refused.value.errors["password"]


def test_who_has_a_password_of_ones_own_cannot_skip_the_reset(session, hours, siti):
    form = {"password": OTHER, "again": OTHER}
    with pytest.raises(staff.NothingToChange):
        staff.prepare_first_password(session, siti, form)
    with pytest.raises(staff.NothingToChange):
        staff.set_first_password(session, siti, "hash", sign_in="")


# -- sweeping ---------------------------------------------------------------------------------


def test_what_is_over_is_swept_and_what_lives_stays(session, hours, siti):
    sessions.sign_in(session, siti.id)
    reset.begin_reset(session, siti.email, flow="a")
    flash.leave_flash(session, "a", "x")
    hours.pass_by(hours=23)
    sweep.sweep(session)
    assert len(rows_left(session)) == 3
    hours.pass_by(hours=3)
    sweep.sweep(session)
    assert rows_left(session) == []


def rows_left(session):
    session.expire_all()
    return [row for table in (Flash, OneTimeCode, SignIn) for row in session.exec(select(table))]
