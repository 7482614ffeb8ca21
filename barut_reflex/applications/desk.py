"""Manifest of the feature applications: two form screens, a cleanup job, data copy, retention.

An application is the request for an AK1 card. The home page and the review are other features.
"""

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
                on_load=(personal.PersonalState.load,),
            ),
            Screen(
                page=papers.papers_page,
                route=routes.PAPERS,
                title="Berkas Pengajuan",
                on_load=(papers.PapersState.load,),
            ),
        ]
    )


DESK = Desk(
    web=web,
    jobs=[Job(300, "papers", service.delete_unneeded_papers)],
    own_data={"pengajuan": own_data.applications},
    audit_subjects=own_data.public_ids,
    has_active_records=own_data.is_open,
    retention={
        "application": WHILE_ACCOUNT,
        "applicationpaper": (
            f"{settings.retention_days_after_end} hari setelah kartu berakhir; tanpa kartu, "
            f"{WHILE_ACCOUNT}"
        ),
    },
)
