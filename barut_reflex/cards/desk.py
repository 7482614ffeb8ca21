"""Manifest of the feature cards (AK1): print screen, routes, jobs, ledger replay, data copy.

Also its menu entry, retention times and the renewal of codes signed with a stolen key.
"""

from ..core import routes
from ..core.desks import WHILE_ACCOUNT, Desk, MenuEntry, Screen, Web
from ..core.worker import Job
from ..people.rules import STAFF
from . import own_data
from .service import after_issue, ledger_replay, rekeying, retention


def web() -> Web:
    from .web import print_routes, prints
    from .web.routes import ROUTES

    return Web(
        screens=[
            Screen(
                page=prints.print_page,
                route=routes.PRINT,
                title="Cetak Kartu",
                on_load=(prints.PrintState.watch, prints.PrintState.tell),
            )
        ],
        routes=[*ROUTES, *print_routes.ROUTES],
    )


DESK = Desk(
    web=web,
    menu=[
        MenuEntry(name="Cetak Kartu", route=routes.PRINT, icon="print", roles=STAFF, position=30)
    ],
    replay={
        "issue": ledger_replay.replay_issue,
        "renew": ledger_replay.replay_renewal,
        "revoke": ledger_replay.replay_revocation,
    },
    after_replay=[ledger_replay.skip_numbers],
    renew_codes=rekeying.renew_signed_with,
    jobs=[
        Job(300, "expired cards", after_issue.close_expired),
        Job(3600, "retention", retention.delete_old_papers),
    ],
    own_data={"kartu": own_data.cards},
    audit_subjects=own_data.public_ids,
    has_active_records=own_data.is_alive,
    retention={
        "card": WHILE_ACCOUNT,
        "reportingvisit": WHILE_ACCOUNT,
        "placement": WHILE_ACCOUNT,
        "cardprint": WHILE_ACCOUNT,
    },
)
