"""The officer's first page and list: their states, called as Reflex calls them."""

import pytest

from barut_reflex.applications.status import Status
from barut_reflex.review.queries import inbox
from barut_reflex.review.web.card_acts import CardActsState
from barut_reflex.review.web.dashboard import DashboardState
from barut_reflex.review.web.inbox import InboxState
from probes.case_factories import make_case


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
