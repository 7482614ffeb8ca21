"""The administrator's list of accounts: pages, order and search."""

import pytest

from barut_reflex.accounts import queries as accounts
from barut_reflex.core.indonesian import searchable
from probes.factories import make_person


@pytest.fixture
def many_accounts(session, pak_budi, rina):
    for number in range(151):
        make_person(session, name=f"Warga {number:03}")


def names(session, search="", page=1, *, by):
    return [row.name for row in accounts.list_accounts(session, by, search, page).rows]


@pytest.mark.seed("manual 5.3")
def test_ten_a_page_staff_first(session, many_accounts, pak_budi):
    first = accounts.list_accounts(session, pak_budi)
    assert [row.name for row in first.rows[:3]] == ["Budi", "Rina", "Warga 000"]
    assert len(first.rows) == 10
    assert (first.page, first.pages) == (1, 16)
    assert first.summary == "Menampilkan 1 - 10 dari 153 data"


def test_the_last_page_and_pages_beyond(session, many_accounts, pak_budi):
    last = accounts.list_accounts(session, pak_budi, page=16)
    assert last.summary == "Menampilkan 151 - 153 dari 153 data"
    assert accounts.list_accounts(session, pak_budi, page=99) == last
    assert accounts.list_accounts(session, pak_budi, page=-5).page == 1


def test_every_account_stands_on_one_page(session, many_accounts, pak_budi):
    seen = [row.public_id for page in range(1, 17) for row in _page(session, page, pak_budi)]
    assert len(seen) == len(set(seen)) == 153


def _page(session, page, by):
    return accounts.list_accounts(session, by, page=page).rows


@pytest.mark.parametrize("search", ["nuriyah", "NÚRIYAH", "nür", "  riyah ", "riyah@contoh"])
def test_search_ignores_case_and_accents(session, pak_budi, search):
    make_person(
        session, name="Núriyah", search_name=searchable("Núriyah"), email="nuriyah@contoh.id"
    )
    assert names(session, search, by=pak_budi) == ["Núriyah"]


@pytest.mark.parametrize("search", ["%", "_", "'; DROP TABLE person; --", "zzz", "x" * 5000])
def test_search_takes_signs_literally(session, many_accounts, pak_budi, search):
    found = accounts.list_accounts(session, pak_budi, search)
    assert (found.rows, found.pages, found.summary) == ([], 1, accounts.NONE_FOUND)


def test_the_own_row_is_marked(session, pak_budi, rina):
    rows = accounts.list_accounts(session, pak_budi).rows
    assert [(row.name, row.is_own, row.role) for row in rows] == [
        ("Budi", True, "Administrator"),
        ("Rina", False, "Petugas"),
    ]
