"""The SIAPkerja-ID: requires a complete profile, renewed by its holder, revoked by the office."""

import pytest
from sqlmodel import select

from barut_reflex.cards.dates import Verdict
from barut_reflex.cards.service import common, issuing
from barut_reflex.core import clock, ledger, restoring
from barut_reflex.core.models import AuditEntry, OutboxMail
from barut_reflex.core.tokens import fingerprint
from barut_reflex.documents.models import Document
from barut_reflex.people.service import sessions
from barut_reflex.seal import codes
from barut_reflex.seal.models import Code
from barut_reflex.seal.rules import PayloadKind
from barut_reflex.sharing.models import CardView
from barut_reflex.sharing.queries import views
from barut_reflex.sharing.rules import Viewer
from barut_reflex.siapkerja.models import Identity
from barut_reflex.siapkerja.queries import digital
from barut_reflex.siapkerja.service import identity as siapkerja_identity
from barut_reflex.verify.service import scans, verdicts
from probes.card_factories import give_card
from probes.factories import known
from probes.profile_factories import make_whole


@pytest.fixture
def identity(session, set_clock, siti):
    make_whole(session, person=siti)
    return siapkerja_identity.open_identity(session, siti)


def code_of(session, identity):
    return digital.identity_code(session, identity).code


def scan(session, code, person=None):
    sign_in = fingerprint(sessions.sign_in(session, person.id)) if person else ""
    scanned = scans.scan(session, code, address="203.0.113.7", sign_in=sign_in)
    return verdicts.check_sheets(session, [scanned])[0]


@pytest.mark.seed("siapkerja 3")
def test_it_needs_a_whole_profile(session, set_clock, siti):
    assert siapkerja_identity.open_identity(session, siti) is None
    shown = digital.my_digital_card(session, siti)
    assert (shown.kind, shown.is_due) == ("", False) and "Foto profil" in shown.missing


@pytest.mark.seed("siapkerja 4")
def test_a_whole_profile_gets_one_and_only_one(session, identity, siti):
    assert known(siapkerja_identity.open_identity(session, siti)).id == identity.id
    assert len(session.exec(select(Identity)).all()) == 1
    shown = digital.my_digital_card(session, siti)
    assert (shown.kind, shown.card.name, shown.card.number) == ("SIAPkerja-ID", "Siti", "")
    assert (shown.card.state, shown.card.valid_until) == ("Belum Diperiksa", "20 April 2027")


def test_its_code_says_the_kind_and_no_number(session, identity):
    says = codes.decode(code_of(session, identity))
    assert (says.kind, says.number, says.name) == (PayloadKind.SIAPKERJA_ID, "", "Siti")


@pytest.mark.seed("siapkerja 5b")
def test_the_check_page_knows_it(session, identity):
    sheet = scan(session, code_of(session, identity))
    assert (sheet.verdict, sheet.number, sheet.facts.name) == (Verdict.UNCHECKED, "", "Siti")
    assert sheet.photo and not sheet.is_full
    assert [section.title for section in sheet.sections] == ["Pendidikan", "Keahlian"]
    view = session.exec(select(CardView)).one()
    assert (view.identity_id, view.card_id, view.viewer) == (identity.id, None, Viewer.PUBLIC)


def test_the_view_of_an_officer_is_in_the_trail(session, identity, rina, siti):
    sheet = scan(session, code_of(session, identity), rina)
    assert sheet.is_full and len(sheet.sections) > 3
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "view_identity")).one()
    assert (entry.actor_id, entry.subject) == (rina.id, siti.public_id)
    assert entry.detail == identity.public_id
    assert [view.who for view in views.views_of(session, siti)] == ["Petugas kantor"]


def test_an_ak1_counts_before_it(session, identity, siti, rina):
    photo = session.exec(select(Document)).one()
    photo.replaced = clock.now()  # the application brings its own
    card = give_card(session, holder=siti, officer=rina)
    shown = digital.my_digital_card(session, siti)
    assert (shown.kind, shown.card.number) == ("Kartu AK1", card.number)


@pytest.mark.seed("siapkerja 5a")
def test_a_renewed_code_makes_the_old_one_old(session, identity, siti):
    old = code_of(session, identity)
    siapkerja_identity.renew_identity(session, siti)
    assert scan(session, old).verdict is Verdict.REPLACED
    assert scan(session, code_of(session, identity)).verdict is Verdict.UNCHECKED


def test_it_lasts_a_year_and_is_renewed_for_another(session, identity, siti, set_clock):
    code = code_of(session, identity)
    set_clock(2027, 4, 20, 16, 59)
    assert scan(session, code).verdict is Verdict.UNCHECKED
    set_clock(2027, 4, 20, 17)  # midnight in WIB
    assert scan(session, code).verdict is Verdict.EXPIRED
    assert digital.my_digital_card(session, siti).advice
    assert not digital.has_live_card(session, siti.id)
    siapkerja_identity.renew_identity(session, siti)
    assert digital.my_digital_card(session, siti).card.valid_until == "21 April 2028"


def test_nobody_renews_what_is_not_there(session, identity, ahmad):
    with pytest.raises(siapkerja_identity.NoIdentity):
        siapkerja_identity.renew_identity(session, ahmad)


def test_ten_renewals_a_day_are_enough(session, identity, siti):
    for _ in range(10):
        siapkerja_identity.renew_identity(session, siti)
    with pytest.raises(issuing.TooManyCodes):
        siapkerja_identity.renew_identity(session, siti)


def test_the_office_revokes_with_a_reason(session, identity, siti, pak_budi):
    code = code_of(session, identity)
    siapkerja_identity.revoke_identity(session, pak_budi, identity.public_id, reason="Data palsu.")
    assert scan(session, code).verdict is Verdict.REVOKED
    shown = digital.my_digital_card(session, siti)
    assert shown.kind == "" and "Data palsu." in shown.advice and not shown.is_due
    with pytest.raises(siapkerja_identity.IdentityRevoked):
        siapkerja_identity.renew_identity(session, siti)
    email = session.exec(select(OutboxMail)).one()
    assert (email.recipient, email.kind) == (siti.email, "identity_revoked")
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "revoke_identity")).one()
    assert (entry.actor_id, entry.detail) == (pak_budi.id, "Data palsu.")


def test_a_reason_is_needed(session, identity, pak_budi):
    with pytest.raises(issuing.ReasonRequired):
        siapkerja_identity.revoke_identity(session, pak_budi, identity.public_id, reason="  ")


@pytest.mark.parametrize("who", ["siti", "ahmad", "rina"])
def test_only_an_administrator_revokes_and_gives_back(session, identity, request, who):
    person = request.getfixturevalue(who)
    with pytest.raises(common.NotAllowed):
        siapkerja_identity.revoke_identity(session, person, identity.public_id, reason="x")
    with pytest.raises(common.NotAllowed):
        siapkerja_identity.restore_identity(session, person, identity.public_id)


def test_both_ask_for_the_password_first(session):
    for act in (siapkerja_identity.revoke_identity, siapkerja_identity.restore_identity):
        with pytest.raises(sessions.ConfirmFirst):
            sessions.ensure_confirmed(session, act, "nobody")


def test_what_was_given_back_has_a_new_code(session, identity, siti, pak_budi, set_clock):
    old = code_of(session, identity)
    siapkerja_identity.revoke_identity(session, pak_budi, identity.public_id, reason="Keliru.")
    set_clock(2026, 4, 20, 4)
    siapkerja_identity.restore_identity(session, pak_budi, identity.public_id)
    assert scan(session, old).verdict is Verdict.REPLACED
    assert scan(session, code_of(session, identity)).verdict is Verdict.UNCHECKED
    with pytest.raises(siapkerja_identity.NotRevoked):
        siapkerja_identity.restore_identity(session, pak_budi, identity.public_id)


def test_a_restored_backup_does_not_revive_it(session, identity, siti, pak_budi, set_clock):
    """The backup is from before both acts; the ledger tells of them."""
    first = session.exec(select(Code)).one()
    at = clock.now()
    set_clock(2026, 4, 20, 4)
    siapkerja_identity.renew_identity(session, siti)
    siapkerja_identity.revoke_identity(session, pak_budi, identity.public_id, reason="Data palsu.")
    lines = [dict(line) for line in session.info[ledger.PENDING_LINES]]
    newer = session.exec(select(Code).where(Code.id != first.id)).one()
    session.delete(newer)
    session.flush()
    first.replaced, first.revoked = None, None
    identity.revoked, identity.revoke_reason = None, ""
    session.flush()
    found = restoring.replay(session, lines, made=at)
    assert (found.renewed, found.revoked) == (1, 1)
    session.refresh(identity)
    assert identity.revoked and code_of(session, identity) == lines[0]["code"]


def test_a_backup_from_after_it_was_given_back_stays_given_back(
    session, identity, pak_budi, set_clock
):
    siapkerja_identity.revoke_identity(session, pak_budi, identity.public_id, reason="Keliru.")
    set_clock(2026, 4, 20, 4)
    siapkerja_identity.restore_identity(session, pak_budi, identity.public_id)
    lines = [dict(line) for line in session.info[ledger.PENDING_LINES]]
    restoring.replay(session, lines, made=clock.now())
    session.refresh(identity)
    assert identity.revoked is None
