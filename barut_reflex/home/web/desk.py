"""Screen `/admin`: the first page of the staff, made of the sections that desks add to it."""

import reflex as rx

from ...core import routes
from ...gate.shell import sections, staff_page


def desk_page() -> rx.Component:
    return staff_page("Beranda Petugas", *sections(routes.DESK), active="Beranda")
