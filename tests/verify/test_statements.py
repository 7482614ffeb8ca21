"""A check page takes a fixed number of database statements for any number of scans."""

import pytest
from sqlalchemy import event

from barut_reflex.cards.queries import lookup
from barut_reflex.core.errors import Refusal
from barut_reflex.siapkerja.queries import digital
from barut_reflex.siapkerja.service import identity as siapkerja_identity
from barut_reflex.verify.service import scans, verdicts
from probes.card_factories import FACTS, give_card
from probes.factories import known, make_person
from probes.profile_factories import make_whole

from ..databases import IS_POSTGRES
from .test_current_state import open_all

COUNTED = (
    4 + IS_POSTGRES
)  # the tries, the codes, what was tried, who was looked at; PostgreSQL: locks


@pytest.fixture
def people(session, set_clock):
    return [make_person(session, name=f"Orang {number}") for number in range(5)]


@pytest.fixture
def cards(session, people, rina):
    """The codes of their AK1s."""
    codes = []
    for number, person in enumerate(people):
        facts = FACTS.model_copy(update={"nik": f"620505460700000{number}"})
        card = give_card(session, holder=person, officer=rina, facts=facts)
        codes.append(lookup.current_code(session, card).code)
    return codes


@pytest.fixture
def identities(session, people):
    """The codes of their SIAPkerja-IDs."""
    codes = []
    for person in people:
        make_whole(session, person=person)
        siapkerja_identity.open_identity(session, person)
        identity = known(digital.find_identity(session, person.id))
        codes.append(digital.identity_code(session, identity).code)
    return codes


def statements(session, codes, *, is_officer=False):
    """How many it takes to count these views, and to read their pages."""
    asked = []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    session.commit()
    session.expunge_all()
    event.listen(session.get_bind(), "before_cursor_execute", note)
    try:
        found = scans.scan_all(session, [scans.Scan(code, "203.0.113.1") for code in codes])
        counted = len(asked)
        looks = [(one[0], is_officer) for one in found if not isinstance(one, Refusal)]
        sheets = verdicts.check_sheets(session, looks)
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", note)
    assert len(sheets) == len(codes) and all(sheet.photo for sheet in sheets)
    return counted, len(asked) - counted


def test_of_cards_whose_holders_opened_nothing_no_profile_is_read(session, cards):
    standing_consents_photos = 3
    assert statements(session, cards[:1]) == (COUNTED, standing_consents_photos)
    assert statements(session, cards) == (COUNTED, standing_consents_photos)


def test_what_is_open_or_shown_to_an_officer_takes_three_more(session, people, cards):
    assert statements(session, cards, is_officer=True) == (COUNTED, 6)
    for person in people[:2]:
        open_all(session, person)
    assert statements(session, cards) == (COUNTED, 6)


@pytest.mark.parametrize("is_officer", [False, True])
def test_so_it_is_with_siapkerja_ids(session, identities, is_officer):
    one = statements(session, identities[:1], is_officer=is_officer)
    assert one == statements(session, identities, is_officer=is_officer) == (COUNTED, 8)


def test_read_one_by_one_they_would_ask_more(session, cards, monkeypatch):
    whole = verdicts.check_sheets
    monkeypatch.setattr(
        verdicts, "check_sheets", lambda session, asked: [whole(session, [one])[0] for one in asked]
    )
    assert statements(session, cards) == (COUNTED, 15)
