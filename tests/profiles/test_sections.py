"""The sections of a profile as others read them, and how complete a profile is."""

from datetime import UTC, datetime

import pytest

from barut_reflex.core import clock
from barut_reflex.profiles.queries import completeness, sections
from barut_reflex.profiles.rules.sections import RULES, Section
from barut_reflex.profiles.service import entries, facts
from probes.factories import make_document, make_profile
from probes.form_values import BIODATA_FORM, ENTRIES


@pytest.fixture(autouse=True)
def on_20_april(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 20, 3, 0, tzinfo=UTC))


@pytest.fixture
def profile(session, ahmad):
    return make_profile(session, person=ahmad)


def section_of(session, person, key):
    return {one.key: one for one in sections.sections_of(session, person.id)}[key]


def fill(session, person):
    """Everything the seven steps ask."""
    make_document(session, owner=person)
    facts.save_biodata(session, person, BIODATA_FORM)
    facts.save_school(session, person, {"school": "Universitas Palangka Raya"}, partial=True)
    for section, form in ENTRIES.items():
        entries.save_entry(session, person, section, "", form)
    entries.add_skill(session, person, "Menjahit")


def test_an_empty_profile_has_every_section_and_nothing_in_it(session, ahmad):
    shown = sections.sections_of(session, ahmad.id)
    assert [one.key for one in shown] == list(Section)
    assert [one.key for one in shown if one.entries] == [Section.CONTACT]  # the account's address
    assert completeness.completeness(session, ahmad.id).percent == 0


def test_everything_given_is_shown_and_complete(session, ahmad, profile):
    fill(session, ahmad)
    shown = sections.sections_of(session, ahmad.id)
    assert [one.key for one in shown if not one.entries] == []
    done = completeness.completeness(session, ahmad.id)
    assert (done.percent, done.is_complete, done.missing) == (100, True, [])


def test_a_job_reads_as_on_the_slides(session, ahmad, profile):
    entries.save_entry(session, ahmad, "experience", "", ENTRIES[Section.EXPERIENCE])
    [job] = section_of(session, ahmad, Section.EXPERIENCE).entries
    assert (job.title, job.subtitle, job.period) == (
        "Backend Developer",
        "PT Barito Maju",
        "Juni 2021 - Sekarang",
    )
    assert job.lines == ["Penuh Waktu", "Muara Teweh, Dalam Negeri", "Baris satu", "Baris dua"]


def test_nik_and_religion_stand_nowhere(session, ahmad, profile):
    fill(session, ahmad)
    shown = str(sections.sections_of(session, ahmad.id))
    assert profile.phone[3:] in shown
    assert profile.nik not in shown and profile.religion not in shown


@pytest.mark.seed("guide B.4c", "guide B.4d", "guide B.4e", "guide B.4f")
def test_no_is_an_answer(session, ahmad, profile):
    entries.answer(session, ahmad, "experience", is_none=True)
    assert section_of(session, ahmad, Section.EXPERIENCE).is_none_answer
    missing = [one.step for one in completeness.completeness(session, ahmad.id).missing]
    assert 4 not in missing and 5 in missing


@pytest.mark.seed("account C")
def test_what_is_missing_leads_to_its_field(session, ahmad, profile):
    facts.save_biodata(session, ahmad, BIODATA_FORM | {"occupation": ""})
    addresses = {
        one.label: one.address for one in completeness.completeness(session, ahmad.id).missing
    }
    assert addresses["Pekerjaan yang Diinginkan"] == "/profil/2/#find_occupation"
    assert addresses["Pelatihan"] == "/profil/5/"


def test_the_last_missing_thing_keeps_it_under_a_hundred(session, ahmad, profile):
    fill(session, ahmad)
    facts.save_biodata(session, ahmad, {"birth_place": ""}, partial=True)
    done = completeness.completeness(session, ahmad.id)
    assert 90 < done.percent < 100 and not done.is_complete
    assert done.done.count(False) == 1


def test_what_the_ak1_was_told_is_here_already(session, ahmad, profile):
    assert section_of(session, ahmad, Section.EDUCATION).entries[0].title == "S1"
    assert [
        one.step for one in completeness.completeness(session, ahmad.id).missing if one.step == 2
    ]
    assert "NIK" not in [one.label for one in completeness.completeness(session, ahmad.id).missing]


def test_each_section_with_entries_can_be_typed():
    assert all((rule.title and rule.step) or not rule.fields for rule in RULES.values())
    assert set(RULES) == set(Section)
