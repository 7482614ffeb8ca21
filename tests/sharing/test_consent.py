"""Consent: a holder opens sections or shares links that expire; every change is recorded."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from barut_reflex.core import clock
from barut_reflex.core.errors import Invalid
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.tokens import fingerprint
from barut_reflex.profiles.rules.sections import Section
from barut_reflex.sharing import rules
from barut_reflex.sharing import service as sharing
from barut_reflex.sharing.models import Consent, ShareLink
from barut_reflex.sharing.queries import consent
from probes.factories import known

GIVEN = {
    "recipient": "PT Maju",
    "purpose": "melamar sebagai juru las",
    "hours": "24",
    "sections": ["experience", "contact"],
}
NOW = datetime(2026, 4, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """`at(hours)` after the beginning."""

    def later(hours=0):
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=hours))

    later()
    return later


def open_(session, section, by):
    sharing.open_section(session, by, section, version=rules.CONSENT_VERSION)


def acts(session):
    return [entry.act for entry in session.exec(select(AuditEntry))]


def test_only_education_and_skills_are_open_at_first(session, ahmad):
    assert consent.open_sections(session, ahmad.id) == {Section.EDUCATION, Section.SKILLS}


def test_a_section_is_opened_under_the_text_that_was_read(session, ahmad, siti):
    open_(session, "experience", ahmad)
    assert Section.EXPERIENCE in consent.open_sections(session, ahmad.id)
    assert Section.EXPERIENCE not in consent.open_sections(session, siti.id)
    row = session.exec(select(Consent)).one()
    assert (row.section, row.text_version) == ("experience", rules.CONSENT_VERSION)
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.act, entry.actor_id, entry.subject) == ("open_section", ahmad.id, ahmad.public_id)
    assert rules.CONSENT_VERSION in entry.detail


def test_opening_twice_is_one_consent(session, ahmad):
    open_(session, "experience", ahmad)
    open_(session, "experience", ahmad)
    assert len(session.exec(select(Consent)).all()) == 1


def test_closing_ends_it_and_keeps_what_was(session, ahmad, at):
    open_(session, "contact", ahmad)
    at(1)
    sharing.close_section(session, ahmad, "contact")
    assert Section.CONTACT not in consent.open_sections(session, ahmad.id)
    row = session.exec(select(Consent)).one()
    assert clock.utc(known(row.closed)) == NOW + timedelta(hours=1)
    assert acts(session) == ["open_section", "close_section"]


def test_nobody_closes_what_another_opened(session, ahmad, siti):
    open_(session, "contact", ahmad)
    sharing.close_section(session, siti, "contact")
    assert Section.CONTACT in consent.open_sections(session, ahmad.id)


def test_a_text_that_was_not_read_opens_nothing(session, ahmad):
    with pytest.raises(sharing.ConsentChanged):
        sharing.open_section(session, ahmad, "contact", version="2020-01")
    assert session.exec(select(Consent)).all() == []


@pytest.mark.parametrize("section", ["", "nik", "education", "skills", "CONTACT", "about; DROP"])
def test_what_is_no_closable_section_is_refused(session, ahmad, section):
    with pytest.raises(sharing.NotASection):
        open_(session, section, ahmad)
    with pytest.raises(sharing.NotASection):
        sharing.close_section(session, ahmad, section)


def test_every_text_ever_shown_is_kept():
    assert rules.CONSENT_VERSION in rules.CONSENT_TEXTS
    assert set(rules.OPTIONAL_SECTIONS) | set(rules.ALWAYS_OPEN) == set(Section)


def test_a_link_opens_for_its_time_and_its_token_is_stored_nowhere(session, ahmad, at):
    token = sharing.share(session, ahmad, **GIVEN)
    row = session.exec(select(ShareLink)).one()
    assert row.token_hash == fingerprint(token) and len(token) >= 43
    assert token not in str(vars(row)) + str([vars(e) for e in session.exec(select(AuditEntry))])
    assert known(consent.find_link(session, token)).id == row.id
    assert consent.sections_of_link(row) == {Section.EXPERIENCE, Section.CONTACT}
    at(23.99)
    assert consent.find_link(session, token)
    at(24)
    assert consent.find_link(session, token) is None


def test_a_revoked_link_opens_nothing(session, ahmad):
    token = sharing.share(session, ahmad, **GIVEN)
    sharing.revoke_link(session, ahmad, session.exec(select(ShareLink)).one().public_id)
    assert consent.find_link(session, token) is None
    assert acts(session) == ["share_profile", "revoke_share"]


def test_nobody_revokes_the_link_of_another(session, ahmad, siti):
    token = sharing.share(session, ahmad, **GIVEN)
    with pytest.raises(sharing.NoSuchLink):
        sharing.revoke_link(session, siti, session.exec(select(ShareLink)).one().public_id)
    assert consent.find_link(session, token)


def test_a_guessed_or_stored_value_is_no_token(session, ahmad):
    sharing.share(session, ahmad, **GIVEN)
    row = session.exec(select(ShareLink)).one()
    for guess in ("", "x", row.token_hash, row.public_id):
        assert consent.find_link(session, guess) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("recipient", " "),
        ("recipient", "x" * 101),
        ("purpose", ""),
        ("hours", "9999"),
        ("hours", "-1"),
        ("sections", []),
        ("sections", ["nik"]),
    ],
)
def test_what_is_missing_is_said_at_its_field(session, ahmad, field, value):
    with pytest.raises(Invalid) as refused:
        sharing.share(session, ahmad, **GIVEN | {field: value})
    assert set(refused.value.errors) == {field}
    assert session.exec(select(ShareLink)).all() == []


def test_twenty_links_a_day_are_enough(session, ahmad):
    for _ in range(20):
        sharing.share(session, ahmad, **GIVEN)
    with pytest.raises(sharing.TooManyLinks):
        sharing.share(session, ahmad, **GIVEN)


def test_the_privacy_page_says_how_it_stands(session, ahmad):
    open_(session, "experience", ahmad)
    sharing.share(session, ahmad, **GIVEN)
    mine = consent.my_privacy(session, ahmad)
    states = {row.value: (row.is_open, row.is_always_open) for row in mine.sections}
    assert states["experience"] == (True, False) and states["skills"] == (True, True)
    assert states["contact"] == (False, False)
    (link,) = mine.links
    assert (link.recipient, link.state, link.is_valid) == ("PT Maju", "Aktif", True)
    assert link.sections == "Kontak dan Alamat, Pengalaman Kerja"
    assert link.until == "21 April 2026 10.00 WIB"


@pytest.mark.parametrize(
    ("address", "place"),
    [("10.1.2.3", "Jaringan lokal"), ("::1", "Jaringan lokal"), ("8.8.8.8", "Internet"), ("", "")],
)
def test_a_place_is_as_coarse_as_can_be(address, place):
    assert rules.network_label(address) == place
