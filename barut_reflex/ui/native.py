"""Elements Reflex lacks: a form the browser sends, a link the browser's router follows."""

import reflex as rx
from reflex import Var
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.el.elements.inline import A
from reflex_components_core.react_router.dom import ReactRouterLink

from ..core import routes


class NativeForm(BaseHTML):
    """A form the browser itself sends; rx.el.form always calls preventDefault."""

    tag = "form"  # noqa: V107  Reflex reads it
    action: Var[str]
    method: Var[str]


native_form = NativeForm.create
# `rx.el.a` is the router's link; this one the browser follows: files, plain routes, #places.
anchor = A.create


def event_form(*children, **props):
    """A form a state handler takes. Sent before the page is alive, it must never travel as GET:
    its words would stand in the address. assets/ui.js holds it back until then."""
    return rx.el.form(*children, method="post", **props)


def record_form(*children, **props):
    """An `event_form` about what the office keeps: the handler gets the fields changed in this tab.

    Its service takes the others as they stand, so an old page brings no old value back
    (docs/decisions/0014).
    """
    return event_form(*children, custom_attrs={"data-record": ""}, **props)


def stored(value: Var) -> dict[str, Var]:
    """Marks of a field that begins with `value` of a State: it follows that value until somebody
    types into it, then keeps what was typed (assets/ui.js). React alone reads a default once."""
    is_tick = value._var_type is bool
    return {"data-stored": rx.cond(value, "on", "") if is_tick else value}


def link(*children, href: str | Var[str], **props):
    """An anchor that changes the page without loading it anew; only for pages, not for files.

    A plain page is loaded anew: Reflex knows no page at its address.
    """
    if isinstance(href, str) and href in routes.PLAIN:
        return anchor(*children, href=_as_served(href), **props)
    return ReactRouterLink.create(*children, to=_as_served(href), **props)


def _as_served(href: str | Var[str]) -> str | Var[str]:
    """Pages are served under a closing slash; without it a fresh load would be sent on."""
    if isinstance(href, Var) or "?" in href or "#" in href or href.endswith("/"):
        return href
    return f"{href}/"
