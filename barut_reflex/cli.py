"""The office's command line: `python -m barut_reflex --help`. Who has the shell has the office."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from .accounts import service as accounts
from .core import audit, clock, db, schema
from .core.errors import Invalid, Refusal
from .core.indonesian import long_time, parse_date
from .core.settings import settings


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit status: 0 done, 1 refused or found broken."""
    asked = _parser().parse_args(words)
    schema.upgrade()
    command: Callable[[argparse.Namespace], int] = asked.command
    try:
        return command(asked)
    except Invalid as refusal:
        print("\n".join(refusal.errors.values()), file=sys.stderr)
    except Refusal as refusal:
        print(refusal.message, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m barut_reflex", description=settings.app_name)
    groups = parser.add_subparsers(required=True, metavar="perintah")
    admin = groups.add_parser("admin", help="akun administrator").add_subparsers(required=True)
    create = admin.add_parser("create", help="buat administrator dengan password sekali pakai")
    create.add_argument("--name", required=True, help="nama lengkap")
    create.add_argument("--email", required=True, help="alamat email untuk login")
    create.set_defaults(command=_create_administrator)
    trail = groups.add_parser("audit", help="jejak audit").add_subparsers(required=True)
    verify = trail.add_parser("verify", help="periksa apakah jejak audit masih utuh")
    verify.set_defaults(command=_verify_trail)
    saw = trail.add_parser("who-saw", help="siapa melihat atau mengubah data satu NIK")
    saw.add_argument("--nik", required=True)
    saw.add_argument("--since", required=True, type=_day, help="DD/MM/YYYY, WIB")
    saw.add_argument(
        "--until", type=_day, help="DD/MM/YYYY, hari itu termasuk; tanpa ini: hari ini"
    )
    saw.set_defaults(command=_who_saw)
    return parser


def _day(text: str) -> date:
    if (day := parse_date(text)) is None:
        raise argparse.ArgumentTypeError("tulis tanggal sebagai DD/MM/YYYY")
    return day


def _create_administrator(asked: argparse.Namespace) -> int:
    with db.reading() as session:
        form, password = accounts.prepare_administrator(session, name=asked.name, email=asked.email)
    with db.writing() as session:
        accounts.create_administrator(session, form)
    print(f"Administrator {asked.name} dibuat.")
    print(f"Email:    {form.email}")
    print(f"Password: {password}")
    print("Password ini hanya untuk login pertama dan berlaku 24 jam.")
    return 0


def _verify_trail(_asked: argparse.Namespace) -> int:
    with db.reading() as session:
        broken, (number, seal) = audit.verify(session), audit.head(session)
    if broken:
        print(f"Jejak audit RUSAK pada baris: {', '.join(map(str, broken))}")
        return 1
    print(f"Jejak audit utuh. Baris terakhir {number}, segel {seal or '-'}.")
    return 0


def _who_saw(asked: argparse.Namespace) -> int:
    since = _start_of(asked.since)
    until = _start_of((asked.until or clock.today()) + timedelta(days=1))
    with db.reading() as session:
        rows = audit.who_saw(session, asked.nik, since, until)
        for row in rows:
            who = accounts.get_person(session, row.actor_id).name if row.actor_id else "-"
            print(f"{long_time(row.at)}\t{who}\t{row.act}\t{row.subject}\t{row.detail}")
    print(f"{len(rows)} catatan.")
    return 0


def _start_of(day: date) -> datetime:
    """The first moment of an office day, in UTC."""
    return datetime.combine(day, time(), clock.WIB).astimezone(clock.UTC)
