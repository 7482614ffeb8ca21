"""Command line `admin`: create an administrator, remove the lost second factor of an account."""

import argparse

from ..core.desks import Command, Database
from ..core.figures import duration
from .rules import ONE_TIME_PASSWORD_LIFETIME
from .service import staff


def _create(doors: Database, args: argparse.Namespace) -> int:
    with doors.reading() as session:
        form, password = staff.prepare_administrator(session, name=args.name, email=args.email)
    with doors.writing() as session:
        staff.create_administrator(session, form)
    print(f"Administrator {args.name} dibuat.")
    print(f"Email:    {form.email}")
    print(f"Password: {password}")
    lasts = duration(ONE_TIME_PASSWORD_LIFETIME)
    print(f"Password ini hanya untuk login pertama dan berlaku {lasts}.")
    return 0


def _reset_second_factor(doors: Database, args: argparse.Namespace) -> int:
    with doors.writing() as session:
        person = staff.reset_second_factor(session, args.email)
    print(f"Autentikator {person.name} dihapus; semua sesinya diakhiri.")
    return 0


def _add_name_and_email(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="nama lengkap")
    parser.add_argument("--email", required=True, help="alamat email untuk login")


def _add_email(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", required=True, help="alamat email akun itu")


COMMANDS = [
    Command(group="admin", help="akun administrator"),
    Command(
        group="admin",
        name="create",
        help="buat administrator dengan password sekali pakai",
        run=_create,
        options=_add_name_and_email,
    ),
    Command(
        group="admin",
        name="reset-second-factor",
        help="hapus autentikator satu akun",
        run=_reset_second_factor,
        options=_add_email,
    ),
]
