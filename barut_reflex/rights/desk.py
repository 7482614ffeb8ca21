"""Manifest of the feature `rights`: screen, route and menu entry for the copy of one's own data.

It also declares what is kept in the tables of `core`, which has no manifest.
"""

from ..core import limits, routes, worker
from ..core.desks import WHILE_ACCOUNT, Desk, MenuEntry, Screen, Web
from ..people.rules import Role
from . import own_data


def web() -> Web:
    from .web import mydata
    from .web.routes import ROUTES

    return Web(
        screens=[
            Screen(
                page=mydata.my_data_page,
                route=routes.MY_DATA,
                title="Data Saya",
                on_load=(mydata.MyDataState.load,),
            )
        ],
        routes=ROUTES,
    )


DESK = Desk(
    web=web,
    own_menu=[
        MenuEntry(
            name="Data Saya",
            route=routes.MY_DATA,
            icon="download",
            roles=frozenset({Role.JOB_SEEKER}),
            position=50,
        )
    ],
    own_data={"surat": own_data.emails, "jejak": own_data.trail},
    retention={
        "statusmove": WHILE_ACCOUNT,
        "outboxmail": f"{worker.MAIL_RETENTION.days} hari setelah terkirim atau gagal",
        "auditentry": "tidak dihapus: jejak audit hanya bertambah",
        "limithit": f"{limits.HIT_RETENTION.days} hari",
    },
)
