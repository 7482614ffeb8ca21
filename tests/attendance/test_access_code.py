"""Access codes: one minute, one use, checked by staff; offline scanners post them later."""

from datetime import timedelta

import pytest
from sqlmodel import select

from barut_reflex.attendance import queries as attendance_queries
from barut_reflex.attendance import service as attendance
from barut_reflex.attendance.models import Attendance
from barut_reflex.attendance.rules import AttendancePurpose
from barut_reflex.cards.service import common, issuing
from barut_reflex.core import clock
from barut_reflex.core.models import AuditEntry
from barut_reflex.seal import access, codes
from barut_reflex.seal.models import Code
from barut_reflex.seal.queries import current_code
from barut_reflex.seal.rules import PayloadKind

from ..browsing import open_browser

ENTRY = AttendancePurpose.ENTRY


def code_of(session, holder):
    """The signed text on the holder's screen."""
    row = current_code(session, PayloadKind.ACCESS, holder.id)
    return attendance.signed_text(session, row, holder)


def late(session, *seen, by):
    return attendance.check_in_offline(session, by, list(seen), purpose=ENTRY)


def test_a_code_is_read_once(session, card, ahmad, rina):
    attendance.make_access_code(session, ahmad)
    code = code_of(session, ahmad)
    came = attendance.check_in(session, rina, code, purpose=ENTRY, event="Job fair")
    assert (came.name, came.number, came.at) == ("Bambang Susilo Hartono", card.number, "10.00")
    with pytest.raises(attendance.AccessCodeUsed, match="sudah dipakai pukul"):
        attendance.check_in(session, rina, code, purpose=ENTRY)
    row = session.exec(select(Attendance)).one()
    assert (row.holder_id, row.purpose, row.event, row.by_id) == (
        ahmad.id, ENTRY, "Job fair", rina.id,
    )  # fmt: skip
    acts = [entry.act for entry in session.exec(select(AuditEntry))]
    assert acts[-2:] == ["check_in", "access_code_reused"]
    assert attendance.AccessCodeUsed.is_counted


def test_the_digits_and_the_qr_are_one_code(session, card, ahmad, rina):
    made = attendance.make_access_code(session, ahmad)
    attendance.check_in(session, rina, made.digits, purpose=ENTRY)
    with pytest.raises(attendance.AccessCodeUsed):
        attendance.check_in(session, rina, code_of(session, ahmad), purpose=ENTRY)


def test_it_is_read_from_the_whole_address_and_in_lower_case(session, card, ahmad, rina):
    attendance.make_access_code(session, ahmad)
    text = access.address_of(code_of(session, ahmad)).lower()
    assert attendance.check_in(session, rina, text, purpose=ENTRY).number == card.number


def test_without_the_used_check_a_replay_meets_the_database(
    session, card, ahmad, rina, monkeypatch
):
    attendance.make_access_code(session, ahmad)
    code = code_of(session, ahmad)
    monkeypatch.setattr(attendance, "ensure_unused", lambda session, code, by: None)
    attendance.check_in(session, rina, code, purpose=ENTRY)
    with pytest.raises(Exception, match=r"(?i)unique"):
        attendance.check_in(session, rina, code, purpose=ENTRY)


def test_after_a_minute_it_is_over(session, card, ahmad, rina, set_clock):
    made = attendance.make_access_code(session, ahmad)
    code = code_of(session, ahmad)
    set_clock(2026, 4, 20, 3, 1, 1)
    for text in (code, made.digits):
        with pytest.raises(attendance.AccessCodeExpired):
            attendance.check_in(session, rina, text, purpose=ENTRY)
    assert session.exec(select(Attendance)).all() == []


def test_at_the_sixtieth_second_it_still_holds(session, card, ahmad, rina, set_clock):
    attendance.make_access_code(session, ahmad)
    code = code_of(session, ahmad)
    set_clock(2026, 4, 20, 3, 1, 0)
    assert attendance.check_in(session, rina, code, purpose=ENTRY)


def test_a_new_code_ends_the_one_before(session, card, ahmad, rina, set_clock):
    first = attendance.make_access_code(session, ahmad)
    set_clock(2026, 4, 20, 3, 0, 10)
    attendance.make_access_code(session, ahmad)
    set_clock(2026, 4, 20, 3, 0, 11)
    with pytest.raises(attendance.AccessCodeExpired):
        attendance.check_in(session, rina, first.digits, purpose=ENTRY)


def test_forged_and_foreign_codes_are_unknown(session, card, ahmad, rina):
    attendance.make_access_code(session, ahmad)
    code = code_of(session, ahmad)
    from barut_reflex.cards.queries import lookup

    on_the_card = lookup.current_code(session, card).code
    for wrong in ("", "000 00", "A" * 200, code[:-2] + "AA", on_the_card, "１２３４５６"):
        with pytest.raises(attendance.UnknownAccessCode):
            attendance.check_in(session, rina, wrong, purpose=ENTRY)


def test_without_the_signature_check_an_edited_code_would_pass(
    session, card, ahmad, rina, monkeypatch
):
    attendance.make_access_code(session, ahmad)
    code = code_of(session, ahmad)
    edited = code[:-8] + ("AAAAAAAA" if not code.endswith("AAAAAAAA") else "BBBBBBBB")
    monkeypatch.setattr(codes, "check_signature", lambda packed, signature, key_id: None)
    assert attendance.check_in(session, rina, edited, purpose=ENTRY)


def test_an_access_code_opens_no_check_page(session, card, ahmad):
    attendance.make_access_code(session, ahmad)
    with pytest.raises(codes.InvalidCode):
        codes.decode(code_of(session, ahmad))


def test_only_staff_read_codes(session, card, ahmad, siti):
    attendance.make_access_code(session, ahmad)
    for person in (ahmad, siti):
        with pytest.raises(common.NotAllowed):
            attendance.check_in(session, person, code_of(session, ahmad), purpose=ENTRY)
        with pytest.raises(common.NotAllowed):
            late(session, by=person)


def test_without_a_digital_card_there_is_no_code(session, card, siti):
    with pytest.raises(attendance.NoDigitalCard):
        attendance.make_access_code(session, siti)


def test_an_ended_card_gives_none(session, card, ahmad, pak_budi):
    issuing.revoke(session, pak_budi, card.public_id, reason="Keliru.")
    with pytest.raises(attendance.NoDigitalCard):
        attendance.make_access_code(session, ahmad)


def test_the_picture_is_its_holders_while_it_lives(session, card, ahmad, siti, set_clock):
    made = attendance.make_access_code(session, ahmad)
    assert attendance.draw_access_code(session, ahmad, made.code_id).startswith("<svg")
    with pytest.raises(attendance.AccessCodeExpired):
        attendance.draw_access_code(session, siti, made.code_id)
    set_clock(2026, 4, 20, 3, 1, 1)
    with pytest.raises(attendance.AccessCodeExpired):
        attendance.draw_access_code(session, ahmad, made.code_id)


def test_guessing_digits_is_bounded(session, card, rina, monkeypatch):
    monkeypatch.setattr(attendance, "MAX_TRIES", (3, timedelta(minutes=1)))
    for _ in range(3):
        with pytest.raises(attendance.UnknownAccessCode):
            attendance.check_in(session, rina, "000000", purpose=ENTRY)
    with pytest.raises(attendance.TooManyTries):
        attendance.check_in(session, rina, "000000", purpose=ENTRY)


def test_twenty_codes_in_ten_minutes_are_enough(session, card, ahmad):
    for _ in range(20):
        attendance.make_access_code(session, ahmad)
    with pytest.raises(attendance.TooManyAccessCodes):
        attendance.make_access_code(session, ahmad)


def test_neither_digits_nor_signed_text_are_stored(session, card, ahmad):
    made = attendance.make_access_code(session, ahmad)
    stored = str(vars(session.exec(select(Code).where(Code.kind == PayloadKind.ACCESS)).one()))
    assert made.digits.replace(" ", "") not in stored
    assert code_of(session, ahmad)[:60] not in stored


def test_an_offline_scanner_posts_later(session, card, ahmad, rina, set_clock):
    seen_at = clock.now() + timedelta(seconds=20)
    attendance.make_access_code(session, ahmad)
    seen = attendance.OfflineScan(code_of(session, ahmad), seen_at)
    set_clock(2026, 4, 20, 6)
    assert late(session, seen, by=rina) == ["noted"]
    assert late(session, seen, by=rina) == ["used"]
    row = session.exec(select(Attendance)).one()
    assert (clock.utc(row.seen), clock.utc(row.noted)) == (seen_at, clock.now())


def test_a_late_scan_must_fit_the_minute_of_its_code(session, card, ahmad, rina, set_clock):
    made = clock.now()
    attendance.make_access_code(session, ahmad)
    code = code_of(session, ahmad)
    set_clock(2026, 4, 20, 6)
    wrong = [made - timedelta(seconds=31), made + timedelta(seconds=91), made + timedelta(days=1)]
    assert (
        late(session, *[attendance.OfflineScan(code, at) for at in wrong], by=rina)
        == ["expired"] * 3
    )
    assert late(session, attendance.OfflineScan("X", made), by=rina) == ["unknown"]


def test_two_offline_scanners_with_one_code_are_reported(session, card, ahmad, rina, pak_budi):
    attendance.make_access_code(session, ahmad)
    seen = attendance.OfflineScan(code_of(session, ahmad), clock.now())
    assert late(session, seen, by=rina) == ["noted"]
    assert late(session, seen, by=pak_budi) == ["used"]
    assert session.exec(select(AuditEntry).where(AuditEntry.act == "access_code_reused")).one()


def test_the_list_of_the_day(session, card, ahmad, rina, set_clock):
    attendance.make_access_code(session, ahmad)
    attendance.check_in(session, rina, code_of(session, ahmad), purpose=ENTRY, event="Ruang A")
    (row,) = attendance_queries.today(session, rina).rows
    assert (row.at, row.name, row.purpose, row.event, row.by) == (
        "10.00", "Bambang Susilo Hartono", "Masuk ruangan", "Ruang A", "Rina",
    )  # fmt: skip
    set_clock(2026, 4, 21, 3)
    assert attendance_queries.today(session, rina).rows == []


def test_unused_codes_are_forgotten(session, card, ahmad, rina, set_clock):
    attendance.make_access_code(session, ahmad)
    attendance.check_in(session, rina, code_of(session, ahmad), purpose=ENTRY)
    attendance.make_access_code(session, ahmad)
    set_clock(2026, 4, 28, 3)
    assert attendance.delete_unused_access_codes(session) == 1
    assert len(session.exec(select(Code).where(Code.kind == PayloadKind.ACCESS)).all()) == 1


def test_an_ordinary_camera_is_led_to_a_page_that_says_what_the_code_is():
    answer = open_browser().get("/a/whatever")
    assert answer.status_code == 200
    assert "<h1>Kode akses</h1>" in answer.text and "&lt;" not in answer.text
