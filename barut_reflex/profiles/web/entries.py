"""Entries of a profile: "I have none" or a list, one form to add and change, one field to prove."""

from typing import Any, cast

import reflex as rx

from ...core.figures import size_text
from ...core.lanes import CHECKS
from ...core.settings import settings
from ...documents.rules import Kind
from ...gate.access import access
from ...gate.doors import act, error_of, look, say, slow
from ...people.rules import Role
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import primary_button, secondary_button
from ...ui.native import record_form
from ...ui.tables import section as page_section
from ...ui.upload import upload_field
from ..queries import steps
from ..queries.steps import Editor, EntryList
from ..rules.sections import ANSWERED, RULES, Section
from ..service import entries, papers
from .entry_form import entry_fields
from .entry_list import answer_field, entry_rows
from .frame import ProgressState


class EntriesState(rx.State):
    """All sections at once: they are few, and the same on every step."""

    lists: dict[str, EntryList] = {}
    editor: Editor = Editor()
    is_loaded: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        """On opening, and on each new connection: a form that is open stays open."""
        self.lists = await look(self, steps.entry_lists)
        if known := self.editor.public_id:
            self.editor = await look(self, steps.editor_again, known, self.editor.mode)
        self.is_loaded = True
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    def begin(self):
        """A page that opens shows its lists."""
        self.editor = Editor()

    @rx.event
    @access(Role.JOB_SEEKER)
    async def answer(self, section: str, value: str):
        await act(self, entries.answer, section, is_none=value == "none")
        self.lists = await look(self, steps.entry_lists)
        self.editor = Editor() if value == "none" else Editor(section, "form")
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    def add(self, section: str):
        self.editor = Editor(section, "form")

    @rx.event
    @access(Role.JOB_SEEKER)
    async def open(self, public_id: str, mode: str):
        self.editor = await look(self, steps.editor_of, public_id, mode)

    @rx.event
    @access(Role.JOB_SEEKER)
    async def close(self):
        self.lists = await look(self, steps.entry_lists)
        self.editor = Editor()

    @rx.event
    @access(Role.JOB_SEEKER)
    async def save(self, form: dict[str, str]):
        known = self.editor.public_id
        saved = await act(self, entries.save_entry, self.editor.section, known, form)
        self.lists = await look(self, steps.entry_lists)
        self.editor = await look(self, steps.editor_after, saved.public_id, is_new=not known)
        await say(self, "Tersimpan.")
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def remove(self, public_id: str):
        await act(self, entries.remove_entry, public_id)
        self.lists = await look(self, steps.entry_lists)
        await say(self, "Dihapus.")
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def receive(self, form: dict[str, str]):
        entry, tickets = self.editor.public_id, form.get("tickets", "").split()
        checked = await slow(self, papers.rebuild_proof, entry, tickets, lane=CHECKS)
        await act(self, papers.attach_proof, entry, checked)
        self.editor = await look(self, steps.editor_of, entry, "proof")
        await say(self, "Bukti tersimpan.")

    @rx.event
    @access(Role.JOB_SEEKER)
    async def remove_proof(self):
        await act(self, papers.detach_proof, self.editor.public_id)
        self.editor = await look(self, steps.editor_of, self.editor.public_id, "proof")
        await say(self, "Bukti dihapus.")


def entries_section(section: Section, title: str = "", told: str = "") -> rx.Component:
    """One section with its answer, its list, and whatever of it is open."""
    editor = cast(Any, EntriesState.editor)
    listed = rx.el.div(
        *([answer_field(section, _list(section), EntriesState)] if section in ANSWERED else []),
        entry_rows(section, _list(section), EntriesState),
        class_name=theme.STACK,
    )
    lead = [rx.el.p(told, class_name=theme.MUTED)] if told else []
    return page_section(
        title or RULES[section].title,
        *lead,
        rx.cond(
            editor.section == section.value,
            rx.cond(editor.mode == "proof", _proof(section), _form(section)),
            listed,
        ),
        on_mount=EntriesState.begin,
    )


def is_open() -> rx.Var[bool]:
    """Whether an entry is open, so that the way onward waits until it is saved or left."""
    return cast(rx.Var[bool], cast(Any, EntriesState.editor).mode != "")


def _list(section: Section) -> Any:
    return cast(Any, EntriesState.lists)[section.value]


def _form(section: Section) -> rx.Component:
    editor = cast(Any, EntriesState.editor)
    is_new = editor.public_id == ""
    return record_form(
        rx.el.h3(
            rx.cond(is_new, RULES[section].add, rx.el.span("Ubah ", editor.title)),
            class_name=theme.HEADING,
        ),
        *entry_fields(section, editor.typed),
        rx.el.div(
            secondary_button("Batal", on_click=EntriesState.close),
            primary_button("Simpan"),
            class_name=theme.ACTIONS,
        ),
        on_submit=EntriesState.save,
        no_validate=True,
        class_name=theme.STACK,
    )


def _proof(section: Section) -> rx.Component:
    editor = cast(Any, EntriesState.editor)
    return rx.el.div(
        rx.el.h3(f"Bukti untuk {editor.title}", class_name=theme.HEADING),
        upload_field(
            RULES[section].proof,
            name=Kind.PROOF.value,
            current=editor.proof,
            on_arrival=EntriesState.receive,
            on_remove=EntriesState.remove_proof,
            error=error_of(Kind.PROOF.value),
            hint=f"JPG, PNG, atau PDF, paling besar {size_text(settings.paper_limit)} (opsional)",
            multiple=True,
        ),
        notice("Bukti hanya dapat dibuka oleh Anda dan petugas kantor."),
        rx.el.div(primary_button("Selesai", type="button", on_click=EntriesState.close)),
        class_name=theme.STACK,
    )
