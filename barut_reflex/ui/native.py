"""Links and forms that Reflex lacks: plain HTML forms, forms for handlers, links within the app."""

import reflex as rx
from reflex import Var
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.el.elements.inline import A
from reflex_components_core.react_router.dom import ReactRouterLink

from ..core import routes


class NativeForm(BaseHTML):
    """A plain HTML form sent by the browser itself; rx.el.form always calls preventDefault."""

    tag = "form"  # noqa: V107  Reflex reads it
    action: Var[str]
    method: Var[str]


native_form = NativeForm.create
# A plain link for files, plain routes and fragments; `rx.el.a` is a link of React's router.
anchor = A.create


# Inline in the head of each page: keeps a form submitted and a search typed before assets/ui.js has
# run, which then repeats both. Otherwise the browser would post the form to the page and lose what
# was typed, and no handler would get the search. Backticks and no comparison signs, since React
# escapes quotes and signs in the text of a script.
EARLY_EVENTS = """
window.earlySubmits = [];
window.earlyInputs = [];
document.addEventListener(`submit`, function (event) {
  if (window.earlySubmits === null) return;
  if (event.target.getAttribute(`action`)) return;
  event.preventDefault();
  window.earlySubmits.push([event.target, event.submitter]);
}, true);
document.addEventListener(`input`, function (event) {
  if (window.earlyInputs) window.earlyInputs.push(event.target);
}, true);
"""


def event_form(*children, **props):
    """A form that a State handler receives.

    Sent before the page is hydrated, a form without `method` would go out as GET, with its values
    in the address. assets/ui.js delays it until the page is hydrated.
    """
    return rx.el.form(*children, method="post", **props)


def record_form(*children, **props):
    """An `event_form` for a stored record: the handler gets only the fields changed in this tab.

    The service leaves the other fields as they are stored, so an outdated page does not write old
    values back (docs/decisions/0014).
    """
    return event_form(*children, custom_attrs={"data-record": ""}, **props)


def stored(value: Var) -> dict[str, Var]:
    """Attributes of a field whose default is the State var `value`.

    The field follows the var until somebody types into it (assets/ui.js); React alone would read
    the default only once.
    """
    is_tick = value._var_type is bool
    return {"data-stored": rx.cond(value, "on", "") if is_tick else value}


def link(*children, href: str | Var[str], **props):
    """A link to another page of the app without a full load; not for files.

    Plain pages get a full load, as React's router does not know them.
    """
    if isinstance(href, str) and href in routes.PLAIN:
        return anchor(*children, href=_as_served(href), **props)
    return ReactRouterLink.create(*children, to=_as_served(href), **props)


def _as_served(href: str | Var[str]) -> str | Var[str]:
    """Address with a closing slash, under which pages are served; saves a redirect."""
    if isinstance(href, Var) or "?" in href or "#" in href or href.endswith("/"):
        return href
    return f"{href}/"
