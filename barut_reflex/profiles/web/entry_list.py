"""Component: one section of a profile: its answer "I have none", its entries, the open form."""

from collections.abc import Callable

import reflex as rx

from ...core import routes
from ...documents.rules import Kind
from ...gate.doors import error_of
from ...gate.office_info import OFFICE
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import confirm_dialog, opens, primary_button, secondary_button
from ...ui.icons import icon
from ...ui.native import anchor, record_form
from ...ui.tables import section as page_section
from ...ui.types import Handler
from ...ui.upload import upload_field
from ..queries.steps import EntryList, EntryRow
from ..rules.sections import RULES, SECTIONS_WITH_NONE_ANSWER, Section
from .entries import EntriesState
from .entry_form import entry_fields

_RADIO = (
    "flex min-h-12 items-center gap-3 rounded-xl px-4 py-2.5 ring-1 ring-inset ring-(--edge) "
    "cursor-pointer has-checked:bg-(--brand-soft) has-checked:ring-2 has-checked:ring-(--brand)"
)


def entries_section(section: Section, title: str = "", intro: str = "") -> rx.Component:
    """One section: its answer and list of entries, or the form or proof field that is open."""
    editor, rows = EntriesState.editor, EntriesState.lists[section.value]
    listed = rx.el.div(
        *([_answer_field(section, rows)] if section in SECTIONS_WITH_NONE_ANSWER else []),
        _entry_rows(section, rows),
        class_name=theme.STACK,
    )
    lead = [rx.el.p(intro, class_name=theme.MUTED)] if intro else []
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


def is_open() -> bool:
    """Whether an entry is open; then the buttons to the other steps are hidden."""
    return EntriesState.editor.mode != ""


def none_or_some_field(
    name: str, legend: str, none: str, some: str, answer: str, on_answer: Callable[[str], Handler]
) -> rx.Component:
    """Two radio buttons, "none" and "some"; `on_answer` gets the value of the one pressed.

    The press shows at once; assets/ui.js restores `answer` when the server refused it.
    """
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="sr-only"),
        *[
            rx.el.label(
                rx.el.input(
                    type="radio",
                    name=name,
                    value=value,
                    default_checked=answer == value,
                    on_change=_press(on_answer, value),
                    class_name="size-5 shrink-0 accent-(--brand)",
                ),
                text,
                class_name=_RADIO,
            )
            for value, text in (("none", none), ("some", some))
        ],
        custom_attrs={"data-answer": answer},
        class_name="flex flex-col gap-3",
    )


def _form(section: Section) -> rx.Component:
    editor = EntriesState.editor
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
    editor = EntriesState.editor
    return rx.el.div(
        rx.el.h3(f"Bukti untuk {editor.title}", class_name=theme.HEADING),
        upload_field(
            RULES[section].proof,
            name=Kind.PROOF.value,
            current=editor.proof,
            limit=OFFICE.paper_limit,
            on_arrival=EntriesState.receive,
            on_remove=EntriesState.remove_proof,
            error=error_of(Kind.PROOF.value),
            hint=f"JPG, PNG, atau PDF, paling besar {OFFICE.paper_size} (opsional)",
            multiple=True,
        ),
        notice("Bukti hanya dapat dibuka oleh Anda dan petugas kantor."),
        rx.el.div(primary_button("Selesai", type="button", on_click=EntriesState.close)),
        class_name=theme.STACK,
    )


def _press(on_answer: Callable[[str], Handler], value: str) -> Callable[[rx.Var], Handler]:
    return lambda _: on_answer(value)


def _answer_field(section: Section, listed: EntryList) -> rx.Component:
    """The radio buttons "Saya tidak memiliki riwayat …" and "Saya memiliki …" of a section."""
    rule = RULES[section]
    return none_or_some_field(
        f"answer-{section}",
        rule.title,
        rule.none,
        rule.some,
        listed.answer,
        lambda value: EntriesState.answer(section.value, value),
    )


def _entry_rows(section: Section, listed: EntryList) -> rx.Component:
    """The entries, warnings about them, and the button that adds one."""
    rule = RULES[section]
    add = secondary_button(rule.add, icon="plus", on_click=EntriesState.add(section.value))
    rows = rx.el.ul(
        rx.foreach(listed.rows, lambda row: _row(rule.proof, row)),
        class_name="flex flex-col gap-3",
    )
    is_shown = listed.answer == "some" if section in SECTIONS_WITH_NONE_ANSWER else True
    return rx.cond(
        is_shown,
        rx.el.div(
            rx.cond(listed.rows, rows),
            rx.foreach(listed.warnings, lambda text: notice(text, tone="warning")),
            rx.el.div(add),
            class_name=theme.STACK,
        ),
    )


def _row(proof: str, row: EntryRow) -> rx.Component:
    name = row.title
    return rx.el.li(
        rx.el.p(name, class_name=f"{theme.HEADING} wrap-break-word"),
        rx.el.p(row.subtitle, class_name="wrap-break-word empty:hidden"),
        rx.el.p(row.period, class_name=f"{theme.SMALL} empty:hidden"),
        rx.foreach(
            row.lines, lambda line: rx.el.p(line, class_name=f"{theme.MUTED} wrap-break-word")
        ),
        rx.cond(row.proof.public_id != "", _stored(row)),
        rx.el.div(
            _act("Ubah", name, "pencil", on_click=EntriesState.open(row.public_id, "form")),
            _act("Bukti", name, "file", on_click=EntriesState.open(row.public_id, "proof"))
            if proof
            else rx.fragment(),
            _act("Hapus", name, "trash", **opens(f"remove-{row.public_id}")),
            class_name="flex flex-wrap items-center -mx-3",
        ),
        confirm_dialog(
            f"remove-{row.public_id}",
            title="Hapus isian ini?",
            body=name,
            confirm_label="Ya, Hapus",
            on_confirm=EntriesState.remove(row.public_id),
            danger=True,
        ),
        class_name="flex flex-col gap-0.5 rounded-xl bg-(--tint) px-4 pt-3 pb-1",
    )


def _stored(row: EntryRow) -> rx.Component:
    return rx.el.p(
        icon("check", "size-4 text-(--success)"),
        anchor(
            rx.el.span("Lihat bukti ", row.proof.file_name, class_name="break-all"),
            href=f"{routes.PAPER}/{row.proof.public_id}",
            target="_blank",
            rel="noopener",
            class_name=f"{theme.QUIET} whitespace-normal!",
        ),
        class_name="flex items-center",
    )


def _act(label: str, about: str, mark: str, **props) -> rx.Component:
    return rx.el.button(
        icon(mark),
        label,
        rx.el.span(" ", about, class_name="sr-only"),
        **{"type": "button", "class_name": theme.QUIET, **props},
    )
