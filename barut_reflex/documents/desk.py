"""Manifest of the feature `documents`: upload routes, cleanup job, health checks, backup files.

Also the papers in a data copy, retention, and the sentence for a paper that staff viewed.
"""

from datetime import timedelta

from ..core.desks import WHILE_ACCOUNT, Desk, Web
from ..core.settings import settings
from ..core.views import ViewKind
from ..core.worker import Job
from . import own_data
from .models import QuarantinedUpload
from .rules import TICKET_LIFETIME, UNREFERENCED_RETENTION
from .service import cleanup, health, integrity

REPLACED_HOURS = UNREFERENCED_RETENTION // timedelta(hours=1)


def web() -> Web:
    from .web.routes import ROUTES

    return Web(routes=ROUTES)


DESK = Desk(
    web=web,
    jobs=[
        Job(
            6 * 3600,
            "files",
            cleanup.orphaned,
            before=cleanup.old_file_names,
            after=cleanup.remove_files,
        )
    ],
    excluded_from_backup=[QuarantinedUpload],
    backup_files=[integrity.shelf],
    health={"penyimpanan": health.store_is_well, "disk": health.disk_is_well},
    own_data={"berkas": own_data.papers},
    own_files=own_data.files,
    retention={
        "document": (
            f"{settings.retention_days_after_end} hari setelah kartu berakhir; bukti profil dan "
            f"pas foto, {settings.retention_days_after_end} hari setelah profil terakhir diubah; "
            f"yang diganti dan tidak dikirim, {REPLACED_HOURS} jam; tanpa kartu, {WHILE_ACCOUNT}"
        ),
        "quarantinedupload": f"{TICKET_LIFETIME.seconds // 60} menit",
    },
    view_sentences={ViewKind.PAPER.value: "Petugas membuka berkas Anda"},
)
