"""The page of a case: its states, called as Reflex calls them, with an officer's cookie."""

import pytest
from sqlmodel import select

from barut_reflex.applications.status import Status, WrongStatus
from barut_reflex.cards.service import common
from barut_reflex.core import clock, errors
from barut_reflex.core.models import AuditEntry
from barut_reflex.gate.access import rule_of
from barut_reflex.people.rules import STAFF
from barut_reflex.review import service as review
from barut_reflex.review.queries import case as review_case
from barut_reflex.review.queries.case import Case
from barut_reflex.review.web import detail, viewer
from barut_reflex.review.web.card_acts import CardActsState
from barut_reflex.review.web.dashboard import DashboardState
from barut_reflex.review.web.detail import ReviewState
from barut_reflex.review.web.inbox import InboxState
from probes.case_factories import make_case
from probes.factories import save

SEAL = "1" * 64


@pytest.fixture
def case(session, ahmad):
    return make_case(session, applicant=ahmad)


# -- the case -------------------------------------------------------------------------------------


@pytest.fixture
def open_case(desk, case, once, monkeypatch):
    """The page of the case as Rina opened it."""

    async def opened(public_id=case.public_id):
        monkeypatch.setattr(ReviewState, "application_id", public_id, raising=False)
        state = desk(ReviewState, f"/admin/pengajuan/{public_id}/")
        await ReviewState.load.fn(state).fn(state)
        return state

    return opened


def views(session):
    return session.exec(select(AuditEntry).where(AuditEntry.act == "view_case")).all()


async def test_opening_a_case_is_on_record_and_keeps_watching(open_case, session, case, rina):
    state = await open_case()
    assert state.case.name == "Ahmad"
    assert [entry.actor_id for entry in views(session)] == [rina.id]
    assert ReviewState.load.fn(state).fn is ReviewState.watch.fn


async def test_a_new_connection_leaves_the_case_on_the_page(open_case, case):
    """Or a note half written would go with it."""
    state = await open_case()
    ReviewState.load.fn(state)
    assert state.case.public_id == case.public_id


async def test_another_case_takes_the_first_one_away_at_once(open_case, monkeypatch):
    state = await open_case()
    monkeypatch.setattr(ReviewState, "application_id", "other", raising=False)
    ReviewState.load.fn(state)
    assert state.case.public_id == ""


async def test_watching_writes_no_further_views(open_case, session):
    state = await open_case()
    await ReviewState.watch.fn(state)
    assert len(views(session)) == 1


@pytest.mark.parametrize("public_id", ["x", "00000000-0000-4000-8000-000000000000"])
async def test_an_unknown_case_is_a_sentence_on_the_page(open_case, session, public_id):
    state = await open_case(public_id)
    assert (state.case.public_id, state.case.missing) == ("", review_case.MISSING)
    assert views(session) == []


async def test_approval_shows_the_card_at_once(open_case, case):
    state = await open_case()
    await ReviewState.approve.fn(state, {"signatory": "", "revoke_other": ""})
    assert state.case.status == "Disetujui"
    assert len(state.case.card.number) == 18


async def test_a_return_shows_the_new_status_at_once(open_case, case):
    state = await open_case()
    await ReviewState.return_for_correction.fn(state, {"note": "Foto buram"})
    assert (state.case.status, state.case.note) == ("Ditolak", "Foto buram")


async def test_other_data_is_announced_and_not_slipped_in(open_case, session, case):
    state = await open_case()
    case.seal, case.facts = "2" * 64, case.facts.replace("Antasari", "Diponegoro")
    save(session, case)
    await ReviewState.watch.fn(state)
    assert state.is_changed
    assert state.case.address[0].value == "Jl. Pangeran Antasari"
    with pytest.raises(review.DataChanged):
        await ReviewState.approve.fn(state, {})


async def test_reading_again_allows_the_decision(open_case, session, case):
    state = await open_case()
    case.seal = "2" * 64
    save(session, case)
    assert ReviewState.read_again.fn(state).fn is ReviewState.load.fn
    await ReviewState.load.fn(state).fn(state)
    assert not state.is_changed
    await ReviewState.approve.fn(state, {})
    assert state.case.status == "Disetujui"


async def test_a_withdrawal_empties_the_page_and_a_changed_return_is_announced(
    open_case, session, case
):
    state = await open_case()
    case.status = Status.DRAFT
    save(session, case)
    await ReviewState.watch.fn(state)
    assert (state.case.public_id, state.is_changed) == ("", False)
    case.status, case.seal = Status.SUBMITTED, "2" * 64
    save(session, case)
    await ReviewState.watch.fn(state)
    assert (state.case.public_id, state.is_changed) == ("", True)


async def test_without_the_announcement_unseen_data_would_be_approved(
    open_case, session, case, monkeypatch
):
    monkeypatch.setattr(detail, "first_seal", lambda read, shown: shown)
    state = await open_case()
    case.seal = "2" * 64
    save(session, case)
    await ReviewState.watch.fn(state)
    await ReviewState.approve.fn(state, {})
    assert state.case.status == "Disetujui"


async def test_what_another_officer_did_appears_without_reload(open_case, session, case, pak_budi):
    state = await open_case()
    review.return_for_correction(session, pak_budi, case.public_id, seal=SEAL, note="Foto")
    session.commit()
    with pytest.raises(WrongStatus, match="Budi sudah menolak"):
        await ReviewState.approve.fn(state, {})
    await ReviewState.watch.fn(state)
    assert (state.case.status, state.case.can_approve) == ("Ditolak", False)
    assert state.decided_by.startswith("Pengajuan ini sudah diputuskan: Ditolak oleh Budi pada ")


async def test_what_the_officer_decided_is_not_told_twice(open_case, case):
    state = await open_case()
    await ReviewState.approve.fn(state, {})
    await ReviewState.watch.fn(state)
    assert state.decided_by == ""


async def test_the_next_case_starts_empty(open_case, session, case):
    """With the seal of the first one it would be announced as changed."""
    state = await open_case()
    state.case, state.is_changed = Case(public_id="old"), True
    case.seal = "2" * 64
    save(session, case)
    state = await open_case()
    assert (state.case.name, state.is_changed) == ("Ahmad", False)
    await ReviewState.approve.fn(state, {})
    assert state.case.status == "Disetujui"


# -- the card -------------------------------------------------------------------------------------


@pytest.fixture
def card(session, case, rina):
    issued = review.approve(session, rina, case.public_id, seal=SEAL)
    session.commit()
    return issued


async def test_marking_as_placed_closes_the_dialog_by_drawing_it_anew(desk, session, card):
    state = desk(CardActsState)
    CardActsState.choose.fn(state, card.public_id, "Ahmad")
    with pytest.raises(errors.Refusal):
        await CardActsState.mark_placed.fn(state, {"employer": "PT Lahei", "on": "besok"})
    assert state.done == 0  # a refusal leaves it open, with what was typed
    today = f"{clock.today():%d/%m/%Y}"
    await CardActsState.mark_placed.fn(state, {"employer": "PT Lahei", "on": today})
    assert state.done == 1


async def test_the_code_is_renewed(desk, session, case, card, rina):
    state = desk(CardActsState)
    CardActsState.choose.fn(state, card.public_id, "Ahmad")
    await CardActsState.renew_code.fn(state)
    assert session.exec(select(AuditEntry).where(AuditEntry.act == "renew_code")).one()


async def test_an_officer_cannot_revoke(desk, session, card):
    state = desk(CardActsState)
    CardActsState.choose.fn(state, card.public_id, "Ahmad")
    with pytest.raises(common.NotAllowed):
        await CardActsState.revoke.fn(state, {"reason": "Salah"})


# -- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", [DashboardState, InboxState, ReviewState, CardActsState])
def test_every_handler_of_the_desk_is_for_staff_only(screen):
    own = {name: h for name, h in screen.event_handlers.items() if name != "setvar"}
    assert own
    for handler in own.values():
        rule = rule_of(handler.fn)
        assert rule and rule <= STAFF


def test_papers_deleted_after_their_time_are_explained():
    drawn = str(viewer.viewer(ReviewState.case.pages).render())
    assert "Berkas sudah dihapus sesuai masa simpan: " in drawn
    assert '?.["retention_days"]+" hari setelah kartu berakhir.' in drawn
