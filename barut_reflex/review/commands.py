"""`desk`: is what the database keeps for the list right, and make it anew."""

import argparse

from ..core.desks import Command, Doors
from .index import entries


def _verify(doors: Doors, _asked: argparse.Namespace) -> int:
    with doors.reading() as session:
        found = entries.verify(session.connection())
    print("\n".join(found) or "Daftar, jumlah, dan indeks pencarian sesuai.")
    return 1 if found else 0


def _rebuild(doors: Doors, _asked: argparse.Namespace) -> int:
    with doors.writing() as session:
        entries.rebuild(session.connection())
    print("Daftar, jumlah, dan indeks pencarian dibuat ulang.")
    return 0


COMMANDS = [
    Command(group="desk", help="daftar petugas"),
    Command(
        group="desk",
        name="verify",
        help="periksa daftar, jumlah, dan indeks pencarian",
        run=_verify,
    ),
    Command(
        group="desk",
        name="rebuild",
        help="buat ulang daftar, jumlah, dan indeks pencarian",
        run=_rebuild,
    ),
]
