"""Entries of a profile: kept, refused at their field, mine alone."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from barut_reflex.core import clock
from barut_reflex.core.errors import Invalid
from barut_reflex.core.models import AuditEntry
from barut_reflex.profiles.models import Entry
from barut_reflex.profiles.queries import entries, facts, sections, steps
from barut_reflex.profiles.queries.entries import NoSuchEntry
from barut_reflex.profiles.rules.sections import MAX_ENTRIES, RULES, Section
from barut_reflex.profiles.service import entries as profile_entries
from barut_reflex.profiles.service import papers
from barut_reflex.profiles.service.entries import NoSuchSection, SkillUnknown
from probes.factories import make_document, make_profile
from probes.form_values import ENTRIES

JOB = ENTRIES["experience"]
HTML = "<b>{x}</b> & <script>alert(1)</script> \"'; DROP TABLE entry --"


@pytest.fixture(autouse=True)
def on_20_april(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 20, 3, 0, tzinfo=UTC))


@pytest.fixture
def profile(session, ahmad):
    return make_profile(session, person=ahmad)


def save(session, by, section="experience", known="", **changes):
    return profile_entries.save_entry(session, by, section, known, ENTRIES[section] | changes)


def refusal(session, by, section="experience", **changes):
    with pytest.raises(Invalid) as refused:
        save(session, by, section, **changes)
    assert session.exec(select(Entry)).all() == []
    return list(refused.value.errors)


@pytest.mark.parametrize("section", list(ENTRIES))
def test_an_entry_of_each_section_is_kept(session, ahmad, profile, section):
    saved = save(session, ahmad, section)
    kept = entries.entries_of(session, ahmad.id, Section(section))
    assert [row.public_id for row in kept] == [saved.public_id]
    acts = session.exec(select(AuditEntry.act, AuditEntry.subject)).all()
    assert acts == [("save_entry", ahmad.public_id)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"organisation": ""}, "organisation"),
        ({"kind": "Bos"}, "kind"),
        ({"place": "Bulan"}, "place"),
        ({"start": ""}, "start"),
        ({"start": "kemarin"}, "start"),
        ({"start": "13/2020"}, "start"),
        ({"start": "31/02/2020"}, "start"),
        ({"start": "05/2026"}, "start"),
        ({"start": "1999"}, "start"),
        ({"start": "0000"}, "start"),
        ({"is_current": "", "end": "05/2021"}, "end"),
        ({"is_current": "", "end": "2027"}, "end"),
        ({"is_current": "", "end": ""}, "end"),
        ({"is_current": "on", "end": "2022"}, "end"),
        ({"description": "a" * 1001}, "description"),
        ({"description": "пайка"}, "description"),
        ({"title": "a" * 101}, "title"),
        ({"title": {"$ne": ""}}, "title"),
    ],
)
def test_each_rule_refuses_at_its_field_and_keeps_nothing(session, ahmad, profile, typed, field):
    assert refusal(session, ahmad, **typed) == [field]


def test_several_wrong_fields_are_told_at_once(session, ahmad, profile):
    assert refusal(session, ahmad, title="", kind="x", start="besok") == ["title", "kind", "start"]


@pytest.mark.parametrize(("start", "end"), [("2019", "2019"), ("06/2019", "06/2019")])
def test_the_same_year_or_month_may_be_start_and_end(session, ahmad, profile, start, end):
    assert save(session, ahmad, start=start, end=end, is_current="").end


def test_a_certificate_may_end_later_but_not_be_issued_later(session, ahmad, profile):
    assert refusal(session, ahmad, "certificates", start="05/2026") == ["start"]
    assert save(session, ahmad, "certificates", end="12/2030").end == "2030-12"


def test_html_in_every_field_is_kept_and_shown_literally(session, ahmad, profile):
    typed = {"title": HTML, "organisation": HTML, "location": HTML, "description": HTML}
    saved = save(session, ahmad, **typed)
    assert [getattr(saved, name) for name in typed] == [HTML] * 4
    assert HTML in str(sections.sections_of(session, ahmad.id)).replace("\\'", "'")


def test_an_entry_is_changed_and_fields_of_others_are_ignored(session, ahmad, profile):
    saved = save(session, ahmad)
    save(session, ahmad, known=saved.public_id, title="Kepala Tim", score="100", person_id=99)
    assert (saved.title, saved.score, saved.person_id) == ("Kepala Tim", "", ahmad.id)
    assert len(entries.entries_of(session, ahmad.id)) == 1


def test_an_entry_stays_in_its_section(session, ahmad, profile):
    saved = save(session, ahmad)
    with pytest.raises(NoSuchSection):
        save(session, ahmad, "training", known=saved.public_id)


def test_the_same_entry_twice_is_refused(session, ahmad, profile):
    save(session, ahmad)
    with pytest.raises(profile_entries.DuplicateEntry):
        save(session, ahmad, description="lain")
    save(session, ahmad, start="07/2021")
    assert len(entries.entries_of(session, ahmad.id)) == 2


def test_a_section_holds_twenty(session, ahmad, profile):
    for number in range(MAX_ENTRIES):
        save(session, ahmad, title=f"Pekerjaan {number}")
    with pytest.raises(profile_entries.TooManyEntries):
        save(session, ahmad, title="Pekerjaan lain")
    save(session, ahmad, "training")


@pytest.mark.parametrize("section", ["about", "skills", "x", "", "__class__"])
def test_a_section_without_entries_takes_none(session, ahmad, profile, section):
    with pytest.raises(NoSuchSection):
        profile_entries.save_entry(session, ahmad, section, "", JOB)


def test_the_entry_of_somebody_else_does_not_exist(session, ahmad, siti, profile):
    saved = save(session, ahmad)
    acts = [
        lambda: save(session, siti, known=saved.public_id),
        lambda: profile_entries.remove_entry(session, siti, saved.public_id),
        lambda: steps.editor_of(session, siti, saved.public_id, "form"),
        lambda: papers.detach_proof(session, siti, saved.public_id),
    ]
    for act in acts:
        with pytest.raises(NoSuchEntry):
            act()
    assert saved.title == JOB["title"]
    assert steps.editor_of(session, ahmad, saved.public_id, "form").typed["start"] == "06/2021"


def test_without_the_look_at_the_owner_it_would(session, ahmad, siti, profile, monkeypatch):
    saved = save(session, ahmad)

    def anybody(session, public_id, by, *, is_change):
        return session.exec(select(Entry).where(Entry.public_id == public_id)).one()

    monkeypatch.setattr(entries, "get_own_entry", anybody)
    assert steps.editor_of(session, siti, saved.public_id, "form").title == JOB["title"]


# -- two periods over each other


@pytest.mark.parametrize(
    ("start", "end", "is_told"),
    [
        ("01/2022", "12/2022", True),
        ("2020", "06/2021", False),
        ("2020", "2021", False),
        ("01/01/2020", "15/08/2021", True),
    ],
)
def test_two_jobs_at_once_are_a_hint_never_a_block(session, ahmad, profile, start, end, is_told):
    save(session, ahmad)
    save(session, ahmad, title="Kasir", start=start, end=end, is_current="")
    warnings = steps.entry_lists(session, ahmad)["experience"].warnings
    assert [("bertumpang tindih" in text) for text in warnings] == ([True] if is_told else [])


def test_trainings_at_once_are_nobodys_business(session, ahmad, profile):
    save(session, ahmad, "training")
    save(session, ahmad, "training", title="Las GTAW")
    assert steps.entry_lists(session, ahmad)["training"].warnings == []


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


# -- removal and proofs


def test_a_removed_entry_takes_its_proof_along(session, ahmad, profile):
    from barut_reflex.documents.rules import Kind
    from barut_reflex.documents.service import attachments

    one, other = save(session, ahmad), save(session, ahmad, title="Kasir")
    for entry in (one, other):
        make_document(session, owner=ahmad, kind=Kind.PROOF, proves=entry.public_id)
    profile_entries.remove_entry(session, ahmad, one.public_id)
    session.flush()
    assert list(attachments.current_proofs(session, ahmad.id)) == [other.public_id]
    assert entries.entries_of(session, ahmad.id) == [other]


def test_a_proof_is_no_paper_of_the_application(session, ahmad, profile):
    from barut_reflex.applications.rules import NoSuchKind, kind_named
    from barut_reflex.documents.rules import Kind
    from barut_reflex.documents.service import attachments

    make_document(session, owner=ahmad, kind=Kind.PROOF, proves=save(session, ahmad).public_id)
    assert attachments.current_papers(session, ahmad.id) == {}
    with pytest.raises(NoSuchKind):
        kind_named("proof")


def test_after_the_first_saving_the_proof_is_offered(session, ahmad, profile):
    saved = save(session, ahmad)
    assert steps.editor_after_save(session, ahmad, saved.public_id, is_new=True).mode == "proof"
    assert steps.editor_after_save(session, ahmad, saved.public_id, is_new=False).mode == ""
    tongue = save(session, ahmad, "languages")
    assert steps.editor_after_save(session, ahmad, tongue.public_id, is_new=True).mode == ""


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


def test_every_required_field_is_one_of_its_section():
    for section, rule in RULES.items():
        names = [field.name for field in rule.fields]
        assert len(names) == len(set(names)), section


def test_what_an_old_page_does_not_change_stands_as_it_is(session, ahmad, profile):
    job = save(session, ahmad)
    before = steps.typed_entry(job)
    profile_entries.save_entry(session, ahmad, "experience", job.public_id, {"title": "Kepala"})
    assert steps.typed_entry(job) == before | {"title": "Kepala"}


def test_an_open_form_is_read_again_and_closed_when_its_entry_is_gone(session, ahmad, profile):
    job = save(session, ahmad)
    assert steps.reload_editor(session, ahmad, job.public_id, "form").typed["kind"]
    profile_entries.remove_entry(session, ahmad, job.public_id)
    assert steps.reload_editor(session, ahmad, job.public_id, "form").mode == ""
