"""The first page of the staff: what each desk puts there."""

import reflex as rx

from ...core import routes
from ...gate.shell import sections, staff_page


def desk_page() -> rx.Component:
    return staff_page("Beranda Petugas", *sections(routes.DESK), active="Beranda")
