"""Manifest of the feature attendance: scanner screen, section of the card page, routes, job.

Also its menu entry, its part of the data copy and retention times. Attendance: a holder shows an
access code valid for a minute, an officer scans it, and the visit is listed.
"""

from ..core import routes
from ..core.desks import WHILE_ACCOUNT, Desk, MenuEntry, Screen, Section, Web
from ..core.worker import Job
from ..people.rules import STAFF
from . import own_data, service

UNUSED_CODE_DAYS = service.UNUSED_CODE_RETENTION.days


def web() -> Web:
    from .web import access_code, scanner
    from .web.routes import ROUTES

    return Web(
        screens=[
            Screen(
                page=scanner.scanner_page,
                route=routes.SCANNER,
                title="Pindai Kode Akses",
                on_load=(scanner.ScannerState.watch,),
            )
        ],
        routes=ROUTES,
        sections=[
            Section(
                route=routes.MY_CARD,
                position=10,
                draw=access_code.access_section,
                on_load=(access_code.AccessCodeState.load,),
            )
        ],
    )


DESK = Desk(
    web=web,
    menu=[MenuEntry(name="Pindai", route=routes.SCANNER, icon="qr", roles=STAFF, position=40)],
    jobs=[Job(3600, "access codes", service.delete_unused_access_codes)],
    own_data={"kehadiran": own_data.visits},
    retention={
        # All kinds of signed codes are rows of one table; only access codes are ever deleted.
        "code": f"{WHILE_ACCOUNT}; kode akses yang tidak dipakai, {UNUSED_CODE_DAYS} hari",
        "attendance": WHILE_ACCOUNT,
    },
)
