"""Screen `/profil/7`: a job seeker lists skills, languages and achievements (the last step)."""

import reflex as rx

from ...core import routes
from ...gate.access import access
from ...gate.doors import act, error_of, look, say
from ...people.rules import Role
from ...ui import theme
from ...ui.forms import SEARCH_DELAY, checkbox_field, primary_button, secondary_button, text_field
from ...ui.icons import icon
from ...ui.native import event_form
from ...ui.tables import section
from ..queries import steps
from ..queries.steps import SkillsScreen
from ..rules.checks import MAX_SKILL_LENGTH, MAX_SKILLS
from ..rules.sections import RULES, Section
from ..service import entries
from .entries import EntriesState
from .entry_list import entries_section, is_open
from .frame import ProgressState, step_frame, step_links

CHIP = (
    "press inline-flex min-h-11 max-w-full items-center gap-2 rounded-full bg-(--brand-soft) px-4 "
    "py-1.5 text-left font-medium text-(--ink) cursor-pointer"
)
SUGGESTED_CHIP = f"{CHIP} bg-(--surface)! ring-1 ring-inset ring-(--edge)"


class SkillsState(rx.State):
    """The skills so far, and suggestions while one is typed."""

    screen: SkillsScreen = SkillsScreen()
    offers: list[str] = []
    added: int = 0  # grows with each skill; being the field's key, it makes the field empty again
    is_loaded: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        self.screen = await look(self, steps.skills_screen)
        self.offers, self.is_loaded = [], True
        return EntriesState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def find(self, text: str):
        self.offers = await look(self, steps.matching_skills_for_me, text)

    @rx.event
    @access(Role.JOB_SEEKER)
    async def add(self, form: dict[str, str]):
        await act(self, entries.add_skill, form.get("skill", ""))
        self.screen = await look(self, steps.skills_screen)
        self.offers, self.added = [], self.added + 1
        return [ProgressState.load, rx.set_focus("skill")]

    @rx.event
    @access(Role.JOB_SEEKER)
    async def pick(self, skill: str):
        await act(self, entries.add_skill, skill)
        self.screen = await look(self, steps.skills_screen)
        self.offers, self.added = [], self.added + 1
        return [ProgressState.load, rx.set_focus("skill")]

    @rx.event
    @access(Role.JOB_SEEKER)
    async def remove(self, skill: str):
        await act(self, entries.remove_skill, skill)
        self.screen = await look(self, steps.skills_screen)
        return [ProgressState.load, rx.set_focus("skill")]

    @rx.event
    @access(Role.JOB_SEEKER)
    async def have_none(self, is_none: bool):
        await act(self, entries.answer, Section.SKILLS.value, is_none=is_none)
        self.screen = await look(self, steps.skills_screen)
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def finish(self):
        gaps = len((await look(self, steps.my_completeness)).missing)
        some = f"Tersimpan. Masih ada {gaps} yang kurang, lihat di bawah."
        await say(self, some if gaps else "Profil Anda lengkap dan tersimpan.", stays=True)
        return rx.redirect(f"{routes.PROFILE}/")


def skills_page() -> rx.Component:
    """Step 7 of the profile."""
    last = primary_button("Simpan dan Kirim", type="button", on_click=SkillsState.finish)
    return step_frame(
        7,
        SkillsState.is_loaded & EntriesState.is_loaded,
        section(RULES[Section.SKILLS].title, *_skills()),
        entries_section(Section.LANGUAGES),
        entries_section(Section.ACHIEVEMENTS),
        rx.cond(is_open(), rx.fragment(), step_links(7, last=last)),
        lead="Keahlian sama dengan Keterampilan pada pengajuan AK1 dan tercetak di kartu.",
    )


def _skills() -> list[rx.Component]:
    screen = SkillsState.screen
    has_some = screen.skills
    chips = rx.el.ul(rx.foreach(screen.skills, _chip), class_name="flex flex-wrap gap-2")
    return [
        rx.cond(has_some, chips),
        rx.cond(screen.has_none, rx.fragment(), _search()),
        rx.cond(
            has_some,
            rx.fragment(),
            checkbox_field(
                RULES[Section.SKILLS].none,
                name=Section.SKILLS.value,
                error=error_of(Section.SKILLS.value),
                default_checked=screen.has_none,
                on_change=SkillsState.have_none,
            ),
        ),
    ]


def _search() -> rx.Component:
    offers = rx.el.ul(
        rx.foreach(SkillsState.offers, _offer),
        aria_label="Keahlian yang cocok",
        class_name="flex flex-wrap gap-2",
    )
    return rx.el.div(
        event_form(
            text_field(
                "Cari Keahlian",
                name="skill",
                error=error_of("skill"),
                hint="Pilih dari daftar, atau tulis sendiri lalu tekan Tambah. Paling banyak "
                f"{MAX_SKILLS}, masing-masing {MAX_SKILL_LENGTH} huruf.",
                auto_complete="off",
                on_change=SkillsState.find.debounce(SEARCH_DELAY),
                key=rx.Var.create(SkillsState.added).to(str),
            ),
            rx.el.div(secondary_button("Tambah", type="submit", icon="plus")),
            on_submit=SkillsState.add,
            no_validate=True,
            class_name=theme.STACK,
        ),
        rx.cond(SkillsState.offers, offers),
        class_name=theme.STACK,
    )


def _chip(skill: rx.Var[str]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span("Hapus ", class_name="sr-only"),
            rx.el.span(skill, class_name="min-w-0 wrap-break-word"),
            icon("cross", "size-4"),
            type="button",
            on_click=SkillsState.remove(skill),
            class_name=CHIP,
        ),
        class_name="max-w-full",
    )


def _offer(skill: rx.Var[str]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            icon("plus", "size-4"),
            skill,
            type="button",
            on_click=SkillsState.pick(skill),
            class_name=SUGGESTED_CHIP,
        )
    )
