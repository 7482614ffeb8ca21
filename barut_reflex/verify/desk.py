"""What anybody sees who checks a code: check page, shared link, page without a signal."""

from ..core.desks import Desk, Web
from ..seal.rules import KINDS_WITH_CHECK_PAGE


def web() -> Web:
    from .web import looks, routes, verifier

    return Web(
        routes=[*looks.ROUTES, *routes.ROUTES, *verifier.ROUTES],
        code_pages=dict.fromkeys(KINDS_WITH_CHECK_PAGE, looks.show_card),
    )


DESK = Desk(web=web)
