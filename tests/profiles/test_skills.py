"""Skills of a profile: the AK1's own list, its limits and its search."""

import pytest

from barut_reflex.core.errors import Invalid
from barut_reflex.profiles.queries import facts, steps
from barut_reflex.profiles.service import entries as profile_entries
from barut_reflex.profiles.service.entries import SkillUnknown

from .test_entries import HTML

pytestmark = pytest.mark.usefixtures("on_20_april")

# -- skills


def test_skills_are_the_list_of_the_ak1(session, ahmad, profile):
    profile_entries.add_skill(session, ahmad, "Menjahit")
    profile_entries.add_skill(session, ahmad, "  MENJAHIT ")
    profile_entries.add_skill(session, ahmad, "Las SMAW; Tenun")
    assert facts.facts_of(session, ahmad.id).skills == ["Menjahit", "Las SMAW", "Tenun"]
    profile_entries.remove_skill(session, ahmad, "Las SMAW")
    profile_entries.remove_skill(session, ahmad, "Las SMAW")
    assert profile.skills == "Menjahit\nTenun"


def test_a_list_of_five_hundred_is_refused_with_the_number(session, ahmad, profile):
    profile_entries.add_skill(session, ahmad, "Menjahit")
    with pytest.raises(Invalid) as refused:
        profile_entries.add_skill(session, ahmad, "\n".join(f"Keahlian {n}" for n in range(500)))
    assert "Paling banyak 20 baris, yang ditulis 501" in refused.value.errors["skill"]
    assert profile.skills == "Menjahit"


@pytest.mark.parametrize("typed", ["a" * 81, "пайка", "\u202eabc"])
def test_a_skill_that_cannot_be_printed_is_refused_at_the_field(session, ahmad, profile, typed):
    with pytest.raises(Invalid) as refused:
        profile_entries.add_skill(session, ahmad, typed)
    assert list(refused.value.errors) == ["skill"]


def test_an_empty_skill_says_what_to_do(session, ahmad, profile):
    with pytest.raises(SkillUnknown):
        profile_entries.add_skill(session, ahmad, "  ")


def test_a_skill_takes_the_answer_back(session, ahmad, profile):
    profile_entries.answer(session, ahmad, "skills", is_none=True)
    profile_entries.add_skill(session, ahmad, HTML)
    assert (profile.skills, profile.nothing_in) == (
        HTML.replace(";", "\n").replace("\n ", "\n"),
        "",
    )
    with pytest.raises(profile_entries.EntriesRemain):
        profile_entries.answer(session, ahmad, "skills", is_none=True)


def test_listed_skills_are_found_by_any_word_without_those_i_have(session, ahmad, profile):
    assert "Las SMAW" in steps.matching_skills_for_me(session, ahmad, "smaw")
    profile_entries.add_skill(session, ahmad, "Las SMAW")
    assert "Las SMAW" not in steps.matching_skills_for_me(session, ahmad, "LÁS")
    assert steps.matching_skills_for_me(session, ahmad, "") == []
