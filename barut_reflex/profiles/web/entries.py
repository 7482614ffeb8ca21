"""State shared by the screens of steps 3 to 7: a profile's entries by section, and the open one.

`entry_list` draws it.
"""

import reflex as rx

from ...core.lanes import UPLOADS
from ...gate.access import access
from ...gate.cookies import sign_in_of
from ...gate.doors import act, look, say, slow
from ...people.rules import Role
from ..queries import steps
from ..queries.steps import Editor, EntryList
from ..service import entries, papers
from .frame import ProgressState


class EntriesState(rx.State):
    """The entries of all sections; they are few, so every step loads them all."""

    lists: dict[str, EntryList] = {}
    editor: Editor = Editor()
    is_loaded: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        """Load the lists; runs also when the browser reconnects, so an open form stays open."""
        self.lists = await look(self, steps.entry_lists)
        if known := self.editor.public_id:
            self.editor = await look(self, steps.reload_editor, known, self.editor.mode)
        self.is_loaded = True
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    def begin(self):
        """Close whatever another step left open; runs as a step's page opens."""
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
        self.editor = await look(self, steps.editor_after_save, saved.public_id, is_new=not known)
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
        checked = await slow(
            self, UPLOADS, papers.rebuild_proof, entry, tickets, sign_in=sign_in_of(self)
        )
        await act(self, papers.attach_proof, entry, checked)
        self.editor = await look(self, steps.editor_of, entry, "proof")
        await say(self, "Bukti tersimpan.")

    @rx.event
    @access(Role.JOB_SEEKER)
    async def remove_proof(self):
        await act(self, papers.detach_proof, self.editor.public_id)
        self.editor = await look(self, steps.editor_of, self.editor.public_id, "proof")
        await say(self, "Bukti dihapus.")
