"""Rules for uploaded papers: kinds, formats, limits, quotas, checks of a file, refusals."""

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum
from pathlib import PurePath

from ..core.errors import Refusal
from ..core.figures import MEGABYTE, grouped, size_text
from ..core.texts import composed

# Of one file, as it arrives
MAX_PIXELS = 40_000_000
MAX_SIDE = 10_000  # pixels
CPU_SECONDS = 10  # processor time to decode it
# Of one paper
STORED_LONG_SIDE = 2_400  # pixels of a page's long side, as stored
SHOWN_LONG_SIDE = 1_800  # pixels of a page's long side, as shown in the browser
MAX_PAGES = 20
MAX_FILES_PER_PAPER = 10  # pictures joined into one paper
# Of one person
MAX_PAPERS = 20
MAX_BYTES = 50 * MEGABYTE
MAX_STORED_PAPERS = 40  # with those replaced within a day, which are not deleted yet
MAX_STORED_BYTES = 100 * MEGABYTE
MAX_WAITING_UPLOADS = 30  # in quarantine, of `MAX_BYTES` together
MAX_UPLOADS_PER_HOUR = 200
TICKET_LIFETIME = timedelta(minutes=10)
UNREFERENCED_RETENTION = timedelta(hours=24)  # a replaced paper nobody sent, a file without a row
MAX_NAME = 100
MAX_RAW_NAME = 1000  # characters; a longer name is cut before anything else is done with it


class Format(StrEnum):
    """The file formats that are accepted; any other is refused by its first bytes."""

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
}  # whatever arrived is re-encoded as one of these
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}


class Reason(StrEnum):
    """Why a file is refused."""

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
    Reason.TOO_MANY_PIXELS: f"Gambar ini {{actual}} piksel, batasnya {MAX_PIXELS // 10**6} juta "
    f"piksel dan {grouped(MAX_SIDE)} piksel tiap sisi. Foto ulang dengan resolusi lebih rendah.",
    Reason.TOO_MANY_PAGES: "PDF ini {actual} halaman, batasnya {limit} halaman. Kirim halaman "
    "yang diperlukan saja.",
    Reason.TOO_MANY_FILES: "Anda memilih {actual} berkas, batasnya {limit} berkas sekali kirim. "
    "Kurangi pilihan Anda atau gabungkan menjadi satu PDF.",
    Reason.ENCRYPTED: "PDF ini dikunci. Buka dengan kata sandinya, simpan salinan tanpa kunci "
    "(Cetak > Simpan sebagai PDF), lalu pilih salinan itu.",
    Reason.TOO_HEAVY: f"Berkas ini terlalu rumit untuk diperiksa dalam {CPU_SECONDS} detik. Foto "
    "halamannya, lalu pilih fotonya.",
}


class FileRefused(Refusal):
    """The file can't be accepted; the sentence says why, the limit, and what to do."""

    def __init__(self, reason: Reason, *, actual: str = "", limit: str = "", field: str = ""):
        self.reason, self.actual, self.limit = reason, actual, limit
        super().__init__(SENTENCES[reason].format(actual=actual, limit=limit), field=field)


def format_of(head: bytes) -> Format:
    """The format, told by the first bytes; raises FileRefused for any other than the three."""
    if not head:
        raise FileRefused(Reason.EMPTY)
    for signature, file_format in SIGNATURES.items():
        if head.startswith(signature):
            return file_format
    is_heic = head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS
    raise FileRefused(Reason.HEIC if is_heic else Reason.NOT_A_PAPER)


def check_name(name: str, file_format: Format) -> None:
    """Raise FileRefused unless the file's extension fits its content."""
    extension = PurePath(name).suffix.lower()
    if EXTENSIONS.get(extension) != file_format:
        shown = extension or "kosong"
        raise FileRefused(Reason.NAME_DISAGREES, actual=shown, limit=FORMAT_NAMES[file_format])


def check_size(size: int, limit: int) -> None:
    """Raise FileRefused for an empty file, or one of more bytes than `limit`."""
    if size == 0:
        raise FileRefused(Reason.EMPTY)
    if size > limit:
        raise FileRefused(Reason.TOO_BIG, actual=size_text(size), limit=size_text(limit))


def shown_name(raw: str) -> str:
    """The uploader's file name made safe to display: short, no path, no control or bidi marks."""
    name = composed(_shortened(re.split(r"[/\\]", raw)[-1], MAX_RAW_NAME))
    name = "".join(c for c in name if unicodedata.category(c)[0] not in "CZ" or c == " ")
    return _shortened(name.strip(), MAX_NAME)


def _shortened(name: str, most: int) -> str:
    """The name cut to `most` characters; its extension stays."""
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
