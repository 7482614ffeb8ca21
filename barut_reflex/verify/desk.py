"""What anybody sees who checks a code: check page, shared link, page without a signal."""

from ..core.desks import WHILE_ACCOUNT, Desk, Web


def web() -> Web:
    from .web import looks, open_routes, verifier

    return Web(routes=[*looks.ROUTES, *open_routes.ROUTES, *verifier.ROUTES])


DESK = Desk(web=web, keeps={"pagestamp": WHILE_ACCOUNT})
