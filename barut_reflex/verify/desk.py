"""Manifest of the feature `verify`: routes of the check page, shared profile and `/periksa`.

Also the handlers of scanned codes by kind.
"""

from ..core.desks import Desk, Web
from ..seal.rules import KINDS_WITH_CHECK_PAGE


def web() -> Web:
    from .web import check_routes, routes, verifier

    return Web(
        routes=[*check_routes.ROUTES, *routes.ROUTES, *verifier.ROUTES],
        code_pages=dict.fromkeys(KINDS_WITH_CHECK_PAGE, check_routes.show_card),
    )


DESK = Desk(web=web)
