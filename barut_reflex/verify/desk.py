"""What anybody sees who checks a code: check page, shared link, page without a signal."""

from ..core.desks import Desk, Web


def web() -> Web:
    from .web import looks, routes, verifier

    return Web(
        routes=[*looks.ROUTES, *routes.ROUTES, *verifier.ROUTES],
    )


DESK = Desk(web=web)
