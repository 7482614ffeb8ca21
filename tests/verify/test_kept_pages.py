"""A check page is drawn once and sent again, but never one that would be drawn otherwise now."""

import re
from itertools import pairwise

import pytest
from sqlalchemy import event, text
from sqlmodel import Session, select

from barut_reflex.cards.queries import standing
from barut_reflex.cards.service import following
from barut_reflex.core import db
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.people.service import sessions
from barut_reflex.profiles.rules.sections import Section
from barut_reflex.sharing import service as sharing
from barut_reflex.sharing.models import CardView
from barut_reflex.sharing.rules import CLOSABLE, CONSENT_VERSION
from barut_reflex.siapkerja.queries import digital
from barut_reflex.siapkerja.service import identity as siapkerja_identity
from barut_reflex.verify import stamps
from barut_reflex.verify.service import looking
from barut_reflex.verify.web import check, looks

from ..browsing import open_browser
from ..cards.given import FACTS, give_card
from ..cards.whole import add_job, make_whole
from ..factories import make_person

NEW = "'2026-04-20 03:00:00'"
VISIT = f"INSERT INTO reportingvisit (card_id, {{on}}, by_id, at) SELECT id, '2026-10-20', 1, {NEW}"
PLACED = f"SELECT id, 'PT Maju', '2026-04-20', 1, {NEW}"
OF_BOTH = {
    "an email": "UPDATE person SET email = 'baru@contoh.id' WHERE id = {}",
    "a word about oneself": "UPDATE profile SET about = 'Rajin' WHERE person_id = {}",
    "a skill": "UPDATE profile SET skills = 'Menari' WHERE person_id = {}",
    "no profile": "DELETE FROM profile WHERE person_id = {}",
    "a job renamed": "UPDATE entry SET title = 'Kepala' WHERE person_id = {}",
    "a job less": "DELETE FROM entry WHERE person_id = {}",
    "a job moved to somebody else": "UPDATE entry SET person_id = 1 WHERE person_id = {}",
    "a section closed": f"UPDATE consent SET closed = {NEW} WHERE person_id = {{}}",
    "a consent less": "DELETE FROM consent WHERE person_id = {}",
    "a photo exchanged": "UPDATE document SET sha256 = 'x' WHERE owner_id = {}",
}
OF_A_CARD = {
    "revoked": f"UPDATE card SET revoked = {NEW} WHERE holder_id = {{}}",
    "a name": "UPDATE card SET facts = replace(facts, 'Bambang', 'Badu') WHERE holder_id = {}",
    "a number": "UPDATE card SET number = '1' WHERE holder_id = {}",
    "an end": "UPDATE card SET valid_until = '2030-01-01' WHERE holder_id = {}",
    "no photo": "UPDATE card SET photo_id = NULL WHERE holder_id = {}",
    "an old code": f"UPDATE code SET replaced = {NEW} WHERE kind = 'AK1' AND subject_id IN "
    "(SELECT id FROM card WHERE holder_id = {})",
    "placed": "INSERT INTO placement (card_id, employer, {on}, by_id, at) "
    f"{PLACED} FROM card WHERE holder_id = {{}}",
}
OF_AN_IDENTITY = {
    "revoked": f"UPDATE identity SET revoked = {NEW} WHERE holder_id = {{}}",
    "an old code": f"UPDATE code SET replaced = {NEW} WHERE kind = 'SIAPKERJA_ID' "
    "AND subject_id IN (SELECT id FROM identity WHERE holder_id = {})",
    "an end": "UPDATE code SET valid_until = '2030-01-01' WHERE kind = 'SIAPKERJA_ID' "
    "AND subject_id IN (SELECT id FROM identity WHERE holder_id = {})",
    "a name": "UPDATE profile SET name = 'Badu' WHERE person_id = {}",
    "no photo": f"UPDATE document SET replaced = {NEW} WHERE owner_id = {{}} AND kind = 'PHOTO'",
    "a photo less": "DELETE FROM document WHERE owner_id = {} AND kind = 'PHOTO'",
}


@pytest.fixture
def browser():
    return open_browser()


@pytest.fixture
def drawn(monkeypatch):
    """Each page that is really drawn."""
    found = []
    draw = check.check_page
    monkeypatch.setattr(check, "check_page", lambda sheet: found.append(sheet) or draw(sheet))
    return found


def all_open(session, person):
    for section in CLOSABLE:
        sharing.open_section(session, person, section.value, version=CONSENT_VERSION)


@pytest.fixture
def of_a_card(session, set_clock, rina):
    """Somebody whose AK1 shows all it can, and where it is checked."""
    holder = make_person(session, name="Bambang")
    make_whole(session, person=holder)
    all_open(session, holder)
    tell(session, f"UPDATE document SET replaced = {NEW} WHERE owner_id = {{}}", holder)
    card = give_card(session, holder=holder, officer=rina)
    return holder, f"/v/{standing.current_code(session, card).code}"


@pytest.fixture
def of_an_identity(session, set_clock, rina):
    """Somebody whose SIAPkerja-ID shows all it can, and where it is checked."""
    holder = make_person(session, name="Wati")
    make_whole(session, person=holder)
    all_open(session, holder)
    siapkerja_identity.open_identity(session, holder)
    session.commit()
    identity = digital.find_identity(session, holder.id)
    return holder, f"/v/{digital.identity_code(session, identity).code}"


def tell(session, statement, person):
    """Past every service, as the triggers have to see it."""
    on = '"on"' if "{on}" in statement else ""
    session.execute(text(statement.replace("{on}", on).format(person.id)))
    session.commit()


def test_an_unchanged_page_is_drawn_once_and_counted_each_time(session, of_a_card, browser, drawn):
    pages = {browser.get(of_a_card[1]).content for _ in range(5)}
    assert len(pages) == 1 and len(drawn) == 1
    assert len(session.exec(select(CardView)).all()) == 5


@pytest.mark.parametrize("change", OF_BOTH | OF_A_CARD)
def test_a_changed_fact_shows_at_once_on_the_ak1(session, of_a_card, browser, drawn, change):
    holder, address = of_a_card
    before = browser.get(address).content
    assert browser.get(address).content == before
    tell(session, (OF_BOTH | OF_A_CARD)[change], holder)
    assert browser.get(address).content != before or change == "a skill"  # printed: the card's own
    assert len(drawn) == 2


@pytest.mark.parametrize("change", OF_BOTH | OF_AN_IDENTITY)
def test_a_changed_fact_shows_at_once_on_the_siapkerja_id(
    session, of_an_identity, browser, drawn, change
):
    holder, address = of_an_identity
    before = browser.get(address).content
    assert browser.get(address).content == before
    tell(session, (OF_BOTH | OF_AN_IDENTITY)[change], holder)
    assert browser.get(address).content != before
    assert len(drawn) == 2


def test_what_services_add_shows_at_once(session, of_a_card, rina, browser, set_clock):
    holder, address = of_a_card
    set_clock(2026, 11, 10, 3)
    pages = [browser.get(address).text]
    card = standing.newest_card_of(session, holder.id)
    for add in (
        lambda: following.record_visit(session, rina, card.public_id, on="10/11/2026"),
        lambda: add_job(session, person=holder, organisation="PT Baru"),
        lambda: sharing.close_section(session, holder, "experience"),
        lambda: sharing.open_section(session, holder, "experience", version=CONSENT_VERSION),
    ):
        add()
        session.commit()
        pages.append(browser.get(address).text)
    assert [one == other for one, other in pairwise(pages)] == [False] * 4
    assert "PERLU LAPOR" in pages[0] and "PERLU LAPOR" not in pages[1]


def test_every_table_a_page_is_drawn_from_is_watched(session, of_a_card, of_an_identity, browser):
    asked = []
    note = lambda *told: asked.append(told[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    for _, address in (of_a_card, of_an_identity):
        assert browser.get(address).status_code == 200
    event.remove(db.engine, "before_cursor_execute", note)
    read = set(re.findall(r"(?:FROM|JOIN) (\w+)", " ".join(asked)))
    assert {"card", "profile", "code", "document"} <= read
    assert read - set(stamps.WATCHED) <= {"pagestamp", "limithit", "json_each", "unnest"}


@pytest.mark.parametrize("table", stamps.WATCHED)
def test_each_change_of_a_row_gives_a_new_stamp(session, of_a_card, of_an_identity, table):
    holder = of_a_card[0] if table.startswith(("card", "pl", "rep")) else of_an_identity[0]
    tell(session, OF_A_CARD["placed"], holder)
    tell(session, VISIT + " FROM card WHERE holder_id = {}", holder)
    column, through, _ = stamps.WATCHED[table]
    through = "identity" if table == "code" else through
    whose = f"(SELECT id FROM {through} WHERE holder_id = {{0}})" if through else "({0})"
    before = stamps.of(session, [holder.id])
    tell(session, f"UPDATE {table} SET {column} = {column} WHERE {column} IN {whose}", holder)
    assert stamps.of(session, [holder.id]) != before


def test_without_its_trigger_a_revoked_card_would_still_look_valid(session, of_a_card, browser):
    holder, address = of_a_card
    assert "BERLAKU" in browser.get(address).text
    on = " ON card" if db.engine.dialect.name == "postgresql" else ""
    session.execute(text(f"DROP TRIGGER stamp_card_update{on}"))
    tell(session, OF_A_CARD["revoked"], holder)
    assert "BERLAKU" in browser.get(address).text
    stamps.ensure(session.connection())  # as after each migration
    tell(session, OF_A_CARD["a number"], holder)
    assert "DICABUT" in browser.get(address).text


def test_a_day_later_it_is_drawn_again(session, of_a_card, browser, drawn, set_clock):
    browser.get(of_a_card[1])
    set_clock(2026, 4, 20, 17)  # midnight in WIB
    browser.get(of_a_card[1])
    assert len(drawn) == 2


def test_what_an_officer_sees_is_kept_for_nobody(session, of_a_card, rina, browser, drawn):
    address = of_a_card[1]
    browser.cookies.set(COOKIE, sessions.sign_in(session, rina.id))
    session.commit()
    assert FACTS.nik in browser.get(address).text and FACTS.nik in browser.get(address).text
    assert len(drawn) == 2
    browser.cookies.clear()
    assert FACTS.nik not in browser.get(address).text
    assert not [page for _, page in looks.pages._held.values() if FACTS.nik.encode() in page]


def test_the_limit_holds_for_a_kept_page_too(session, of_a_card, browser):
    answers = [browser.get(of_a_card[1]).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    assert len(session.exec(select(CardView)).all()) == 30


def test_all_of_one_crowd_share_the_limits(session, of_a_card):
    scans = [looking.Scan(of_a_card[1][3:], f"203.0.113.{number}") for number in range(40)]
    scans += [looking.Scan("X", "198.51.100.1")] * 601
    answers = looking.scan_all(session, scans)
    seen = [type(answer) for answer in answers]
    assert seen[:40] == [looking.Counted] * 30 + [looking.TooManyViews] * 10
    assert seen[40:] == [looking.UnknownCode] * 600 + [looking.TooManyViews]
    assert len(session.exec(select(CardView)).all()) == 30


def test_whoever_changes_it_in_another_process_is_seen_at_once(file_office, browser, drawn):
    with Session(file_office, expire_on_commit=False) as session:
        holder, rina = (make_person(session, name=name) for name in ("Bambang", "Rina"))
        session.commit()
        card = give_card(session, holder=holder, officer=rina)
        address = f"/v/{standing.current_code(session, card).code}"
    assert "BERLAKU" in browser.get(address).text
    other = db.make_engine(file_office.url.render_as_string(hide_password=False))
    with Session(other.execution_options(write=True)) as session:
        tell(session, OF_A_CARD["revoked"], holder)
    other.dispose()
    assert "DICABUT" in browser.get(address).text and len(drawn) == 2


def test_every_section_can_be_on_the_page(session, of_an_identity, browser):
    page = browser.get(of_an_identity[1]).text
    assert page.count("data-section=") >= len(Section) - 4
