"""A section as a list: the answer "I have none", the entries, and what can be done with each."""

from typing import Any

import reflex as rx

from ...core import routes
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import confirm_dialog, opens, secondary_button
from ...ui.icons import icon
from ...ui.native import anchor
from ..rules.sections import ANSWERED, RULES, Section

_RADIO = (
    "flex min-h-12 items-center gap-3 rounded-xl px-4 py-2.5 ring-1 ring-inset ring-(--edge) "
    "cursor-pointer has-checked:bg-(--brand-soft) has-checked:ring-2 has-checked:ring-(--brand)"
)


def choices(name: str, legend: str, none: str, some: str, answer: Any, on_answer: Any):
    """Two answers, one of them chosen or none yet; `on_answer` gets "none" or "some".

    What was pressed shows at once; assets/ui.js goes back to `answer` when the office refused it.
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
                    on_change=on_answer(value),
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


def answer_field(section: Section, listed: Any, state: Any) -> rx.Component:
    """ "Saya tidak memiliki riwayat …", or that I have some."""
    rule = RULES[section]
    return choices(
        f"answer-{section}",
        rule.title,
        rule.none,
        rule.some,
        listed.answer,
        lambda value: lambda _: state.answer(section.value, value),
    )


def entry_rows(section: Section, listed: Any, state: Any) -> rx.Component:
    """The entries so far, what may be a slip in them, and the button for one more."""
    rule = RULES[section]
    add = secondary_button(rule.add, icon="plus", on_click=state.add(section.value))
    rows = rx.el.ul(
        rx.foreach(listed.rows, lambda row: _row(rule.proof, row, state)),
        class_name="flex flex-col gap-3",
    )
    asked = listed.answer == "some" if section in ANSWERED else True
    return rx.cond(
        asked,
        rx.el.div(
            rx.cond(listed.rows.length() > 0, rows),
            rx.foreach(listed.warnings, lambda text: notice(text, tone="warning")),
            rx.el.div(add),
            class_name=theme.STACK,
        ),
    )


def _row(proof: str, row: Any, state: Any) -> rx.Component:
    name = row.title.to(str)
    return rx.el.li(
        rx.el.p(name, class_name=f"{theme.HEADING} wrap-break-word"),
        rx.el.p(row.subtitle, class_name="wrap-break-word empty:hidden"),
        rx.el.p(row.period, class_name=f"{theme.SMALL} empty:hidden"),
        rx.foreach(
            row.lines, lambda line: rx.el.p(line, class_name=f"{theme.MUTED} wrap-break-word")
        ),
        rx.cond(row.proof.public_id != "", _stored(row)),
        rx.el.div(
            _act("Ubah", name, "pencil", on_click=state.open(row.public_id, "form")),
            _act("Bukti", name, "file", on_click=state.open(row.public_id, "proof"))
            if proof
            else rx.fragment(),
            _act("Hapus", name, "trash", **opens("remove-" + row.public_id.to(str))),
            class_name="flex flex-wrap items-center -mx-3",
        ),
        confirm_dialog(
            "remove-" + row.public_id.to(str),
            title="Hapus isian ini?",
            body=name,
            confirm_label="Ya, Hapus",
            on_confirm=state.remove(row.public_id),
            danger=True,
        ),
        class_name="flex flex-col gap-0.5 rounded-xl bg-(--tint) px-4 pt-3 pb-1",
    )


def _stored(row: Any) -> rx.Component:
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


def _act(label: str, about: Any, mark: str, **props) -> rx.Component:
    return rx.el.button(
        icon(mark),
        label,
        rx.el.span(" ", about, class_name="sr-only"),
        **{"type": "button", "class_name": theme.QUIET, **props},
    )
