"""The office itself: is it well, and, in the demo, what it would have mailed."""

from ..core.desks import Desk, Web


def web() -> Web:
    from .web import demo_mail, health

    return Web(routes=[*demo_mail.ROUTES, *health.ROUTES])


DESK = Desk(web=web)
