"""Saving personal data: rules per field, partial saves, and whose data it is."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlmodel import select

from barut_reflex.core import clock, limits
from barut_reflex.core.errors import Invalid
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.profiles.models import Profile
from barut_reflex.profiles.queries import facts
from barut_reflex.profiles.rules import checks
from barut_reflex.profiles.rules.facts import PERSONAL, Religion, Sex
from barut_reflex.profiles.service import facts as profiles
from barut_reflex.profiles.service.facts import PartlyInvalid
from probes.factories import make_profile
from probes.form_values import PERSONAL_FORM


@pytest.fixture(autouse=True)
def on_20_april(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 20, 3, 0, tzinfo=UTC))


def refusal(session, by, **changes):
    with pytest.raises(Invalid) as refused:
        profiles.save_personal(session, by, PERSONAL_FORM | changes)
    return refused.value.errors


def test_all_fields_are_kept_as_what_they_mean(session, ahmad):
    profiles.save_personal(session, ahmad, PERSONAL_FORM)
    kept = facts.get_profile(session, ahmad.id)
    assert (kept.nik, kept.name, kept.rw) == ("6205050707000006", "Ahmad Noor", "01")
    assert (kept.birth_date, kept.sex, kept.religion) == (
        date(2000, 7, 7),
        Sex.MALE,
        Religion.ISLAM,
    )
    assert (kept.village, kept.phone) == ("62.05.05.1014", "+6282312345678")
    assert facts.missing_personal(kept) == []
    assert profiles.errors_of(kept) == {}


def test_what_was_kept_is_shown_as_it_is_typed(session, ahmad):
    profiles.save_personal(session, ahmad, PERSONAL_FORM)
    form = facts.personal_form(session, by=ahmad)
    expected = PERSONAL_FORM | {"phone": "082312345678"}
    assert {name: getattr(form, name) for name in PERSONAL} == expected


def test_before_the_first_save_the_offices_own_regency_is_chosen(session, ahmad):
    form = facts.personal_form(session, by=ahmad)
    assert (form.name, form.province, form.regency) == ("Ahmad", "62", "62.05")
    assert session.exec(select(Profile)).all() == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("nik", "620505070700000"),
        ("nik", "6205050707000000"),
        ("nik", ""),
        ("name", ""),
        ("name", "Ahmad 7"),
        ("name", "a" * 101),
        ("name", "Ах"),
        ("birth_place", "Muara <Teweh>"),
        ("birth_date", "2000-07-07"),
        ("birth_date", "31/02/2000"),
        ("birth_date", "21/04/2011"),
        ("birth_date", "01/01/1899"),
        ("birth_date", "21/04/2026"),
        ("sex", "L"),
        ("marital_status", "Lajang"),
        ("religion", "Budha"),
        ("address", "Jl. \u202e1"),
        ("address", "a" * 201),
        ("rt", "1234"),
        ("rt", "A1"),
        ("rw", "-1"),
        ("phone", "0519123456"),
        ("phone", "0823123456789012"),
        ("province", "99"),
        ("district", "62.05"),
        ("village", "62.05.05.9999"),
        ("village", {"a": "b"}),
        ("nik", ["6205050707000006"]),
    ],
)
def test_each_rule_refuses_at_its_field_and_keeps_nothing(session, ahmad, field, typed):
    assert list(refusal(session, ahmad, **{field: typed})) == [field]
    assert facts.get_profile(session, ahmad.id).nik == ""


def test_several_wrong_fields_are_refused_in_the_order_of_the_screen(session, ahmad):
    errors = refusal(session, ahmad, phone="x", nik="1", rt="x")
    assert list(errors) == ["nik", "rt", "phone"]


def test_levels_of_another_province_are_refused(session, ahmad):
    assert "province" in refusal(session, ahmad, province="61")


def test_punctuation_of_code_is_kept_literally(session, ahmad):
    address = 'Gg. <b>{x}</b> & "Jl." \'; DROP TABLE--'
    profiles.save_personal(session, ahmad, PERSONAL_FORM | {"address": address})
    assert facts.facts_of(session, ahmad.id).address == address


def test_a_draft_may_leave_the_rest_empty(session, ahmad):
    empty = dict.fromkeys(PERSONAL, "") | {"nik": "6205050707000006", "name": "Ahmad"}
    profiles.save_personal(session, ahmad, empty)
    missing = facts.missing_personal(facts.get_profile(session, ahmad.id))
    assert missing == [label for name, label in PERSONAL.items() if name not in ("nik", "name")]


def test_the_youngest_are_served_from_the_day_they_reach_the_age(session, ahmad, monkeypatch):
    profiles.save_personal(session, ahmad, PERSONAL_FORM | {"birth_date": "20/04/2011"})
    monkeypatch.setattr(settings, "min_age", 18)
    assert "18 tahun" in refusal(session, ahmad, birth_date="20/04/2011")["birth_date"]


# -- a form of which only some fields were changed


def test_what_is_not_in_the_form_stands_as_it_is(session, ahmad):
    profiles.save_personal(session, ahmad, PERSONAL_FORM)
    profiles.save_personal(session, ahmad, {"nik": "6205050707000007"})
    form = facts.personal_form(session, by=ahmad)
    wanted = PERSONAL_FORM | {"nik": "6205050707000007", "phone": "082312345678"}
    assert {name: getattr(form, name) for name in PERSONAL} == wanted


def test_the_first_save_keeps_what_the_page_proposed(session, ahmad):
    profiles.save_personal(session, ahmad, {"nik": "6205050707000006"})
    kept = facts.get_profile(session, ahmad.id)
    assert (kept.name, kept.regency) == ("Ahmad", "62.05")


def test_an_empty_field_is_missing_also_when_nobody_touched_it(session, ahmad):
    with pytest.raises(Invalid) as refused:
        profiles.save_personal(session, ahmad, {"rt": "1"})
    assert list(refused.value.errors) == ["nik"]


# -- a field that was just left


def test_leaving_a_field_keeps_it(session, ahmad):
    profiles.save_personal(session, ahmad, {"birth_place": "Muara Teweh"}, partial=True)
    assert facts.get_profile(session, ahmad.id).birth_place == "Muara Teweh"


def test_a_wrong_field_is_refused_and_the_others_are_kept(session, ahmad):
    with pytest.raises(PartlyInvalid) as refused:
        profiles.save_personal(session, ahmad, {"nik": "1", "rt": "7"}, partial=True)
    assert list(refused.value.errors) == ["nik"]
    assert refused.value.is_counted
    assert facts.get_profile(session, ahmad.id).rt == "7"


def test_a_wrong_field_does_not_take_away_what_was_kept(session, ahmad):
    make_profile(session, person=ahmad)
    with pytest.raises(PartlyInvalid):
        profiles.save_personal(session, ahmad, {"nik": "12"}, partial=True)
    assert facts.get_profile(session, ahmad.id).nik == "6205050707000006"


def test_choosing_a_district_chooses_what_lies_above_it(session, ahmad):
    profiles.save_personal(session, ahmad, {"district": "62.05.05"}, partial=True)
    kept = facts.get_profile(session, ahmad.id)
    assert (kept.province, kept.regency, kept.village) == ("62", "62.05", "")


def test_choosing_another_regency_drops_what_lay_below(session, ahmad):
    make_profile(session, person=ahmad)
    profiles.save_personal(session, ahmad, {"regency": "62.04"}, partial=True)
    kept = facts.get_profile(session, ahmad.id)
    assert (kept.regency, kept.district, kept.village) == ("62.04", "", "")


# -- whose, and what else may come along


def test_extra_keys_change_nothing(session, ahmad, siti):
    make_profile(session, person=siti)
    forged = {"person_id": siti.id, "updated": "x", "status": "approved", "education": "S3"}
    profiles.save_personal(session, ahmad, PERSONAL_FORM | forged)
    assert facts.get_profile(session, ahmad.id).education is None
    assert facts.get_profile(session, siti.id).name == "Siti"


def test_a_check_that_let_keys_through_would_be_noticed(session, ahmad, monkeypatch):
    let_through = checks.CheckResult(values={"education": "S3"})
    monkeypatch.setattr(profiles, "check_personal", lambda *_: let_through)
    profiles.save_personal(session, ahmad, PERSONAL_FORM)
    assert facts.get_profile(session, ahmad.id).education == "S3"


def test_a_nik_that_another_person_has_is_kept_without_a_word(session, ahmad, siti):
    make_profile(session, person=siti, nik=PERSONAL_FORM["nik"])
    profiles.save_personal(session, ahmad, PERSONAL_FORM)
    warnings = facts.personal_form(session, by=ahmad).warnings
    assert facts.get_profile(session, ahmad.id).nik == PERSONAL_FORM["nik"]
    assert warnings == []


def test_the_answer_to_a_known_nik_asks_the_database_the_same_questions(session, ahmad, siti):
    make_profile(session, person=ahmad)
    make_profile(session, person=siti, nik="6205050707000007")
    asked = [_questions_of(session, ahmad, nik) for nik in ("6205050707000007", "6205050707000008")]
    assert asked[0] == asked[1]
    assert len(asked[0]) > 2


def test_a_search_for_the_same_nik_would_be_noticed(session, ahmad, siti, monkeypatch):
    make_profile(session, person=ahmad)
    make_profile(session, person=siti, nik="6205050707000007")
    honest = profiles.check_personal

    def oracle(form, kept, at):
        others = session.exec(select(Profile).where(Profile.nik == form["nik"])).all()
        [session.exec(select(Profile)).all() for _ in others]
        return honest(form, kept, at)

    monkeypatch.setattr(profiles, "check_personal", oracle)
    asked = [_questions_of(session, ahmad, nik) for nik in ("6205050707000007", "6205050707000008")]
    assert asked[0] != asked[1]


def _questions_of(session, by, nik):
    session.refresh(by)
    asked = []
    bind = session.get_bind()
    listen = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(bind, "before_cursor_execute", listen)
    profiles.save_personal(session, by, {"nik": nik}, partial=True)
    event.remove(bind, "before_cursor_execute", listen)
    session.rollback()
    return asked


NIKS = [f"620505070700000{n}" for n in range(1, 8)]


def test_the_sixth_change_of_the_nik_in_a_day_is_refused(session, ahmad):
    for nik in NIKS[:5]:
        profiles.save_personal(session, ahmad, {"nik": nik}, partial=True)
    with pytest.raises(PartlyInvalid) as refused:
        profiles.save_personal(session, ahmad, {"nik": NIKS[5], "rt": "3"}, partial=True)
    assert "besok" in refused.value.errors["nik"]
    kept = facts.get_profile(session, ahmad.id)
    assert (kept.nik, kept.rt) == (NIKS[4], "3")


def test_saving_the_same_nik_again_costs_nothing(session, ahmad):
    for _ in range(9):
        profiles.save_personal(session, ahmad, {"nik": NIKS[0]}, partial=True)
    profiles.save_personal(session, ahmad, {"nik": NIKS[1]}, partial=True)
    assert facts.get_profile(session, ahmad.id).nik == NIKS[1]


def test_without_the_limit_the_sixth_change_passes(session, ahmad, monkeypatch):
    monkeypatch.setattr(limits, "spend", lambda *_, **__: True)
    for nik in NIKS:
        profiles.save_personal(session, ahmad, {"nik": nik}, partial=True)
    assert facts.get_profile(session, ahmad.id).nik == NIKS[-1]


def test_the_audit_trail_names_the_fields_not_their_content(session, ahmad):
    profiles.save_personal(session, ahmad, PERSONAL_FORM)
    profiles.save_personal(session, ahmad, PERSONAL_FORM)
    [entry] = session.exec(select(AuditEntry)).all()
    assert (entry.act, entry.actor_id) == ("save_profile", ahmad.id)
    assert "birth_date" in entry.detail
    assert "Antasari" not in entry.detail


def test_a_nik_that_does_not_fit_is_kept_with_a_warning(session, ahmad):
    profiles.save_personal(session, ahmad, PERSONAL_FORM | {"nik": "6207011234567890"})
    assert facts.get_profile(session, ahmad.id).nik == "6207011234567890"
    assert facts.personal_form(session, by=ahmad).warnings
