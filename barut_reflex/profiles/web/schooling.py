"""Screen `/profil/3`: a job seeker types the last education (also the AK1's) and other schools."""

import reflex as rx

from ...gate.access import access
from ...gate.autosave import AutosavedField, autosave, autosaved_choice, autosaved_field, saved_line
from ...gate.doors import act, look, say
from ...people.rules import Role
from ...ui import theme
from ...ui.forms import link_button, primary_button, text_field
from ...ui.native import record_form
from ...ui.tables import section
from ..queries import steps
from ..queries.completeness import address_of
from ..queries.steps import SchoolScreen
from ..rules.biodata import SCHOOL
from ..rules.facts import EDUCATION, Education
from ..rules.sections import RULES, Section
from ..service import entries, facts
from .entries import EntriesState
from .entry_list import entries_section, is_open, none_or_some_field
from .frame import ProgressState, step_frame

FORM = "school-form"
SCHOOL_LABELS = EDUCATION | SCHOOL
FINISHED_LEVELS = [str(level) for level in Education if level is not Education.NONE]


class SchoolState(rx.State):
    """The fields of the last education, and the line that says when they were saved."""

    screen: SchoolScreen = SchoolScreen()
    saved: str = ""
    is_loaded: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        self.screen = await look(self, steps.school_screen)
        self.saved, self.is_loaded = "", True
        return EntriesState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def answer(self, value: str):
        await act(self, entries.answer_school, is_none=value == "none")
        self.screen = await look(self, steps.school_screen)
        if value == "some":
            self.screen.answer = value
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def leave(self, name: str, value: str):
        self.saved = await autosave(self, facts.save_school, {name: value})
        self.screen = await look(self, steps.school_screen)
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def save(self, form: dict[str, str]):
        await act(self, facts.save_school, form)
        self.screen = await look(self, steps.school_screen)
        await say(self, "Pendidikan tersimpan.", stays=True)
        return rx.redirect(address_of(4))


def schooling_page() -> rx.Component:
    """Step 3 of the profile."""
    rule = RULES[Section.EDUCATION]
    has_school = SchoolState.screen.answer == "some"
    return step_frame(
        3,
        SchoolState.is_loaded & EntriesState.is_loaded,
        section(
            "Pendidikan terakhir",
            none_or_some_field(
                "answer-education",
                rule.title,
                rule.none,
                rule.some,
                SchoolState.screen.answer,
                SchoolState.answer,
            ),
            rx.cond(has_school, _form()),
        ),
        rx.cond(
            has_school,
            entries_section(
                Section.EDUCATION,
                "Pendidikan lainnya",
                "Sekolah sebelum atau di samping pendidikan terakhir (opsional).",
            ),
        ),
        rx.cond(is_open(), rx.fragment(), _onward(has_school)),
        lead="Pendidikan terakhir sama dengan yang Anda tulis untuk kartu AK1.",
    )


def _form() -> rx.Component:
    screen = SchoolState.screen
    return record_form(
        autosaved_choice(SCHOOL_LABELS["education"], _props_of("education"), FINISHED_LEVELS),
        text_field(SCHOOL_LABELS["school"], hint="Sesuai ijazah", **_props_of("school")),
        rx.cond(screen.has_major, text_field(SCHOOL_LABELS["major"], **_props_of("major"))),
        rx.el.div(
            rx.cond(
                screen.has_year,
                text_field(
                    SCHOOL_LABELS["graduation_year"],
                    hint="Empat angka, misalnya 2023",
                    input_mode="numeric",
                    max_length=4,
                    **_props_of("graduation_year"),
                ),
            ),
            text_field(
                SCHOOL_LABELS["grade"], hint="Misalnya 3,40 (opsional)", **_props_of("grade")
            ),
            class_name=theme.TWO_COLUMNS,
        ),
        saved_line(SchoolState.saved),
        on_submit=SchoolState.save,
        id=FORM,
        no_validate=True,
        class_name=theme.STACK,
    )


def _onward(has_school: bool) -> rx.Component:
    return rx.el.div(
        link_button("Sebelumnya", address_of(2), kind="secondary", icon="previous"),
        rx.cond(
            has_school,
            primary_button("Selanjutnya", type="submit", form=FORM),
            link_button("Selanjutnya", address_of(4)),
        ),
        class_name=f"{theme.ACTIONS} sm:justify-between",
    )


def _props_of(name: str) -> AutosavedField:
    return autosaved_field(name, SchoolState.screen.form[name], SchoolState.leave(name))
