"""The office's command line: `python -m barut_reflex --help`. Who has the shell has the office."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, SQLModel

from .accounts.models import OneTimeCode, Registration, ResetLink
from .accounts.rules import ONE_TIME_LASTS
from .accounts.service import login, staff
from .applications import service as applications
from .cards.service import rekeying, restoring
from .core import audit, backup, clock, db, ledger, moving, presence, schema
from .core.errors import Invalid, Refusal
from .core.figures import duration
from .core.indonesian import long_time, parse_date
from .core.settings import settings, with_driver
from .documents.models import QuarantinedUpload
from .documents.service import keeping
from .documents.storage import store
from .gate.models import Flash
from .people.models import SignIn
from .review.index import entries as review_entries
from .review.models import DeskEntry, DeskTally
from .seal import keys
from .verify.models import PageStamp

PAPERS = "papers"
DERIVED = (DeskEntry, DeskTally, PageStamp)  # the database makes them again from what is restored
SHORT_LIVED = (Flash, OneTimeCode, QuarantinedUpload, Registration, ResetLink, SignIn)


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit status: 0 done, 1 refused or found broken."""
    asked = parser().parse_args(words)
    command: Callable[[argparse.Namespace], int] = asked.command
    try:
        schema.upgrade()
        return command(asked)
    except Invalid as refusal:
        print("\n".join(refusal.errors.values()), file=sys.stderr)
    except Refusal as refusal:
        print(refusal.message, file=sys.stderr)
    return 1


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m barut_reflex", description=settings.app_name)
    groups = parser.add_subparsers(required=True, metavar="perintah")
    admin = groups.add_parser("admin", help="akun administrator").add_subparsers(required=True)
    create = admin.add_parser("create", help="buat administrator dengan password sekali pakai")
    create.add_argument("--name", required=True, help="nama lengkap")
    create.add_argument("--email", required=True, help="alamat email untuk login")
    create.set_defaults(command=_create_administrator)
    reset = admin.add_parser("reset-second-factor", help="hapus autentikator satu akun")
    reset.add_argument("--email", required=True, help="alamat email akun itu")
    reset.set_defaults(command=_reset_second_factor)
    _add_keys(groups)
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
    desk = groups.add_parser("desk", help="daftar petugas").add_subparsers(required=True)
    check = desk.add_parser("verify", help="periksa daftar, jumlah, dan indeks pencarian")
    check.set_defaults(command=_verify_desk)
    anew = desk.add_parser("rebuild", help="buat ulang daftar, jumlah, dan indeks pencarian")
    anew.set_defaults(command=_rebuild_desk)
    _add_backup(groups)
    _add_move(groups)
    return parser


def _add_keys(groups: Any) -> None:
    key = groups.add_parser("kunci-qr", help="buat kunci baru untuk kode QR; yang lama tetap sah")
    key.set_defaults(command=_make_key)
    more = key.add_subparsers(metavar="tindakan")
    more.add_parser("daftar", help="kunci yang ada").set_defaults(command=_list_keys)
    retire = more.add_parser("pensiunkan", help="simpan bagian publiknya saja; kode lama tetap sah")
    retire.set_defaults(command=_retire_key)
    remove = more.add_parser("hapus", help="kunci dicuri: kartunya diberi kode baru, kunci dihapus")
    remove.set_defaults(command=_remove_key)
    for one in (retire, remove):
        one.add_argument("nomor", type=int, help="nomor kunci, lihat daftar")


def _add_backup(groups: Any) -> None:
    save = groups.add_parser("backup", help="simpan seluruh kantor ke satu berkas")
    save.add_argument("--to", required=True, type=Path, help="berkas .tar yang dibuat")
    save.set_defaults(command=_make_backup)
    bring = groups.add_parser("restore", help="pulihkan kantor yang kosong dari cadangan")
    bring.add_argument("--from", dest="source", required=True, type=Path, help="berkas .tar")
    bring.set_defaults(command=_restore)


def _add_move(groups: Any) -> None:
    move = groups.add_parser("move", help="pindahkan kantor ke database dan penyimpanan lain")
    move.add_argument("--to-database", default="", help="postgresql://…, harus kosong")
    move.add_argument("--to-store", default="", help="s3://bucket/awalan?endpoint=https://…")
    move.set_defaults(command=_move)


def _day(text: str) -> date:
    if (day := parse_date(text)) is None:
        raise argparse.ArgumentTypeError("tulis tanggal sebagai DD/MM/YYYY")
    return day


def _create_administrator(asked: argparse.Namespace) -> int:
    with db.reading() as session:
        form, password = staff.prepare_administrator(session, name=asked.name, email=asked.email)
    with db.writing() as session:
        staff.create_administrator(session, form)
    print(f"Administrator {asked.name} dibuat.")
    print(f"Email:    {form.email}")
    print(f"Password: {password}")
    print(f"Password ini hanya untuk login pertama dan berlaku {duration(ONE_TIME_LASTS)}.")
    return 0


def _reset_second_factor(asked: argparse.Namespace) -> int:
    with db.writing() as session:
        person = staff.reset_second_factor(session, asked.email)
    print(f"Autentikator {person.name} dihapus; semua sesinya diakhiri.")
    return 0


def _make_key(_asked: argparse.Namespace) -> int:
    keys.make_key()
    print(f"Kunci QR baru dibuat di {settings.var / 'keys'}. Simpan cadangannya di tempat lain.")
    return 0


def _list_keys(_asked: argparse.Namespace) -> int:
    for key_id, (_, private) in sorted(keys.ring().items()):
        is_signing = private is not None and key_id == keys.signing_key()[0]
        use = "menandatangani" if is_signing else "hanya memeriksa"
        print(f"{key_id}\t{use}\t{'lengkap' if private else 'bagian publik saja'}")
    return 0


def _retire_key(asked: argparse.Namespace) -> int:
    keys.retire_key(asked.nomor)
    with db.writing() as session:
        audit.record(session, "retire_key", by=None, detail=f"kunci {asked.nomor}")
    print(f"Kunci {asked.nomor} tinggal bagian publiknya: memeriksa, tidak lagi menandatangani.")
    return 0


def _remove_key(asked: argparse.Namespace) -> int:
    with db.writing() as session:
        renewed = rekeying.renew_signed_with(session, asked.nomor)
    keys.remove_key(asked.nomor)
    print(f"Kunci {asked.nomor} dihapus; {renewed} kartu diberi kode QR baru dan perlu dicetak.")
    return 0


def _verify_trail(_asked: argparse.Namespace) -> int:
    with db.reading() as session:
        broken, (number, seal) = audit.verify(session), audit.head(session)
    if broken:
        print(f"Jejak audit RUSAK pada baris: {', '.join(map(str, broken))}")
        return 1
    print(f"Jejak audit utuh. Baris terakhir {number}, segel {seal or '-'}.")
    return 0


def _verify_desk(_asked: argparse.Namespace) -> int:
    with db.reading() as session:
        found = review_entries.verify(session.connection())
    print("\n".join(found) or "Daftar, jumlah, dan indeks pencarian sesuai.")
    return 1 if found else 0


def _rebuild_desk(_asked: argparse.Namespace) -> int:
    with db.writing() as session:
        review_entries.rebuild(session.connection())
    print("Daftar, jumlah, dan indeks pencarian dibuat ulang.")
    return 0


def _who_saw(asked: argparse.Namespace) -> int:
    since = _start_of(asked.since)
    until = _start_of((asked.until or clock.today()) + timedelta(days=1))
    with db.writing() as session:
        people = applications.people_with_nik(session, asked.nik)
        rows = audit.who_saw(session, asked.nik, since, until, people=people)
        names = {row.actor_id: _name_of(session, row.actor_id) for row in rows}
        audit.record(session, "who_saw", by=None, nik=asked.nik)  # in the trail before it is shown
    for row in rows:
        who = names[row.actor_id]
        print(f"{long_time(row.at)}\t{who}\t{row.act}\t{row.subject}\t{row.detail}")
    print(f"{len(rows)} catatan.")
    return 0


def _name_of(session: Session, person_id: int | None) -> str:
    return login.get_person(session, person_id).name if person_id else "-"


def _make_backup(asked: argparse.Namespace) -> int:
    with db.writing() as session:  # everybody's data leave the office
        audit.record(session, "backup", by=None, detail=asked.to.name)
    made = backup.make(asked.to, db.reading, _shelves(), leave_out=_left_out(), expect=_papers_of)
    print(f"Cadangan {asked.to}: {len(made.members)} berkas, {asked.to.stat().st_size} byte.")
    if made.origin:
        print(f"Sidik rahasia (BARUT_SECRET) kantor ini: {made.origin.secret}.")
    if made.missing:
        print(f"HILANG atau rusak di kantor ini: {', '.join(made.missing)}", file=sys.stderr)
    return 1 if made.missing else 0


def _restore(asked: argparse.Namespace) -> int:
    entries = ledger.read()

    def catch_up(session: Session, manifest: backup.Manifest) -> restoring.CaughtUp:
        return restoring.catch_up(session, entries, made=manifest.made)

    found = backup.restore(
        asked.source, db.writing, _shelves(), leave_out=_left_out(), then=catch_up
    )
    with db.reading() as session:
        broken = keeping.broken_papers(session)
    print("Kantor dipulihkan. Semua orang harus login lagi.")
    print(f"Sejak cadangan: {found.renewed} kode diperbarui, {found.revoked} kartu dicabut.")
    print("\n".join(["Nomor dilompati:", *found.jumps] if found.jumps else []))
    if found.lost:
        print(f"Kartu yang terbit sesudah cadangan, setujui ulang: {', '.join(found.lost)}")
    if entries is None:
        print(f"Buku nomor {ledger.place()} tidak ada: kartu dan kode sesudah cadangan hilang.")
    if broken:
        print(f"Berkas hilang atau rusak: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def _move(asked: argparse.Namespace) -> int:
    """Papers first, then rows: whatever a row names is there when the row is."""
    if not (asked.to_database or asked.to_store):
        raise Refusal("Sebutkan tujuan: --to-database, --to-store, atau keduanya.")
    with presence.closed_office(), db.reading() as session:
        if asked.to_store:
            source, target = (store.open_store(u) for u in (settings.store_url, asked.to_store))
            count = moving.move_papers(source, target, keeping.sums(session))
            print(f"{count} berkas dipindahkan dan diperiksa.")
        if asked.to_database:
            for name, rows in _move_rows(session, asked.to_database).items():
                print(f"{name:<24}{rows.count:>9} baris, sama")
    print("Sekarang ubah pengaturan, lalu jalankan server:")
    for name, value in (("DATABASE", asked.to_database), ("STORE", asked.to_store)):
        print(f"  BARUT_{name}_URL={value}" if value else f"  BARUT_{name}_URL tetap")
    return 0


def _move_rows(source: Session, url: str) -> dict[str, moving.Sum]:
    def tell(session: Session) -> None:
        audit.record(session, "move", by=None, detail="pindah database")

    engine = db.make_engine(with_driver(url))
    try:
        schema.upgrade(engine)
        with Session(engine) as target, target.begin():
            return moving.move_rows(source, target, tell, derived=_names_of(DERIVED))
    finally:
        engine.dispose()


def _papers_of(session: Session) -> dict[str, str]:
    return {f"{PAPERS}/{name}": sha256 for name, sha256 in keeping.sums(session).items()}


def _shelves() -> list[backup.Shelf]:
    """Papers, keys of the QR, and what the demo made for itself."""
    return [
        backup.Shelf(PAPERS, store.names, store.read, store.put),
        backup.folder("var", settings.var, "keys/*.pem", "secret", schema.DEMO_ACCOUNTS),
    ]


def _left_out() -> set[str]:
    """Tables of what must not come back to life (sign-ins, codes, links, uploads on their way),
    and of what is made anew."""
    return _names_of((*SHORT_LIVED, *DERIVED))


def _names_of(tables: Iterable[type[SQLModel]]) -> set[str]:
    return {str(table.__tablename__) for table in tables}


def _start_of(day: date) -> datetime:
    """The first moment of an office day, in UTC."""
    return datetime.combine(day, time(), clock.WIB).astimezone(clock.UTC)
