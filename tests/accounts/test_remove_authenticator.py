"""Removing an authenticator: not by its owner where it is required, but by an administrator."""

import pytest
from sqlmodel import select

from barut_reflex.accounts.models import RecoveryCode
from barut_reflex.accounts.service import recovery, second_factor, staff
from barut_reflex.core import audit
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.people.models import Authenticator
from barut_reflex.people.service import sessions

from .conftest import acts

# -- taking it away ---------------------------------------------------------------------------


def test_it_cannot_be_turned_off_where_it_is_required(session, enrolled, rina):
    with pytest.raises(second_factor.StillRequired):
        second_factor.turn_off(session, rina)
    assert session.exec(select(Authenticator)).one()


def test_without_the_rule_it_would_be_turned_off(session, enrolled, rina, monkeypatch):
    monkeypatch.setattr(second_factor, "requires_second_factor", lambda person: False)
    second_factor.turn_off(session, rina)
    assert session.exec(select(Authenticator)).all() == []


def test_it_can_elsewhere(session, enrolled, rina, enter_password, monkeypatch, mailbox):
    monkeypatch.setattr(settings, "officer_totp", False)
    recovery.first_recovery_codes(session, rina)
    second_factor.turn_off(session, rina)
    assert sessions.find_person(session, enter_password(rina)) == rina
    assert session.exec(select(RecoveryCode)).all() == []
    assert "Autentikator dihapus" in [subject for _, subject, _ in mailbox()]
    assert "turn_off_second_factor" in acts(session)


def test_an_administrator_takes_it_away(
    session, enrolled, rina, pak_budi, enter_password, give_code, code_at
):
    here = give_code(enter_password(rina), code_at(enrolled))
    assert staff.remove_second_factor(session, pak_budi, rina.public_id) == "Rina"
    assert sessions.find_sign_in(session, here) is None
    assert second_factor.second_step(session, sign_in=enter_password(rina)).kind == "enrol"
    with pytest.raises(recovery.NoSecondFactor):
        staff.remove_second_factor(session, pak_budi, rina.public_id)
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "remove_second_factor")).one()
    assert (entry.actor_id, entry.subject) == (pak_budi.id, rina.public_id)
    assert audit.verify(session) == []


@pytest.mark.parametrize("who", ["rina", "ahmad"])
def test_nobody_else_does(request, session, enrolled, pak_budi, who):
    by = request.getfixturevalue(who)
    with pytest.raises(staff.NotAdministrator):
        staff.remove_second_factor(session, by, pak_budi.public_id)
    assert session.exec(select(Authenticator)).one()
