"""Papers: arrival, quarantine, jail, store."""

from ..core.desks import Desk, Web
from ..core.worker import Job
from .models import QuarantinedUpload
from .service import health, keeping


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
    short_lived=[QuarantinedUpload],
    shelves=[keeping.shelf],
    health={"penyimpanan": health.store_is_well, "disk": health.disk_is_well},
)
