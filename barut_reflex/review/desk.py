"""Manifest of the feature `review`: officers' two screens, a section of `/admin`, a menu entry.

Also the sentence a person reads when an officer opened their application.
"""

from ..core import routes
from ..core.desks import Desk, MenuEntry, Screen, Section, Web
from ..core.views import ViewKind
from ..people.rules import STAFF


def web() -> Web:
    from .web import dashboard, detail, inbox

    return Web(
        screens=[
            Screen(
                page=inbox.inbox_page,
                route=routes.INBOX,
                title="Daftar Pengajuan",
                on_load=(inbox.InboxState.watch,),
            ),
            Screen(
                page=detail.detail_page,
                route=routes.DETAIL,
                title="Detail Pengajuan",
                on_load=(detail.ReviewState.load,),
            ),
        ],
        sections=[
            Section(
                route=routes.DESK,
                position=10,
                draw=dashboard.dashboard,
                on_load=(dashboard.DashboardState.watch,),
            )
        ],
    )


DESK = Desk(
    web=web,
    menu=[MenuEntry(name="Pengajuan", route=routes.INBOX, icon="file", roles=STAFF, position=20)],
    view_sentences={ViewKind.CASE.value: "Petugas membuka pengajuan Anda"},
)
