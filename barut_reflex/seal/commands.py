"""Command `kunci-qr`: make, list, retire, remove signing keys; removal renews a key's codes."""

import argparse

from ..core import audit, desks
from ..core.desks import Command, Database
from ..core.settings import settings
from . import keys


def _make(_database: Database, _arguments: argparse.Namespace) -> int:
    keys.make_key()
    print(f"Kunci QR baru dibuat di {settings.var / 'keys'}. Simpan cadangannya di tempat lain.")
    return 0


def _list(_database: Database, _arguments: argparse.Namespace) -> int:
    for key_id, (_, private) in sorted(keys.all_keys().items()):
        is_signing = private is not None and key_id == keys.signing_key()[0]
        use = "menandatangani" if is_signing else "hanya memeriksa"
        print(f"{key_id}\t{use}\t{'lengkap' if private else 'bagian publik saja'}")
    return 0


def _retire(database: Database, arguments: argparse.Namespace) -> int:
    keys.retire_key(arguments.nomor)
    with database.writing() as session:
        audit.record(session, "retire_key", by=None, detail=f"kunci {arguments.nomor}")
    print(
        f"Kunci {arguments.nomor} tinggal bagian publiknya: memeriksa, tidak lagi menandatangani."
    )
    return 0


def _remove(database: Database, arguments: argparse.Namespace) -> int:
    """Let the desks replace the codes it signed, and delete the key after that commit."""
    keys.replaced_key_path(arguments.nomor)
    with database.writing() as session:
        renewals = (desk.renew_codes for desk in desks.all_desks().values())
        renewed = sum(renew(session, arguments.nomor) for renew in renewals)
        detail = f"kunci {arguments.nomor}; {renewed} kode diperbarui"
        audit.record(session, "remove_key", by=None, detail=detail)
    keys.remove_key(arguments.nomor)
    print(
        f"Kunci {arguments.nomor} dihapus; {renewed} kartu diberi kode QR baru dan perlu dicetak."
    )
    return 0


def _number(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("nomor", type=int, help="nomor kunci, lihat daftar")


COMMANDS = [
    Command(group="kunci-qr", help="buat kunci baru untuk kode QR; yang lama tetap sah", run=_make),
    Command(group="kunci-qr", name="daftar", help="kunci yang ada", run=_list),
    Command(
        group="kunci-qr",
        name="pensiunkan",
        help="simpan bagian publiknya saja; kode lama tetap sah",
        run=_retire,
        options=_number,
    ),
    Command(
        group="kunci-qr",
        name="hapus",
        help="kunci dicuri: kartunya diberi kode baru, kunci dihapus",
        run=_remove,
        options=_number,
    ),
]
