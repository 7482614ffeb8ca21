"""Manifest of the feature `site`: routes of the public pages (landing, terms, privacy, help)."""

from ..core.desks import Desk, Web


def web() -> Web:
    from .web.routes import ROUTES

    return Web(routes=ROUTES)


DESK = Desk(web=web)
