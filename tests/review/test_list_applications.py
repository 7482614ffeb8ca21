"""The officer's list: order, search, filters and pages."""

from datetime import timedelta

import pytest

from barut_reflex.applications.status import Status
from barut_reflex.cards.models import Card, Placement
from barut_reflex.core import clock
from barut_reflex.review.queries import inbox, pages
from probes.case_factories import make_case
from probes.factories import LONG_AGO, make_application, make_document, make_person, save


def found(session, rina, typed="", status="", page="", **place):
    return inbox.list_applications(session, rina, typed, status, page, **place)


def names(listing):
    return [row.name for row in listing.rows]


def make_card(session, case, rina, *, number="620500000320042026", **changes):
    photo = make_document(session, owner=rina)
    facts = {"application_id": case.id, "holder_id": case.applicant_id, "number": number}
    facts |= {"nik": case.nik, "facts": case.facts, "photo_id": photo.id}
    facts |= {"signatory_id": rina.id, "signatory_name": "Rina, S.Kom"}
    facts |= {"issued": LONG_AGO, "valid_until": clock.today().replace(year=2999)}
    return save(session, Card(**facts | changes))


@pytest.fixture
def cast(session):
    """Three people who sent, the last one newest."""
    people = ["Bambang Susilo Hartono", "José D'Ávila", "Nur_Aini"]
    for minutes, name in enumerate(people):
        person = make_person(session, name=f"orang {minutes}")
        nik = f"62050{minutes}0707000006"
        make_case(session, applicant=person, name=name, nik=nik, minutes=minutes)


def test_the_newest_sent_stands_on_top_and_drafts_are_never_shown(session, rina, siti, cast):
    make_application(session, applicant=siti, status=Status.DRAFT)
    listing = found(session, rina)
    assert names(listing) == ["Nur_Aini", "José D'Ávila", "Bambang Susilo Hartono"]
    assert listing.summary == "Menampilkan 1 - 3 dari 3 data"


def test_a_draft_that_was_sent_before_is_not_shown(session, rina, siti, cast):
    make_case(session, applicant=siti, status=Status.DRAFT, minutes=9)
    assert len(names(found(session, rina))) == 3


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("susilo", ["Bambang Susilo Hartono"]),
        ("SUSILO", ["Bambang Susilo Hartono"]),
        ("  hartono   bambang ", ["Bambang Susilo Hartono"]),
        ("jose", ["José D'Ávila"]),
        ("JOSÉ", ["José D'Ávila"]),
        ("d'avila", ["José D'Ávila"]),
        ("usi", ["Bambang Susilo Hartono"]),
        ("62050107", ["José D'Ávila"]),
        ("6205 0107 0700 0006", ["José D'Ávila"]),
        ("0107", []),  # digits mean the beginning, not any part
        ("tidak ada", []),
    ],
)
def test_search_by_part_of_the_name_or_the_beginning_of_the_nik(
    session, rina, cast, search, expected
):
    assert names(found(session, rina, search)) == expected


@pytest.mark.parametrize("search", ["%", "_ambang", "Bambang%Hartono", "\\", "/", "' OR 1=1 --"])
def test_a_wildcard_is_searched_literally(session, rina, cast, search):
    assert names(found(session, rina, search)) == []


def test_an_underscore_finds_only_the_name_that_holds_one(session, rina, cast):
    assert names(found(session, rina, "_")) == ["Nur_Aini"]


def test_search_by_the_beginning_of_the_registration_number(session, rina, ahmad, cast):
    case = make_case(session, applicant=ahmad, nik="1" * 15 + "2", status=Status.APPROVED)
    make_card(session, case, rina)
    assert names(found(session, rina, "6205000003")) == ["Ahmad"]
    assert names(found(session, rina, "620500000320042026")) == ["Ahmad"]
    assert names(found(session, rina, "620500000320042027")) == []


@pytest.mark.seed("manual 5.2")
def test_filter_by_status(session, rina, ahmad, cast):
    make_case(session, applicant=ahmad, status=Status.RETURNED, minutes=9)
    assert names(found(session, rina, status="returned")) == ["Ahmad"]
    assert found(session, rina, status="submitted").total == 3
    assert names(found(session, rina, "susilo", "returned")) == []


@pytest.mark.parametrize("status", ["draft", "nonsense", "' OR 1=1", "APPROVED"])
def test_an_unknown_status_never_opens_drafts(session, rina, siti, cast, status):
    make_application(session, applicant=siti, status=Status.DRAFT)
    assert "Siti" not in names(found(session, rina, status=status))


@pytest.fixture
def many(session):
    """Sixty rows without papers, of one person who sent again and again: quick to make."""
    person = make_person(session, name="orang")
    for minutes in range(60):
        sent = {"submitted": LONG_AGO + timedelta(minutes=minutes), "is_closed": True}
        make_application(session, applicant=person, name=f"Nama {minutes:03}", **sent)


def test_pages_of_25_cover_everybody_once(session, rina, many):
    first = found(session, rina)
    second = found(session, rina, page="2", after=first.older)
    third = found(session, rina, page="3", after=second.older)
    assert [len(page.rows) for page in (first, second, third)] == [25, 25, 10]
    assert len({row.public_id for page in (first, second, third) for row in page.rows}) == 60
    assert second.summary == "Menampilkan 26 - 50 dari 60 data"
    assert (third.page, third.pages, third.older) == (3, 3, "")


def test_the_way_back_meets_the_same_pages(session, rina, many):
    first = found(session, rina)
    second = found(session, rina, page="2", after=first.older)
    last = found(session, rina, page=pages.LAST_PAGE)
    assert last.summary == "Menampilkan 51 - 60 dari 60 data"
    assert found(session, rina, page="2", before=last.newer) == second
    assert found(session, rina, page="1", before=second.newer) == first


def test_those_sent_in_the_same_moment_have_an_order_too(session, rina, siti, monkeypatch):
    monkeypatch.setattr(pages, "PAGE_SIZE", 2)
    for number in range(5):
        make_application(session, applicant=siti, name=f"Nama {number}", is_closed=True)
    seen, listing = [], found(session, rina)
    while listing.older:
        seen += names(listing)
        listing = found(session, rina, after=listing.older)
    assert seen + names(listing) == [f"Nama {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("page", ["", "0", "-1", "abc", "1e3", "٣", "999", "9" * 99])
@pytest.mark.parametrize("cursor", ["", "x", "1", "-", "1-", "9" * 99 + "-1", "1-" + "9" * 99])
def test_whatever_stands_in_the_address_leads_to_a_page(session, rina, many, page, cursor):
    assert found(session, rina, page=page, after=cursor) == found(session, rina)
    assert found(session, rina, page=page, before=cursor) == found(session, rina)


@pytest.mark.parametrize("page", ["0", "7", "99999"])
def test_a_wrong_number_beside_a_cursor_does_no_harm(session, rina, many, page):
    older = found(session, rina).older
    listing = found(session, rina, page=page, after=older)
    assert names(listing)[0] == "Nama 034"
    assert 1 < listing.page <= listing.pages


@pytest.mark.parametrize("cursor", ["0-1", "9999999999999999-999999999"])
def test_beyond_either_end_stands_the_first_page(session, rina, many, cursor):
    beyond = {"after": cursor} if cursor == "0-1" else {"before": cursor}
    assert found(session, rina, page="2", **beyond) == found(session, rina)


def test_a_page_keeps_its_place_when_somebody_new_sends(session, rina, siti, many):
    older = found(session, rina).older
    before = found(session, rina, page="2", after=older)
    make_case(session, applicant=siti, minutes=99)
    after = found(session, rina, page="2", after=older)
    assert names(after) == names(before)
    assert after.summary == "Menampilkan 26 - 50 dari 61 data"


def test_without_a_cursor_rows_would_move_over(session, rina, siti, many):
    before = names(found(session, rina))
    make_case(session, applicant=siti, minutes=99)
    assert names(found(session, rina))[1:] == before[:-1]


@pytest.mark.seed("manual 5.a7")
def test_what_may_be_done_with_each_row(session, rina, ahmad, siti):
    waiting = make_case(session, applicant=siti)
    approved = make_case(session, applicant=ahmad, status=Status.APPROVED, minutes=1)
    card = make_card(session, approved, rina)
    first, second = found(session, rina).rows
    assert (second.public_id, second.card_id, second.can_print) == (waiting.public_id, "", False)
    assert (first.number, first.signatory) == (card.number, "Rina, S.Kom")
    assert (first.can_print, first.can_place, first.is_placed) == (True, True, False)


@pytest.mark.seed("manual 5.a9")
def test_a_placed_row_is_grey(session, rina, ahmad):
    case = make_case(session, applicant=ahmad, status=Status.APPROVED)
    card = make_card(session, case, rina)
    day = clock.today()
    save(session, Placement(card_id=card.id, employer="PT A", on=day, by_id=rina.id, at=LONG_AGO))
    [row] = found(session, rina).rows
    assert (row.can_print, row.can_place, row.is_placed) == (True, False, True)


def test_a_revoked_card_is_neither_printed_nor_placed(session, rina, ahmad):
    case = make_case(session, applicant=ahmad, status=Status.APPROVED)
    make_card(session, case, rina, revoked=LONG_AGO)
    [row] = found(session, rina).rows
    assert (row.can_print, row.can_place, row.is_placed) == (False, False, False)


def test_a_job_seeker_sees_nothing(session, ahmad, cast):
    assert inbox.list_applications(session, ahmad, "", "", "") == inbox.Listing()


@pytest.mark.seed("manual 5.1")
def test_the_totals_of_the_office(session, rina, pak_budi, ahmad, siti):
    make_person(session, name="Cuti", role=rina.role, is_active=False)
    make_case(session, applicant=ahmad)
    make_case(session, applicant=siti, status=Status.APPROVED, minutes=1)
    desk = inbox.get_dashboard(session, rina)
    assert desk.totals == inbox.Totals(people=5, waiting=1, approved=1, staff=2)
    assert [row.name for row in desk.newest] == ["Siti", "Ahmad"]


def test_the_totals_are_no_business_of_a_job_seeker(session, ahmad, rina):
    make_case(session, applicant=ahmad)
    assert inbox.get_dashboard(session, ahmad) == inbox.Dashboard()
