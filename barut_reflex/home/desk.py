"""Manifest of the feature `home`: first pages of job seekers and staff, and a staff menu entry."""

from ..core import routes
from ..core.desks import Desk, MenuEntry, Screen, Web
from ..people.rules import STAFF


def web() -> Web:
    from .web import desk, seeker

    return Web(
        screens=[
            Screen(
                page=seeker.home_page,
                route=routes.SEEKER_HOME,
                title="Beranda",
                on_load=(seeker.HomeState.watch,),
            ),
            Screen(page=desk.desk_page, route=routes.DESK, title="Beranda Petugas"),
        ]
    )


DESK = Desk(
    web=web,
    menu=[MenuEntry(name="Beranda", route=routes.DESK, icon="home", roles=STAFF, position=10)],
)
