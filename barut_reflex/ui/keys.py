"""Keyboard shortcuts of a page: one table that its help shows and its script reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from . import theme


@dataclass(frozen=True, kw_only=True)
class Shortcut:
    """A row of the table. Single keys only, without Ctrl, Alt or Meta: those are the browser's."""

    shown: str  # the keys, as the help names them
    says: str  # what they do
    acts: Mapping[str, str]  # each key, as `KeyboardEvent.key` names it, to the act of the script


def shortcuts(*rows: Shortcut) -> rx.Component:
    """The help of a page, with the table for its script as JSON in `data-keys`.

    Single keys can be switched off (WCAG 2.1.4) and rest while somebody types (`assets/desk.js`).
    """
    acts = {key: act for row in rows for key, act in row.acts.items()}
    return rx.el.details(
        rx.el.summary("Tombol pintas", class_name=theme.QUIET),
        rx.el.div(
            rx.el.input(
                type="checkbox", id="desk-keys", default_checked=True, class_name=theme.CHECKBOX
            ),
            rx.el.label("Pakai tombol pintas di halaman ini", html_for="desk-keys"),
            class_name="flex items-start gap-3 min-h-11 py-2",
        ),
        rx.el.dl(*[_row(row) for row in rows], class_name=theme.TIGHT),
        custom_attrs={"data-keys": json.dumps(acts)},
    )


def _row(row: Shortcut) -> rx.Component:
    return rx.el.div(
        rx.el.dt(row.shown, class_name="w-24 shrink-0 font-semibold"),
        rx.el.dd(row.says, class_name=theme.MUTED),
        class_name="flex gap-3",
    )
