"""Manifest of the feature `siapkerja`: two screens, card routes, ledger replay, menu entry.

Also new codes after a key was stolen, the own-data part, and retention.
"""

from ..core import routes
from ..core.desks import WHILE_ACCOUNT, Desk, MenuEntry, Screen, Web
from ..people.rules import STAFF
from . import own_data
from .service import ledger_replay, rekeying


def web() -> Web:
    from .web import identities, mine
    from .web.routes import ROUTES

    return Web(
        screens=[
            Screen(
                page=mine.card_page,
                route=routes.MY_CARD,
                title="Kartu Digital",
                on_load=(mine.CardState.load,),
            ),
            Screen(
                page=identities.identities_page,
                route=routes.IDENTITIES,
                title="SIAPkerja-ID",
                on_load=(identities.IdentitiesState.load,),
            ),
        ],
        routes=ROUTES,
    )


DESK = Desk(
    web=web,
    menu=[
        MenuEntry(
            name="SIAPkerja-ID", route=routes.IDENTITIES, icon="card", roles=STAFF, position=50
        )
    ],
    replay={
        "renew_identity": ledger_replay.replay_renewal,
        "revoke_identity": ledger_replay.replay_revocation,
    },
    renew_codes=rekeying.renew_signed_with,
    own_data={"siapkerja_id": own_data.identity},
    retention={"identity": WHILE_ACCOUNT},
)
