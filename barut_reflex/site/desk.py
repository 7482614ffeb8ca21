"""The pages for everybody: landing, terms, privacy, help."""

from ..core import routes
from ..core.desks import Desk, Screen, Web


def web() -> Web:
    from .web import help, legal, welcome

    return Web(
        screens=[
            Screen(
                page=welcome.welcome_page,
                route=routes.WELCOME,
                title="Barut Kerja — Kartu AK1 online",
            ),
            Screen(page=legal.terms_page, route=routes.TERMS, title="Syarat dan Ketentuan"),
            Screen(page=legal.privacy_page, route=routes.PRIVACY, title="Pemberitahuan Privasi"),
            Screen(page=help.help_page, route=routes.HELP, title="Bantuan"),
        ]
    )


DESK = Desk(web=web)
