"""The officer's desk: list, detail, decision."""

from ..core import routes
from ..core.desks import Desk, MenuEntry, Screen, Section, Web
from ..core.views import Seen
from ..core.worker import Job
from ..people.rules import STAFF
from . import service
from .commands import COMMANDS
from .index import entries
from .models import DeskEntry, DeskTally


def web() -> Web:
    from .web import dashboard, detail, inbox

    return Web(
        screens=[
            Screen(
                page=inbox.inbox_page,
                route=routes.INBOX,
                title="Daftar Pengajuan",
                load=(inbox.InboxState.watch,),
            ),
            Screen(
                page=detail.detail_page,
                route=routes.DETAIL,
                title="Detail Pengajuan",
                load=(detail.ReviewState.load,),
            ),
        ],
        sections=[
            Section(
                route=routes.DESK,
                place=10,
                draw=dashboard.dashboard,
                load=(dashboard.DashboardState.watch,),
            )
        ],
    )


DESK = Desk(
    web=web,
    menu=[MenuEntry(name="Pengajuan", route=routes.INBOX, icon="file", roles=STAFF, place=20)],
    jobs=[Job(60, "desk tallies", service.merge_tallies)],
    commands=COMMANDS,
    derived=[DeskEntry, DeskTally],
    after_migration=[entries.ensure],
    is_own_name=entries.is_ours,
    keeps={"deskentry": "selama pengajuannya ada"},
    looks={Seen.CASE.value: "Petugas membuka pengajuan Anda"},
)
