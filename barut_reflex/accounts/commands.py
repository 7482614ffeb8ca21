"""`admin`: the first administrator, and a lost authenticator, on the command line."""

import argparse

from ..core.desks import Command, Database
from ..core.figures import duration
from .rules import ONE_TIME_LASTS
from .service import staff


def _create(database: Database, arguments: argparse.Namespace) -> int:
    with database.reading() as session:
        form, password = staff.prepare_administrator(
            session, name=arguments.name, email=arguments.email
        )
    with database.writing() as session:
        staff.create_administrator(session, form)
    print(f"Administrator {arguments.name} dibuat.")
    print(f"Email:    {form.email}")
    print(f"Password: {password}")
    print(f"Password ini hanya untuk login pertama dan berlaku {duration(ONE_TIME_LASTS)}.")
    return 0


def _reset_second_factor(database: Database, arguments: argparse.Namespace) -> int:
    with database.writing() as session:
        person = staff.reset_second_factor(session, arguments.email)
    print(f"Autentikator {person.name} dihapus; semua sesinya diakhiri.")
    return 0


def _new_administrator(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="nama lengkap")
    parser.add_argument("--email", required=True, help="alamat email untuk login")


def _known_account(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", required=True, help="alamat email akun itu")


COMMANDS = [
    Command(group="admin", help="akun administrator"),
    Command(
        group="admin",
        name="create",
        help="buat administrator dengan password sekali pakai",
        run=_create,
        options=_new_administrator,
    ),
    Command(
        group="admin",
        name="reset-second-factor",
        help="hapus autentikator satu akun",
        run=_reset_second_factor,
        options=_known_account,
    ),
]
