"""The first page of the staff: what each desk puts there."""

import reflex as rx

from ...gate.shell import sections, staff_page
from ...ui import routes


def desk_page() -> rx.Component:
    return staff_page("Beranda Petugas", *sections(routes.DESK), active="Beranda")
