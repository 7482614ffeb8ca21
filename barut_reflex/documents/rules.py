"""What a paper may be: the office's limits, and the sentence for each no."""

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum
from pathlib import PurePath

from ..core.errors import Refusal
from ..core.figures import MEGABYTE, grouped, size_text
from ..core.texts import composed

PIXEL_LIMIT = 40_000_000
SIDE_LIMIT = 10_000  # pixels
LONG_SIDE = 2_400  # pixels, as stored
FULL_VIEW = 1_800  # pixels, long side of a page as it is looked at
PAGE_LIMIT = 20
FILES_AT_ONCE = 10  # pictures joined into one paper
PAPERS_A_PERSON = 20
BYTES_A_PERSON = 50 * MEGABYTE
STORED_PAPERS = 40  # of a person, with those replaced within a day, which lie there still
STORED_BYTES = 100 * MEGABYTE
WAITING_A_PERSON = 30  # uploads in quarantine, 50 MB at most
UPLOADS_AN_HOUR = 200
CHILD_SECONDS = 10  # of the processor, for one file
TICKET_LIFE = timedelta(minutes=10)
UNREFERENCED_RETENTION = timedelta(hours=24)  # a replaced paper nobody sent, a file without a row
NAME_LIMIT = 100
LONGEST_RAW_NAME = 1000  # letters, before anything is done with them


class Format(StrEnum):
    """What the office reads; anything else is refused by its first bytes."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


FORMAT_NAMES = {Format.JPEG: "JPG", Format.PNG: "PNG", Format.PDF: "PDF"}
SIGNATURES = {
    b"\xff\xd8\xff": Format.JPEG,
    b"\x89PNG\r\n\x1a\n": Format.PNG,
    b"%PDF-": Format.PDF,
}
EXTENSIONS = {
    ".jpg": Format.JPEG,
    ".jpeg": Format.JPEG,
    ".jpe": Format.JPEG,
    ".jfif": Format.JPEG,
    ".png": Format.PNG,
    ".pdf": Format.PDF,
}
STORED_AS = {
    Format.JPEG: "jpg",
    Format.PDF: "pdf",
}  # whatever arrived is drawn anew as one of these
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}


class Reason(StrEnum):
    """Why a file is no paper."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_A_PAPER = "not_a_paper"
    NOT_A_PICTURE = "not_a_picture"
    HEIC = "heic"
    NAME_DISAGREES = "name_disagrees"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_FILES = "too_many_files"
    ENCRYPTED = "encrypted"
    TOO_HEAVY = "too_heavy"


SENTENCES = {
    Reason.EMPTY: "Berkas ini kosong (0 byte). Pilih berkas lain atau foto ulang.",
    Reason.TOO_BIG: "Berkas ini {actual}, batasnya {limit}. Foto ulang dengan ukuran lebih kecil "
    "atau perkecil PDF-nya, lalu pilih lagi.",
    Reason.NOT_A_PAPER: "Isi berkas ini bukan JPG, PNG, atau PDF. Foto berkas itu dengan kamera, "
    "lalu pilih fotonya.",
    Reason.NOT_A_PICTURE: "Pas foto harus berupa gambar JPG atau PNG. Pilih foto dari kamera "
    "atau galeri.",
    Reason.HEIC: "Foto HEIC belum dapat dibaca semua perangkat, jadi belum dapat diterima. "
    "Di iPhone buka Pengaturan > Kamera > Format, pilih Paling Kompatibel, lalu foto ulang; "
    "atau kirim tangkapan layar foto itu.",
    Reason.NAME_DISAGREES: "Nama berkas berakhiran {actual}, tetapi isinya {limit}. Simpan ulang "
    "dengan akhiran yang sesuai, lalu pilih lagi.",
    Reason.BROKEN: "Berkas ini rusak atau terpotong sehingga tidak dapat dibaca. Buka dulu "
    "di perangkat Anda; bila gagal dibuka, foto atau pindai ulang.",
    Reason.TOO_MANY_PIXELS: f"Gambar ini {{actual}} piksel, batasnya {PIXEL_LIMIT // 10**6} juta "
    f"piksel dan {grouped(SIDE_LIMIT)} piksel tiap sisi. Foto ulang dengan resolusi lebih rendah.",
    Reason.TOO_MANY_PAGES: "PDF ini {actual} halaman, batasnya {limit} halaman. Kirim halaman "
    "yang diperlukan saja.",
    Reason.TOO_MANY_FILES: "Anda memilih {actual} berkas, batasnya {limit} berkas sekali kirim. "
    "Kurangi pilihan Anda atau gabungkan menjadi satu PDF.",
    Reason.ENCRYPTED: "PDF ini dikunci. Buka dengan kata sandinya, simpan salinan tanpa kunci "
    "(Cetak > Simpan sebagai PDF), lalu pilih salinan itu.",
    Reason.TOO_HEAVY: f"Berkas ini terlalu rumit untuk diperiksa dalam {CHILD_SECONDS} detik. Foto "
    "halamannya, lalu pilih fotonya.",
}


class Unfit(Refusal):
    """The file is no paper; says why, the limit, what it is, and what to do."""

    def __init__(self, reason: Reason, *, actual: str = "", limit: str = "", field: str = ""):
        self.reason, self.actual, self.limit = reason, actual, limit
        super().__init__(SENTENCES[reason].format(actual=actual, limit=limit), field=field)


def format_of(head: bytes) -> Format:
    """The format by the bytes at offset 0; raises Unfit for everything the office can't read."""
    if not head:
        raise Unfit(Reason.EMPTY)
    for signature, found in SIGNATURES.items():
        if head.startswith(signature):
            return found
    is_heic = head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS
    raise Unfit(Reason.HEIC if is_heic else Reason.NOT_A_PAPER)


def check_name(name: str, found: Format) -> None:
    """Extension and content must say the same; raises Unfit."""
    extension = PurePath(name).suffix.lower()
    if EXTENSIONS.get(extension) != found:
        shown = extension or "kosong"
        raise Unfit(Reason.NAME_DISAGREES, actual=shown, limit=FORMAT_NAMES[found])


def check_size(size: int, limit: int) -> None:
    """Bytes as they arrived against the office's limit; raises Unfit."""
    if size == 0:
        raise Unfit(Reason.EMPTY)
    if size > limit:
        raise Unfit(Reason.TOO_BIG, actual=size_text(size), limit=size_text(limit))


def shown_name(raw: str) -> str:
    """A file's own name, fit for display only: no path, no control or bidi marks, short."""
    name = composed(_shortened(re.split(r"[/\\]", raw)[-1], LONGEST_RAW_NAME))
    name = "".join(c for c in name if unicodedata.category(c)[0] not in "CZ" or c == " ")
    return _shortened(name.strip(), NAME_LIMIT)


def _shortened(name: str, most: int) -> str:
    """The extension stays."""
    if len(name) <= most:
        return name
    extension = PurePath(name[-most:]).suffix[:8]
    return name[: most - len(extension)] + extension


class NoSuchKind(Refusal):
    message = "Jenis berkas ini tidak dikenal. Muat ulang halaman."


class Kind(StrEnum):
    """The papers of an AK1 application, and the proofs of a profile.

    The value is also the name of the form field.
    """

    ID_CARD = "id_card"
    FAMILY_CARD = "family_card"
    PHOTO = "photo"
    DIPLOMA = "diploma"
    SKILL_CERTIFICATE = "skill_certificate"
    EXPERIENCE_LETTER = "experience_letter"
    PROOF = "proof"


LABELS = {
    Kind.ID_CARD: "KTP",
    Kind.FAMILY_CARD: "Kartu Keluarga",
    Kind.PHOTO: "Pas Foto",
    Kind.DIPLOMA: "Ijazah",
    Kind.SKILL_CERTIFICATE: "Sertifikat Keterampilan",
    Kind.EXPERIENCE_LETTER: "Surat Pengalaman Kerja",
    Kind.PROOF: "Bukti Profil",
}


AK1_PAPERS: tuple[Kind, ...] = (  # named one by one: a new kind is no paper of the AK1 by itself
    Kind.ID_CARD,
    Kind.FAMILY_CARD,
    Kind.PHOTO,
    Kind.DIPLOMA,
    Kind.SKILL_CERTIFICATE,
    Kind.EXPERIENCE_LETTER,
)
