"""Frame of the seven profile steps: number, percent done, links to steps, back and next buttons."""

import reflex as rx

from ...core import routes
from ...gate.access import access
from ...gate.doors import look
from ...gate.shell import seeker_page
from ...people.rules import Role
from ...ui import theme
from ...ui.forms import link_button
from ...ui.icons import icon
from ...ui.native import link
from ...ui.types import Child, Condition
from ..queries import steps
from ..queries.completeness import STEPS, Completeness, address_of

_DISC = "flex size-7 shrink-0 items-center justify-center rounded-full text-sm font-bold"
_STEP = (
    "press flex min-h-11 items-start justify-center rounded-lg border-t-4 px-0.5 pt-2 pb-1 "
    "text-center text-xs font-medium leading-tight hover:bg-(--tint)"
)


class ProgressState(rx.State):
    """How complete the profile is, for the progress bar and the overview."""

    done: Completeness = Completeness()
    is_loaded: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        self.done = await look(self, steps.my_completeness)
        self.is_loaded = True


def step_frame(number: int, is_loaded: Condition, *children: Child, lead: str = "") -> rx.Component:
    """The page of one step; `children` are drawn once the step's own state is loaded."""
    waiting = rx.el.p("Memuat data …", role="status", class_name=theme.MUTED)
    content = rx.el.div(*children, class_name=theme.STACK)
    return seeker_page(
        STEPS[number - 1], step_bar(number), rx.cond(is_loaded, content, waiting), lead=lead
    )


def step_bar(current: int) -> rx.Component:
    """The line "Langkah 2 dari 7", the percent, and a link to each step."""
    done = ProgressState.done
    return rx.el.nav(
        rx.el.div(
            rx.el.p(f"Langkah {current} dari {len(STEPS)}", class_name=theme.HEADING),
            rx.el.p(f"Profil {done.percent}% lengkap", class_name=theme.SMALL),
            class_name="flex flex-wrap items-baseline justify-between gap-x-4",
        ),
        rx.el.ol(
            *[_step(number, label, current) for number, label in enumerate(STEPS, 1)],
            class_name="grid grid-cols-7 gap-1 sm:gap-2",
        ),
        aria_label="Langkah profil",
        class_name="flex flex-col gap-2",
    )


def step_links(number: int, *, last: rx.Component | None = None) -> rx.Component:
    """Buttons to the step before and to the next; `last` replaces the one to the next."""
    before = address_of(number - 1) if number > 1 else routes.PROFILE
    back = link_button("Sebelumnya", before, kind="secondary", icon="previous")
    ahead = last or link_button("Selanjutnya", address_of(number + 1))
    return rx.el.div(back, ahead, class_name=f"{theme.ACTIONS} sm:justify-between")


def _step(number: int, label: str, current: int) -> rx.Component:
    is_done = ProgressState.done.done[number - 1]
    here = {"aria_current": "step"} if number == current else {}
    tone = rx.cond(is_done, "bg-(--brand) text-(--on-brand)", "bg-(--tint) text-(--ink)")
    line = "border-(--brand)" if number == current else "border-(--line)"
    words = "text-(--ink) font-bold" if number == current else "text-(--muted)"
    return rx.el.li(
        link(
            rx.el.span(
                rx.cond(is_done, icon("check", "size-4"), rx.el.span(str(number))),
                class_name=[_DISC, tone],
            ),
            rx.el.span(label, class_name=f"max-sm:sr-only {words}"),
            rx.cond(is_done, rx.el.span(" (selesai)", class_name="sr-only")),
            href=address_of(number),
            class_name=f"{_STEP} {line} flex-col items-center gap-1",
            **here,
        ),
    )
