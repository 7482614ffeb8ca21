"""Papers: arrival, quarantine, jail, store."""

from datetime import timedelta

from ..core.desks import WHILE_ACCOUNT, Desk, Web
from ..core.settings import settings
from ..core.views import ViewKind
from ..core.worker import Job
from . import own_data
from .models import QuarantinedUpload
from .rules import TICKET_LIFE
from .service import health, keeping

REPLACED_HOURS = keeping.UNREFERENCED_FOR // timedelta(hours=1)


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
    excluded_from_backup=[QuarantinedUpload],
    backup_files=[keeping.backup_files],
    health={"penyimpanan": health.store_is_well, "disk": health.disk_is_well},
    own_data={"berkas": own_data.papers},
    own_files=own_data.files,
    retention={
        "document": (
            f"{settings.retention_days_after_end} hari setelah kartu berakhir; bukti profil dan "
            f"pas foto, {settings.retention_days_after_end} hari setelah profil terakhir diubah; "
            f"yang diganti dan tidak dikirim, {REPLACED_HOURS} jam; tanpa kartu, {WHILE_ACCOUNT}"
        ),
        "quarantinedupload": f"{TICKET_LIFE.seconds // 60} menit",
    },
    view_sentences={ViewKind.PAPER.value: "Petugas membuka berkas Anda"},
)
