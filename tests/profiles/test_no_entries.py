"""The answer "none" to a section, and what takes it back."""

import pytest

from barut_reflex.profiles.queries import entries, facts, steps
from barut_reflex.profiles.service import entries as profile_entries
from barut_reflex.profiles.service.entries import NoSuchSection

from .entry_forms import save

pytestmark = pytest.mark.usefixtures("on_20_april")

# -- the answer "I have none"


def test_none_is_an_answer_that_an_entry_takes_back(session, ahmad, profile):
    profile_entries.answer(session, ahmad, "experience", is_none=True)
    assert steps.entry_lists(session, ahmad)["experience"].answer == "none"
    save(session, ahmad)
    assert profile.nothing_in == ""
    assert steps.entry_lists(session, ahmad)["experience"].answer == "some"


def test_none_throws_nothing_away(session, ahmad, profile):
    save(session, ahmad)
    with pytest.raises(profile_entries.EntriesRemain):
        profile_entries.answer(session, ahmad, "experience", is_none=True)
    assert len(entries.entries_of(session, ahmad.id)) == 1


def test_the_answer_can_be_taken_back(session, ahmad, profile):
    profile_entries.answer(session, ahmad, "training", is_none=True)
    profile_entries.answer(session, ahmad, "training", is_none=False)
    assert steps.entry_lists(session, ahmad)["training"].answer == ""


@pytest.mark.parametrize("section", ["about", "languages", "education", "x", "training experience"])
def test_only_some_sections_take_the_answer(session, ahmad, profile, section):
    with pytest.raises(NoSuchSection):
        profile_entries.answer(session, ahmad, section, is_none=True)


def test_no_school_is_the_ak1s_own_level(session, ahmad, profile):
    profile.education = None
    profile_entries.answer_school(session, ahmad, is_none=True)
    assert facts.facts_of(session, ahmad.id).education == "Tidak/Belum Tamat SD"
    profile_entries.answer_school(session, ahmad, is_none=False)
    assert profile.education is None


def test_taking_no_school_back_never_clears_a_level(session, ahmad, profile):
    profile_entries.answer_school(session, ahmad, is_none=False)
    assert profile.education == "S1"


def test_no_school_beside_a_school_is_refused(session, ahmad, profile):
    save(session, ahmad, "education")
    with pytest.raises(profile_entries.EntriesRemain):
        profile_entries.answer_school(session, ahmad, is_none=True)
