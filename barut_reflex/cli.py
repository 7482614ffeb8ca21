"""The command line, `python -m barut_reflex`: audit, backup, restore, move, and desks' commands.

It asks for no password: whoever has a shell on the server has all rights. Commands of one desk are
in its `commands.py`.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlmodel import Session

from .accounts.service import login
from .applications import service as applications
from .core import audit, backup, clock, db, desks, ledger, moving, presence, restoring, schema
from .core.desks import Command, Database
from .core.errors import Invalid, Refusal
from .core.indonesian import long_time, parse_date
from .core.settings import settings, with_driver
from .documents.service import integrity
from .documents.storage import store


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0 when done, 1 when refused or when damage was found."""
    arguments = parser().parse_args(argv)
    command: Callable[[Database, argparse.Namespace], int] = arguments.command
    try:
        schema.upgrade()
        return command(Database(db.reading, db.writing), arguments)
    except Invalid as refusal:
        print("\n".join(refusal.errors.values()), file=sys.stderr)
    except Refusal as refusal:
        print(refusal.message, file=sys.stderr)
    return 1


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m barut_reflex", description=settings.app_name)
    groups = parser.add_subparsers(required=True, metavar="perintah")
    commands = [*COMMANDS, *desks.collect(lambda desk: desk.commands)]
    commands.sort(key=lambda command: command.group)
    for name, group in groupby(commands, key=lambda command: command.group):
        _add_group(groups, name, list(group))
    return parser


def _add_group(groups: Any, name: str, commands: list[Command]) -> None:
    """Add a group with its commands; a group that can run by itself needs no command name."""
    own = next(command for command in commands if not command.name)
    parser = _add(groups, name, own)
    if under := [command for command in commands if command.name]:
        metavar = "tindakan" if own.run else None
        more = parser.add_subparsers(required=own.run is None, metavar=metavar)
        for command in under:
            _add(more, command.name, command)


def _add(groups: Any, name: str, command: Command) -> argparse.ArgumentParser:
    parser = groups.add_parser(name, help=command.help)
    command.options(parser)
    if command.run:
        parser.set_defaults(command=command.run)
    return parser


# -- the trail ---------------------------------------------------------------------------------


def _verify_trail(database: Database, _arguments: argparse.Namespace) -> int:
    with database.reading() as session:
        broken, (number, seal) = audit.verify(session), audit.head(session)
    if broken:
        print(f"Jejak audit RUSAK pada baris: {', '.join(map(str, broken))}")
        return 1
    print(f"Jejak audit utuh. Baris terakhir {number}, segel {seal or '-'}.")
    return 0


def who_saw(database: Database, arguments: argparse.Namespace) -> int:
    since = _start_of(arguments.since)
    until = _start_of((arguments.until or clock.today()) + timedelta(days=1))
    with database.writing() as session:
        people = applications.people_with_nik(session, arguments.nik)
        rows = audit.who_saw(session, arguments.nik, since, until, people=people)
        names = {row.actor_id: _name_of(session, row.actor_id) for row in rows}
        audit.record(session, "who_saw", by=None, nik=arguments.nik)  # committed before it is shown
    for row in rows:
        who = names[row.actor_id]
        print(f"{long_time(row.at)}\t{who}\t{row.act}\t{row.subject}\t{row.detail}")
    print(f"{len(rows)} catatan.")
    return 0


def _name_of(session: Session, person_id: int | None) -> str:
    return login.get_person(session, person_id).name if person_id else "-"


def _whom_and_when(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--nik", required=True)
    parser.add_argument("--since", required=True, type=_day, help="DD/MM/YYYY, WIB")
    parser.add_argument(
        "--until", type=_day, help="DD/MM/YYYY, hari itu termasuk; tanpa ini: hari ini"
    )


def _day(text: str) -> date:
    if (day := parse_date(text)) is None:
        raise argparse.ArgumentTypeError("tulis tanggal sebagai DD/MM/YYYY")
    return day


def _start_of(day: date) -> datetime:
    """The first moment of an office day, in UTC."""
    return datetime.combine(day, time(), clock.WIB).astimezone(clock.UTC)


# -- backup, restore, move ---------------------------------------------------------------------


def _make_backup(database: Database, arguments: argparse.Namespace) -> int:
    with database.writing() as session:  # recorded, since the file holds everybody's data
        audit.record(session, "backup", by=None, detail=arguments.to.name)
    made = backup.make(
        arguments.to, database.reading, _backup_files(), leave_out=_excluded_tables()
    )
    print(
        f"Cadangan {arguments.to}: {len(made.members)} berkas, {arguments.to.stat().st_size} byte."
    )
    if made.origin:
        print(f"Sidik rahasia (BARUT_SECRET) kantor ini: {made.origin.secret}.")
    if made.missing:
        print(f"HILANG atau rusak di kantor ini: {', '.join(made.missing)}", file=sys.stderr)
    return 1 if made.missing else 0


def _restore(database: Database, arguments: argparse.Namespace) -> int:
    entries = ledger.read()

    def replay(session: Session, manifest: backup.Manifest) -> ledger.ReplayResult:
        return restoring.replay(session, entries, made=manifest.made)

    found = backup.restore(
        arguments.source,
        database.writing,
        _backup_files(),
        leave_out=_excluded_tables(),
        then=replay,
    )
    with database.reading() as session:
        broken = integrity.broken_papers(session)
    print("Kantor dipulihkan. Semua orang harus login lagi.")
    print(f"Sejak cadangan: {found.renewed} kode diperbarui, {found.revoked} kartu dicabut.")
    print("\n".join(["Nomor dilompati:", *found.skipped_numbers] if found.skipped_numbers else []))
    if found.lost_cards:
        print(f"Kartu yang terbit sesudah cadangan, setujui ulang: {', '.join(found.lost_cards)}")
    if entries is None:
        print(f"Buku nomor {ledger.path()} tidak ada: kartu dan kode sesudah cadangan hilang.")
    if broken:
        print(f"Berkas hilang atau rusak: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def _move(database: Database, arguments: argparse.Namespace) -> int:
    """Move papers first, then rows, so that every file a row names exists."""
    if not (arguments.to_database or arguments.to_store):
        raise Refusal("Sebutkan tujuan: --to-database, --to-store, atau keduanya.")
    with presence.closed_office(), database.reading() as session:
        if arguments.to_store:
            source, target = (store.open_store(u) for u in (settings.store_url, arguments.to_store))
            count = moving.move_papers(source, target, integrity.checksums(session))
            print(f"{count} berkas dipindahkan dan diperiksa.")
        if arguments.to_database:
            for name, rows in _move_rows(session, arguments.to_database).items():
                print(f"{name:<24}{rows.count:>9} baris, sama")
    print("Sekarang ubah pengaturan, lalu jalankan server:")
    for name, value in (("DATABASE", arguments.to_database), ("STORE", arguments.to_store)):
        print(f"  BARUT_{name}_URL={value}" if value else f"  BARUT_{name}_URL tetap")
    return 0


def _move_rows(source: Session, url: str) -> dict[str, moving.Sum]:
    def record_move(session: Session) -> None:
        audit.record(session, "move", by=None, detail="pindah database")

    engine = db.make_engine(with_driver(url))
    try:
        schema.upgrade(engine)
        with Session(engine) as target, target.begin():
            return moving.move_rows(source, target, record_move)
    finally:
        engine.dispose()


def _backup_files() -> list[backup.BackupFiles]:
    return [shelf() for shelf in desks.collect(lambda desk: desk.backup_files)]


def _excluded_tables() -> set[str]:
    """Tables that are not backed up, since a restore must not revive their rows."""
    return {
        str(table.__tablename__) for table in desks.collect(lambda desk: desk.excluded_from_backup)
    }


def _backup_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", required=True, type=Path, help="berkas .tar yang dibuat")


def _made_backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="source", required=True, type=Path, help="berkas .tar")


def _targets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to-database", default="", help="postgresql://…, harus kosong")
    parser.add_argument("--to-store", default="", help="s3://bucket/awalan?endpoint=https://…")


COMMANDS = [
    Command(group="audit", help="jejak audit"),
    Command(
        group="audit",
        name="verify",
        help="periksa apakah jejak audit masih utuh",
        run=_verify_trail,
    ),
    Command(
        group="audit",
        name="who-saw",
        help="siapa melihat atau mengubah data satu NIK",
        run=who_saw,
        options=_whom_and_when,
    ),
    Command(
        group="backup",
        help="simpan seluruh kantor ke satu berkas",
        run=_make_backup,
        options=_backup_file,
    ),
    Command(
        group="restore",
        help="pulihkan kantor yang kosong dari cadangan",
        run=_restore,
        options=_made_backup,
    ),
    Command(
        group="move",
        help="pindahkan kantor ke database dan penyimpanan lain",
        run=_move,
        options=_targets,
    ),
]
