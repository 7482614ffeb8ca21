"""Manifest of the applications desk: the request for an AK1 card, from first field to decision."""

from ..core import routes
from ..core.desks import WHILE_ACCOUNT, Desk, Screen, Web
from ..core.settings import settings
from ..core.worker import Job
from . import own_data, service


def web() -> Web:
    from .web import papers, personal

    return Web(
        screens=[
            Screen(
                page=personal.personal_page,
                route=routes.PERSONAL,
                title="Data Diri",
                load=(personal.PersonalState.load,),
            ),
            Screen(
                page=papers.papers_page,
                route=routes.PAPERS,
                title="Berkas Pengajuan",
                load=(papers.PapersState.load,),
            ),
        ]
    )


DESK = Desk(
    web=web,
    jobs=[Job(300, "papers", service.delete_unneeded_papers)],
    own_data={"pengajuan": own_data.applications},
    subjects=own_data.public_ids,
    holds=own_data.is_open,
    keeps={
        "application": WHILE_ACCOUNT,
        "applicationpaper": (
            f"{settings.retention_days_after_end} hari setelah kartu berakhir; tanpa kartu, "
            f"{WHILE_ACCOUNT}"
        ),
    },
)
