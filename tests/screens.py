"""Gives the state of a page as a tab holds it, without a browser."""

from typing import TypeVar

import reflex as rx

Screen = TypeVar("Screen", bound=rx.State)


def screen_of(kind: type[Screen], root: rx.State | None = None) -> Screen:
    """The state `kind` of a new tab, or of the tab whose `root` is given."""
    found = (root or new_root()).get_substate(kind._get_substate_path())
    assert isinstance(found, kind)
    return found


def new_root() -> rx.State:
    """All states of a new tab."""
    return rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
