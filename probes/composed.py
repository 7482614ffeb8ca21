"""The composed app with its pages evaluated, and what Reflex has registered for it.

Reflex has no public way to ask for either, so this is the one module that reads its private names.
"""

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from reflex_base.registry import RegistrationContext


@cache
def app() -> Any:
    """The composed app, its pages evaluated, so that every handler exists."""
    from barut_reflex.barut_reflex import app as composed

    unevaluated: Any = composed
    with registered(unevaluated):
        for route in list(unevaluated._unevaluated_pages):
            unevaluated._compile_page(route, save_page=False)
    return unevaluated


def registered(app: Any) -> AbstractContextManager[RegistrationContext]:
    """The handlers and States of this app are those `RegistrationContext.get()` gives."""
    return app._registration_context
