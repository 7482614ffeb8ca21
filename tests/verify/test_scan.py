"""Scanning a code: its verdict, the recorded views, and the limits."""

from datetime import date

import pytest
from sqlmodel import select

from barut_reflex.cards.dates import Verdict
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import after_issue, issuing
from barut_reflex.core import limits
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.tokens import fingerprint
from barut_reflex.people.service import sessions
from barut_reflex.seal import codes
from barut_reflex.seal.models import Code
from barut_reflex.sharing.models import CardView
from barut_reflex.sharing.rules import Viewer
from barut_reflex.siapkerja.queries import digital
from barut_reflex.verify.service import scans, verdicts

ADDRESS = "203.0.113.7"


def scan(session, code, sign_in="", address=ADDRESS):
    looked = scans.scan(session, code, address=address, sign_in=sign_in)
    return verdicts.check_sheets(session, [looked])[0]


def code_of(session, card):
    return lookup.current_code(session, card).code


def signed_in(session, person):
    return fingerprint(sessions.sign_in(session, person.id))


@pytest.mark.parametrize("spell", [str.upper, str.lower, str.swapcase])
def test_a_good_code_shows_the_card(session, card, spell):
    sheet = scan(session, spell(code_of(session, card)))
    assert (sheet.verdict, sheet.number) == (Verdict.VALID, card.number)
    assert sheet.photo and sheet.photo.startswith(b"\xff\xd8\xff") and len(sheet.photo) < 12_000
    assert not sheet.is_full


def test_each_verdict_follows_its_fact(session, card, ahmad, rina, pak_budi, set_clock):
    first = code_of(session, card)
    set_clock(2026, 11, 4, 3)
    assert scan(session, first).verdict is Verdict.REPORT_DUE
    issuing.renew_code(session, ahmad, card.public_id)
    assert scan(session, first).verdict is Verdict.REPLACED
    second = code_of(session, card)
    set_clock(2028, 4, 21, 3)
    assert scan(session, second).verdict is Verdict.EXPIRED
    after_issue.mark_placed(session, rina, card.public_id, employer="PT Maju", on="01/03/2028")
    assert scan(session, second).verdict is Verdict.PLACED
    issuing.revoke(session, pak_budi, card.public_id, reason="Keliru")
    assert scan(session, second).verdict is Verdict.REVOKED
    assert scan(session, first).verdict is Verdict.REVOKED


def test_what_is_not_ours_is_unknown(session, card):
    code = code_of(session, card)
    for wrong in (code[:-1], code + "A", card.number, card.public_id, "", "A" * 4000):
        with pytest.raises(scans.UnknownCode):
            scan(session, wrong)
    assert session.exec(select(CardView)).all() == []


def test_a_well_signed_code_we_never_gave_out_is_unknown_too(session, card):
    stray = codes.Payload("ff" * 10, card.number, "Siapa", card.valid_until, card.valid_until)
    with pytest.raises(scans.UnknownCode):
        scan(session, codes.encode(stray))


def test_a_second_signature_over_the_same_words_is_unknown_too(session, card):
    row = session.exec(select(Code)).one()
    with pytest.raises(scans.UnknownCode):
        scan(session, codes.encode(codes.decode(row.code)))


def test_without_the_signature_check_a_guessed_id_would_do(session, card, monkeypatch):
    row = session.exec(select(Code)).one()
    stray = "A" * 40
    monkeypatch.setattr(codes, "decode", lambda code: _says(row))
    monkeypatch.setattr(codes, "canonical", lambda code: row.code)
    assert scan(session, stray).verdict is Verdict.VALID


def _says(row):
    return codes.Payload(row.code_id, "", "", date.min, date.max)


@pytest.mark.parametrize(
    ("who", "kind"),
    [("ahmad", Viewer.HOLDER), ("siti", Viewer.PUBLIC), ("rina", Viewer.OFFICER)],
)
def test_each_view_is_a_row_for_the_holder(session, card, request, who, kind):
    person = request.getfixturevalue(who)
    sheet = scan(session, code_of(session, card), signed_in(session, person))
    view = session.exec(select(CardView)).one()
    assert (view.card_id, view.viewer, view.viewer_id) == (card.id, kind, person.id)
    assert sheet.is_full is (kind is Viewer.OFFICER)


def test_only_the_view_of_an_officer_is_in_the_trail(session, card, rina, siti, ahmad):
    scan(session, code_of(session, card))
    scan(session, code_of(session, card), signed_in(session, siti))
    scan(session, code_of(session, card), signed_in(session, rina))
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "view_card")).one()
    assert (entry.actor_id, entry.subject) == (rina.id, ahmad.public_id)
    assert entry.detail == card.public_id


def test_a_one_time_password_shows_an_officer_what_everybody_sees(session, card, rina):
    """The control is the test above: the same officer once it is changed."""
    rina.must_change_password = True
    sheet = scan(session, code_of(session, card), signed_in(session, rina))
    assert not sheet.is_full
    assert session.exec(select(AuditEntry).where(AuditEntry.act == "view_card")).all() == []
    assert session.exec(select(CardView)).one().viewer is Viewer.PUBLIC


def test_the_verdict_alone_shows_an_officer_nothing_and_is_no_view(session, card, rina):
    who = {"address": "203.0.113.7", "sign_in": signed_in(session, rina)}
    _, sees_all = scans.scan(session, code_of(session, card), **who, wants_page=False)
    assert not sees_all
    assert session.exec(select(AuditEntry).where(AuditEntry.act == "view_card")).all() == []


def test_a_code_is_viewed_thirty_times_a_minute(session, card, set_clock):
    code = code_of(session, card)
    for number in range(30):
        scan(session, code, address=f"198.51.100.{number}")
    with pytest.raises(scans.TooManyViews):
        scan(session, code, address="203.0.113.99")
    set_clock(2026, 4, 20, 3, 1, 1)
    assert scan(session, code).verdict is Verdict.VALID
    assert len(session.exec(select(CardView)).all()) == 31


def test_an_address_views_six_hundred_times_a_minute(session, card, monkeypatch):
    monkeypatch.setattr(scans, "VIEWS_PER_ADDRESS", 3)
    for _ in range(3):
        with pytest.raises(scans.UnknownCode):
            scan(session, "WRONG")
    with pytest.raises(scans.TooManyViews):
        scan(session, code_of(session, card))
    assert scan(session, code_of(session, card), address="198.51.100.1")


def test_without_the_limit_guessing_goes_on(session, card, monkeypatch):
    monkeypatch.setattr(limits.BulkCounter, "spend", lambda *args, **kwargs: True)
    for _ in range(700):
        with pytest.raises(scans.UnknownCode):
            scan(session, "WRONG")


def test_a_refused_view_is_counted():
    assert scans.UnknownCode.is_counted and scans.TooManyViews.is_counted
    assert scans.VIEWS_PER_CODE == 30 and scans.VIEWS_PER_ADDRESS == 600


def test_a_lost_photo_does_not_hide_the_verdict(session, card, own_office):
    for file in (own_office / "uploaded_files").rglob("*.jpg"):
        file.unlink()
    sheet = scan(session, code_of(session, card))
    assert (sheet.verdict, sheet.photo) == (Verdict.VALID, None)


def test_the_holder_sees_who_viewed(session, card, ahmad, rina):
    scan(session, code_of(session, card))
    scan(session, code_of(session, card), signed_in(session, rina))
    looks = digital.my_digital_card(session, ahmad).views
    assert [look.who for look in looks] == ["Petugas kantor", "Seseorang yang memindai kode QR"]
    assert looks[0].when == "20 April 2026 10.00 WIB"
