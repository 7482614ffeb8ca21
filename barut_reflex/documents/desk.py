"""Papers: arrival, quarantine, jail, store."""

from ..core.desks import Desk, Web
from ..core.views import Seen
from ..core.worker import Job
from . import own_data
from .service import keeping


def web() -> Web:
    from .web.routes import ROUTES

    return Web(routes=ROUTES)


DESK = Desk(
    web=web,
    jobs=[
        Job(
            6 * 3600,
            "files",
            keeping.without_row,
            before=keeping.old_files,
            after=keeping.remove_files,
        )
    ],
    own_data={"berkas": own_data.papers},
    own_files=own_data.files,
    looks={Seen.PAPER.value: "Petugas membuka berkas Anda"},
)
