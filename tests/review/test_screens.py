"""The desk's states, called as Reflex calls them, with the cookie of an officer who signed in."""

import pytest
from reflex.istate.data import HeaderData, ReflexURL, RouterData
from sqlmodel import select

from barut_reflex.applications.status import Status, WrongStatus
from barut_reflex.cards.service import common
from barut_reflex.core import clock, errors
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.tokens import fingerprint
from barut_reflex.gate import cookies, doors
from barut_reflex.gate.access import rule_of
from barut_reflex.people.rules import STAFF
from barut_reflex.people.service import sessions
from barut_reflex.review import service as review
from barut_reflex.review.queries import case as review_case
from barut_reflex.review.queries import inbox
from barut_reflex.review.queries.case import Case
from barut_reflex.review.web import detail, viewer
from barut_reflex.review.web.card_acts import CardActsState
from barut_reflex.review.web.dashboard import DashboardState
from barut_reflex.review.web.detail import ReviewState
from barut_reflex.review.web.inbox import InboxState
from probes.case_factories import make_case
from probes.factories import save

from ..screens import new_root, screen_of

SEAL = "1" * 64


@pytest.fixture
def desk(session, rina):
    """Rina's tab: `desk(InboxState, "/admin/pengajuan/?cari=a")` gives that state."""
    token = sessions.sign_in(session, rina.id, device="test")
    session.commit()
    root = new_root()
    cookie = f"{cookies.COOKIE}={fingerprint(token)}"

    def state_of(kind, address="/admin/"):
        url = ReflexURL(f"http://localhost:3000{address}")
        root.router = RouterData(headers=HeaderData(cookie=cookie), url=url)
        return screen_of(kind, root)

    return state_of


@pytest.fixture
def once(monkeypatch):
    """A live page that asks one time only, so that the watch of a test ends."""
    asked = []

    async def live(screen, query, *args):
        asked.append(args)
        yield await doors.look(screen, query, *args)

    for screen in ("dashboard", "inbox", "detail"):
        monkeypatch.setattr(f"barut_reflex.review.web.{screen}.live", live)
    return asked


@pytest.fixture
def case(session, ahmad):
    return make_case(session, applicant=ahmad)


def address_in(event):
    """Where a redirect leads, and whether it replaces the entry of the history."""
    told = {str(name): value for name, value in event.args}
    return str(told["path"]).strip('"'), str(told["replace"])


# -- the list: the address is where search, filter and page live ----------------------------------


async def test_the_list_shows_what_the_address_asks_for(desk, once, case, session, siti):
    make_case(session, applicant=siti, status=Status.RETURNED)
    state = desk(InboxState, "/admin/pengajuan/?cari=sit&status=returned&halaman=1")
    await InboxState.watch.fn(state)
    assert once == [("sit", "returned", "1", "", "")]
    assert [row.name for row in state.listing.rows] == ["Siti"]


async def test_the_way_back_leads_to_the_list_as_it_was_left(desk, once):
    address = "/admin/pengajuan/?cari=d%27avila&status=submitted&halaman=2&sesudah=77"
    state = desk(InboxState, address)
    await InboxState.watch.fn(state)
    assert state.address == address


def test_typing_replaces_the_address_and_starts_at_the_first_page(desk):
    state = desk(InboxState, "/admin/pengajuan/?halaman=3")
    state.status = "submitted"
    told = InboxState.find.fn(state, "  José & co ")
    assert address_in(told) == (
        "?cari=Jos%C3%A9+%26+co&status=submitted",
        "true",
    )


def test_a_filter_and_a_page_are_steps_one_can_go_back_from(desk):
    state = desk(InboxState)
    state.search = "ahmad"
    assert address_in(InboxState.filter.fn(state, "approved")) == (
        "/admin/pengajuan/?cari=ahmad&status=approved",
        "false",
    )
    state.listing = inbox.Listing(page=3, pages=900, newer="55-1", older="33-1")
    assert address_in(InboxState.turn.fn(state, "older"))[0].endswith("&halaman=4&sesudah=33-1")
    assert address_in(InboxState.turn.fn(state, "newer"))[0].endswith("&halaman=2&sebelum=55-1")
    assert address_in(InboxState.turn.fn(state, "last"))[0].endswith("&halaman=akhir")
    assert "halaman" not in address_in(InboxState.turn.fn(state, "first"))[0]


def test_an_empty_search_leaves_a_plain_address(desk):
    state = desk(InboxState, "/admin/pengajuan/?cari=x")
    assert address_in(InboxState.find.fn(state, "  "))[0] == "?"


def test_a_search_that_comes_late_does_not_bring_the_list_back(desk):
    """The way is relative: on a case that was opened meanwhile it leads nowhere else."""
    state = desk(InboxState, "/admin/pengajuan/some-case/")
    assert address_in(InboxState.find.fn(state, "ahmad"))[0].startswith("?")


def test_the_field_is_filled_from_the_address_only_if_something_stands_there(desk):
    assert InboxState.fill.fn(desk(InboxState, "/admin/pengajuan/")) is None
    filled = InboxState.fill.fn(desk(InboxState, "/admin/pengajuan/?cari=ahmad"))
    assert "ahmad" in str(filled.args)


@pytest.mark.seed("manual 5.1")
async def test_the_first_page_counts(desk, once, case):
    state = desk(DashboardState)
    await DashboardState.watch.fn(state)
    assert (state.is_ready, state.data.totals.waiting) == (True, 1)


async def test_the_live_list_leaves_the_chosen_card_alone(desk, once, case):
    """What stands in the dialog belongs to another state, which no watch writes."""
    chosen = desk(CardActsState)
    CardActsState.choose.fn(chosen, "some-card", "Ahmad")
    await InboxState.watch.fn(desk(InboxState))
    assert (chosen.card_id, chosen.holder, chosen.done) == ("some-card", "Ahmad", 0)


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
