"""Manifest of the site desk: public pages (landing, terms, privacy, help)."""

from ..core.desks import Desk, Web


def web() -> Web:
    from .web.routes import ROUTES

    return Web(routes=ROUTES)


DESK = Desk(web=web)
