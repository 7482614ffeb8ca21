"""Saving education and skills: rules per field and level."""

from datetime import UTC, datetime

import pytest

from barut_reflex.core import clock
from barut_reflex.core.errors import Invalid
from barut_reflex.profiles.queries import facts
from barut_reflex.profiles.rules.facts import EDUCATION, Education, fields_of
from barut_reflex.profiles.service import facts as profile_facts
from barut_reflex.profiles.service.facts import PartlyInvalid
from probes.factories import make_profile
from probes.form_values import EDUCATION_FORM


@pytest.fixture(autouse=True)
def on_20_april(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 20, 3, 0, tzinfo=UTC))


@pytest.fixture
def profile(session, ahmad):
    return make_profile(session, person=ahmad, education=None, major="", graduation_year=None)


def refusal(session, by, **changes):
    with pytest.raises(Invalid) as refused:
        profile_facts.save_education(session, by, EDUCATION_FORM | changes)
    return refused.value.errors


def test_education_and_skills_are_kept(session, ahmad, profile):
    profile_facts.save_education(session, ahmad, EDUCATION_FORM)
    assert (profile.education, profile.graduation_year) == (Education.S1, 2023)
    assert facts.facts_of(session, ahmad.id).skills == ["desain web", "manajemen database"]
    assert facts.missing_education(profile) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("education", "S4"),
        ("education", ""),
        ("major", "Тех"),
        ("major", "a" * 101),
        ("graduation_year", "2004"),
        ("graduation_year", "2027"),
        ("graduation_year", "23"),
        ("graduation_year", "20a3"),
        ("skills", "\n".join(["las"] * 21)),
        ("skills", "a" * 81),
        ("skills", "las\nпайка"),
        ("skills", 7),
    ],
)
def test_each_rule_refuses_at_its_field_and_keeps_nothing(session, ahmad, profile, field, typed):
    assert list(refusal(session, ahmad, **{field: typed})) == [field]
    assert profile.education is None


def test_the_first_possible_year_is_five_after_birth(session, ahmad, profile):
    profile_facts.save_education(session, ahmad, EDUCATION_FORM | {"graduation_year": "2005"})
    assert profile.graduation_year == 2005


@pytest.mark.parametrize(
    ("level", "hidden"),
    [
        (Education.NONE, {"major", "graduation_year"}),
        (Education.SD, {"major"}),
        (Education.SMP, {"major"}),
        (Education.SMA, set()),
        (Education.S3, set()),
    ],
)
def test_fields_that_do_not_belong_to_the_level_are_cleared(session, ahmad, profile, level, hidden):
    profile_facts.save_education(session, ahmad, EDUCATION_FORM)
    profile_facts.save_education(session, ahmad, EDUCATION_FORM | {"education": level})
    empty = {name for name in EDUCATION if not getattr(profile, name)}
    form = facts.education_form(session, by=ahmad)
    assert empty == hidden == set(EDUCATION) - fields_of(level)
    assert (form.has_major, form.has_year) == (
        "major" not in hidden,
        "graduation_year" not in hidden,
    )
    assert facts.missing_education(profile) == []


def test_leaving_the_level_alone_clears_too(session, ahmad, profile):
    profile_facts.save_education(session, ahmad, EDUCATION_FORM)
    profile_facts.save_education(
        session, ahmad, {"education": "Tidak/Belum Tamat SD"}, partial=True
    )
    assert (profile.major, profile.graduation_year) == ("", None)
    assert profile.skills


def test_a_major_for_a_level_without_one_is_not_kept(session, ahmad, profile):
    profile_facts.save_education(session, ahmad, {"education": "SD"}, partial=True)
    profile_facts.save_education(session, ahmad, {"major": "IPA"}, partial=True)
    assert profile.major == ""


def test_a_wrong_field_is_refused_and_the_others_are_kept(session, ahmad, profile):
    with pytest.raises(PartlyInvalid) as refused:
        form = {"education": "S1", "graduation_year": "3000"}
        profile_facts.save_education(session, ahmad, form, partial=True)
    assert list(refused.value.errors) == ["graduation_year"]
    assert profile.education is Education.S1


def test_skills_are_one_a_line_without_the_empty_ones(session, ahmad, profile):
    typed = "  las listrik \r\n\r\n<b>HTML</b> & {CSS}\n"
    profile_facts.save_education(session, ahmad, {"skills": typed}, partial=True)
    assert profile.skills == "las listrik\n<b>HTML</b> & {CSS}"


def test_twenty_lines_of_eighty_fit(session, ahmad, profile):
    lines = "\n".join("a" * 80 for _ in range(20))
    profile_facts.save_education(session, ahmad, {"skills": lines}, partial=True)
    session.flush()
    assert profile.skills == lines


def test_a_birth_date_changed_later_is_noticed_before_sending(session, ahmad, profile):
    profile_facts.save_education(session, ahmad, EDUCATION_FORM | {"graduation_year": "2005"})
    profile_facts.save_personal(session, ahmad, {"birth_date": "07/07/2002"}, partial=True)
    assert list(profile_facts.errors_of(profile)) == ["graduation_year"]
