"""Manifest of the feature `profiles`: eight screens, menu entry, retention job, own-data parts.

Also the person's NIK for other desks, and how long its tables are kept.
"""

from ..core import routes
from ..core.desks import WHILE_ACCOUNT, Desk, MenuEntry, Screen, Web
from ..core.worker import Job
from ..people.rules import Role
from . import own_data
from .service import retention


def web() -> Web:
    from .web import biodata, frame, history, overview, photo, schooling, skills
    from .web.entries import EntriesState

    steps = [
        (photo.photo_page, "Foto Profil", photo.PhotoState.load),
        (biodata.biodata_page, "Biodata", biodata.BiodataState.load),
        (schooling.schooling_page, "Pendidikan", schooling.SchoolState.load),
        (history.experience_page, "Pengalaman Kerja", EntriesState.load),
        (history.training_page, "Pelatihan", EntriesState.load),
        (history.certificates_page, "Sertifikasi", EntriesState.load),
        (skills.skills_page, "Keahlian", skills.SkillsState.load),
    ]
    return Web(
        screens=[
            Screen(
                page=overview.profile_page,
                route=routes.PROFILE,
                title="Profil Saya",
                on_load=(frame.ProgressState.load,),
            ),
            *[
                Screen(page=page, route=f"{routes.PROFILE}/{number}", title=title, on_load=(load,))
                for number, (page, title, load) in enumerate(steps, 1)
            ],
        ]
    )


DESK = Desk(
    web=web,
    own_menu=[
        MenuEntry(
            name="Profil Saya",
            route=routes.PROFILE,
            icon="user",
            roles=frozenset({Role.JOB_SEEKER}),
            position=10,
        )
    ],
    jobs=[Job(3600, "sleeping profiles", retention.delete_old_proofs)],
    own_data={"data_diri": own_data.facts, "profil": own_data.profile},
    nik_of=own_data.nik_of,
    retention={"profile": WHILE_ACCOUNT, "entry": "sampai dihapus pemiliknya"},
)
