"""Issuing, replacing and revoking codes works the same for every kind."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from barut_reflex.core import clock
from barut_reflex.core.settings import settings
from barut_reflex.seal import codes
from barut_reflex.seal import queries as seal
from barut_reflex.seal import service as seal_service
from barut_reflex.seal.models import Code
from barut_reflex.seal.rules import KINDS_WITH_CHECK_PAGE, PayloadKind

DAYS = date(2026, 4, 20), date(2028, 4, 20)
AK1, ACCESS = PayloadKind.AK1, PayloadKind.ACCESS


@pytest.fixture(autouse=True)
def own_keys(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "var", tmp_path)


def payload(kind=AK1):
    return codes.Payload(codes.new_code_id(), "", "Siti", *DAYS, kind=kind)


def issue(session, subject=1, kind=AK1):
    return seal_service.issue_code(session, subject, payload(kind))


def replaced(session, code):
    session.refresh(code)
    return code.replaced is not None


@pytest.mark.parametrize("kind", KINDS_WITH_CHECK_PAGE)
def test_the_code_before_is_old_from_now_on(session, kind):
    first, second = issue(session, kind=kind), issue(session, kind=kind)
    assert (replaced(session, first), replaced(session, second)) == (True, False)
    assert seal.current_code(session, kind, 1) == second
    assert seal.codes_of(session, kind, 1) == [first, second]
    assert codes.decode(second.code).code_id == second.code_id


def test_codes_of_others_stay(session):
    others = [issue(session, subject=2), issue(session, kind=PayloadKind.SIAPKERJA_ID)]
    issue(session)
    issue(session)
    assert [replaced(session, code) for code in others] == [False, False]


def test_two_of_one_subject_never_count(session):
    first = issue(session)
    facts = {"kind": AK1, "subject_id": 1, "valid_until": DAYS[1], "created": clock.now()}
    session.add(Code(**facts, code_id="1", replaced=clock.now()))
    session.flush()  # an old one may be there
    session.add(Code(**facts, code_id="2"))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    assert first.kind is AK1


def test_a_code_from_after_the_backup_is_taken_up_once(session):
    first, text = issue(session), codes.encode(payload())
    at = clock.now() + timedelta(hours=1)
    assert seal_service.restore_code(session, 1, text, at)
    code = seal.current_code(session, AK1, 1)
    assert (code.code, code.valid_until, clock.utc(code.created)) == (text, DAYS[1], at)
    assert replaced(session, first)
    assert not seal_service.restore_code(session, 1, text, at)
    assert not seal_service.restore_code(session, 1, first.code, at)
    assert seal.current_code(session, AK1, 1) == code


def test_revoked_counts_for_old_codes_too_and_can_be_taken_back(session):
    old, new = issue(session), issue(session)
    assert (seal.revoked_ids(session), seal.replaced_ids(session)) == ([], [old.code_id])
    seal_service.mark_revoked(session, AK1, 1, clock.now())
    assert set(seal.revoked_ids(session)) == {old.code_id, new.code_id}
    assert seal.replaced_ids(session) == []
    seal_service.mark_revoked(session, AK1, 1, None)
    assert (seal.revoked_ids(session), seal.replaced_ids(session)) == ([], [old.code_id])


def test_an_access_code_is_on_no_list(session):
    facts = {"kind": ACCESS, "subject_id": 1, "valid_until": clock.today(), "created": clock.now()}
    for number in range(2):
        seal_service.put_in_use(session, Code(**facts, code_id=str(number)))
    seal_service.mark_revoked(session, ACCESS, 1, clock.now())
    assert (seal.revoked_ids(session), seal.replaced_ids(session)) == ([], [])
    assert seal.signed_with(session, 1, AK1) == []


def test_the_signer_is_read_from_the_text(session):
    old, new = issue(session), issue(session)
    assert replaced(session, old) and seal.signed_with(session, 1, AK1) == [new]
    assert seal.signed_with(session, 2, AK1) == []
