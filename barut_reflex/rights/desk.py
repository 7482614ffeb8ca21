"""Rights of the person: the copy of one's own data, how long things are kept."""

from ..core.desks import Desk, MenuEntry, Screen, Web
from ..core.worker import Job
from ..people.rules import Role
from ..ui import routes
from .service import retention


def web() -> Web:
    from .web import mydata, mydata_routes

    return Web(
        screens=[
            Screen(
                page=mydata.my_data_page,
                route=routes.MY_DATA,
                title="Data Saya",
                load=(mydata.MyDataState.load,),
            )
        ],
        routes=mydata_routes.ROUTES,
    )


DESK = Desk(
    web=web,
    own_menu=[
        MenuEntry(
            name="Data Saya",
            route=routes.MY_DATA,
            icon="download",
            roles=frozenset({Role.JOB_SEEKER}),
            place=50,
        )
    ],
    jobs=[
        Job(3600, "retention", retention.delete_old_papers),
        Job(3600, "sleeping profiles", retention.delete_old_proofs),
    ],
)
