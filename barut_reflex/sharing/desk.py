"""Manifest of the feature `sharing`: screen `/profil/privasi`, its menu entry, own-data parts.

Also how long its tables are kept.
"""

from ..core import routes
from ..core.desks import WHILE_ACCOUNT, Desk, MenuEntry, Screen, Web
from ..people.rules import Role
from . import own_data


def web() -> Web:
    from .web import privacy

    return Web(
        screens=[
            Screen(
                page=privacy.privacy_page,
                route=routes.PRIVACY_SETTINGS,
                title="Privasi Profil",
                on_load=(privacy.PrivacyState.load,),
            )
        ]
    )


DESK = Desk(
    web=web,
    own_menu=[
        MenuEntry(
            name="Privasi Profil",
            route=routes.PRIVACY_SETTINGS,
            icon="lock",
            roles=frozenset({Role.JOB_SEEKER}),
            position=40,
        )
    ],
    own_data={
        "persetujuan": own_data.consents,
        "tautan": own_data.links,
        "dilihat": own_data.views,
    },
    retention={"consent": WHILE_ACCOUNT, "sharelink": WHILE_ACCOUNT, "cardview": WHILE_ACCOUNT},
)
