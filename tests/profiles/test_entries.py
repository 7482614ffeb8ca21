"""Entries of a profile: saved, refused at their field, visible to their owner only."""

import pytest
from sqlmodel import select

from barut_reflex.core.models import AuditEntry
from barut_reflex.profiles.models import Entry
from barut_reflex.profiles.queries import entries, sections, steps
from barut_reflex.profiles.queries.entries import NoSuchEntry
from barut_reflex.profiles.rules.sections import MAX_ENTRIES, RULES, Section
from barut_reflex.profiles.service import entries as profile_entries
from barut_reflex.profiles.service import papers
from barut_reflex.profiles.service.entries import NoSuchSection
from probes.form_values import ENTRIES

from .entry_forms import JOB, refusal, save

pytestmark = pytest.mark.usefixtures("on_20_april")
HTML = "<b>{x}</b> & <script>alert(1)</script> \"'; DROP TABLE entry --"


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


def test_several_wrong_fields_are_refused_at_once(session, ahmad, profile):
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


def test_without_the_check_of_the_owner_it_would(session, ahmad, siti, profile, monkeypatch):
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
