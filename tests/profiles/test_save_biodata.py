"""Steps 2 and 3: saving the facts of the AK1 and the additional facts of the profile."""

from datetime import UTC, datetime

import pytest

from barut_reflex.core import clock
from barut_reflex.core.errors import Invalid
from barut_reflex.profiles.queries import facts, steps
from barut_reflex.profiles.queries.sections import domicile_of
from barut_reflex.profiles.rules.biodata import Domicile
from barut_reflex.profiles.service import facts as profile_facts
from barut_reflex.profiles.service.facts import PartlyInvalid
from probes.factories import make_profile
from probes.form_values import BIODATA_FORM

AT_HOME = {
    "domicile": "Dalam Negeri",
    "domicile_address": "Jl. Yetro Sinseng",
    "domicile_province": "62",
    "domicile_regency": "62.05",
    "domicile_district": "62.05.05",
    "domicile_village": "62.05.05.1014",
}


@pytest.fixture(autouse=True)
def on_20_april(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 20, 3, 0, tzinfo=UTC))


@pytest.fixture
def profile(session, ahmad):
    return make_profile(session, person=ahmad)


def refusal(session, by, **changes):
    with pytest.raises(Invalid) as refused:
        profile_facts.save_biodata(session, by, BIODATA_FORM | changes)
    return list(refused.value.errors)


def test_both_screens_write_the_same_facts(session, ahmad):
    profile_facts.save_biodata(session, ahmad, BIODATA_FORM)
    assert facts.personal_form(session, by=ahmad).nik == BIODATA_FORM["nik"]
    profile_facts.save_personal(session, ahmad, {"birth_place": "Buntok"}, partial=True)
    assert steps.biodata_screen(session, ahmad).form["birth_place"] == "Buntok"


def test_what_was_kept_is_shown_as_it_is_typed(session, ahmad):
    profile_facts.save_biodata(session, ahmad, BIODATA_FORM | AT_HOME)
    screen = steps.biodata_screen(session, ahmad)
    expected = BIODATA_FORM | AT_HOME | {"phone": "082312345678"}
    assert {name: screen.form[name] for name in expected} == expected
    assert screen.occupation == "Pengembang Perangkat Lunak"
    assert len(screen.domicile_lists.villages) > 3


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("about", "a" * 1001),
        ("about", "\u202eabc"),
        ("domicile", "Bulan"),
        ("postcode", "<b>"),
        ("postcode", "12"),
        ("occupation", "0000"),
        ("occupation", "guru"),
        ("nik", "1"),
        ("about", ["x"]),
    ],
)
def test_each_rule_refuses_at_its_field_and_keeps_nothing(session, ahmad, field, typed):
    assert refusal(session, ahmad, **{field: typed}) == [field]
    assert facts.get_profile(session, ahmad.id).nik == ""


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("domicile_address", "a" * 201),
        ("domicile_village", "62.05.05.9999"),
        ("domicile_district", "62.05"),
        ("domicile_province", "61"),
    ],
)
def test_a_wrong_domicile_is_refused_at_its_field(session, ahmad, field, typed):
    assert field in refusal(session, ahmad, **AT_HOME | {field: typed})


def test_html_is_kept_literally(session, ahmad, profile):
    html = '<img src=x onerror=alert(1)>\n{x} & "y"'
    profile_facts.save_biodata(session, ahmad, {"about": html}, partial=True)
    assert profile.about == html


def test_what_the_kind_of_domicile_does_not_ask_is_cleared(session, ahmad, profile):
    profile_facts.save_biodata(session, ahmad, BIODATA_FORM | AT_HOME)
    assert domicile_of(profile).startswith("Jl. Yetro Sinseng, Melayu, Teweh Tengah")
    profile_facts.save_biodata(session, ahmad, {"domicile": "Luar Negeri"}, partial=True)
    assert (profile.domicile_village, profile.domicile_address) == ("", "Jl. Yetro Sinseng")
    profile_facts.save_biodata(session, ahmad, {"domicile_country": "Malaysia"}, partial=True)
    assert domicile_of(profile) == "Jl. Yetro Sinseng, Malaysia, 73811"
    profile_facts.save_biodata(session, ahmad, {"domicile": Domicile.SAME}, partial=True)
    assert (profile.domicile_address, profile.domicile_country) == ("", "")
    assert domicile_of(profile).startswith("Jl. Pangeran Antasari No. 12, Melayu")


def test_a_region_of_the_domicile_is_chosen_step_by_step(session, ahmad, profile):
    profile_facts.save_biodata(session, ahmad, AT_HOME, partial=True)
    profile_facts.save_biodata(session, ahmad, {"domicile_regency": "62.71"}, partial=True)
    assert (profile.domicile_regency, profile.domicile_village) == ("62.71", "")
    assert profile.village == "62.05.05.1014"


def test_a_box_is_off_when_its_tick_was_taken_away(session, ahmad, profile):
    profile_facts.save_biodata(session, ahmad, BIODATA_FORM)
    profile_facts.save_biodata(session, ahmad, {"about": "Halo"})
    assert profile.wants_training
    profile_facts.save_biodata(session, ahmad, {"wants_training": ""})
    assert not profile.wants_training


def test_what_an_old_page_does_not_change_stands_as_it_is(session, ahmad, profile):
    profile_facts.save_biodata(session, ahmad, BIODATA_FORM | AT_HOME)
    profile_facts.save_school(session, ahmad, {"school": "UPR", "grade": "3,40"})
    before = steps.biodata_screen(session, ahmad).form
    profile_facts.save_biodata(session, ahmad, {"postcode": "73812"})
    profile_facts.save_school(session, ahmad, {"grade": "3,50"})
    assert steps.biodata_screen(session, ahmad).form == before | {"postcode": "73812"}
    assert (profile.school, profile.grade) == ("UPR", "3,50")


def test_a_page_that_sends_everything_would_put_the_old_back(session, ahmad, profile):
    old = steps.biodata_screen(session, ahmad).form
    profile_facts.save_biodata(session, ahmad, BIODATA_FORM | {"birth_place": "Buntok"})
    profile_facts.save_biodata(session, ahmad, BIODATA_FORM | {"birth_place": old["birth_place"]})
    assert profile.birth_place == old["birth_place"] != "Buntok"


def test_a_wrong_field_left_behind_keeps_the_others(session, ahmad, profile):
    with pytest.raises(PartlyInvalid):
        profile_facts.save_biodata(session, ahmad, {"about": "Halo", "postcode": "?"}, partial=True)
    assert (profile.about, profile.postcode) == ("Halo", "")


def test_the_school_stands_beside_the_level_of_the_ak1(session, ahmad, profile):
    form = {"education": "S1", "major": "Hukum", "graduation_year": "2022", "school": "UPR"}
    profile_facts.save_school(session, ahmad, form | {"grade": "3,40"})
    assert (
        steps.school_screen(session, ahmad).form | form == steps.school_screen(session, ahmad).form
    )
    assert facts.facts_of(session, ahmad.id).major == "Hukum"
    profile_facts.save_school(session, ahmad, {"education": "Tidak/Belum Tamat SD"}, partial=True)
    assert (profile.school, profile.grade, profile.major) == ("", "", "")


def test_a_wrong_school_keeps_nothing(session, ahmad, profile):
    with pytest.raises(Invalid) as refused:
        form = {"education": "S1", "graduation_year": "1900", "grade": "a" * 21}
        profile_facts.save_school(session, ahmad, form)
    assert set(refused.value.errors) == {"graduation_year", "grade"}
    assert profile.graduation_year == 2023
