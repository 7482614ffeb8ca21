"""Papers: arrival, quarantine, jail, store."""

from ..core.desks import Desk, Web
from ..core.worker import Job
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
)
