"""The form of the file names of stored papers, and the refusals that the stores raise."""

import re

from ...core.errors import Refusal

NAME_PATTERN = re.compile(r"[0-9a-f]{32}(\.jpg|\.pdf|\.tmp)?")


class StoreFull(Refusal):
    message = (
        "Penyimpanan kantor sedang penuh, jadi berkas baru belum dapat diterima. "
        "Data Anda aman. Coba lagi nanti atau hubungi kantor."
    )


class StoreAway(Refusal):
    message = (
        "Penyimpanan berkas kantor sedang tidak dapat dihubungi. Data Anda aman. "
        "Tunggu sebentar, lalu coba lagi."
    )


class NameTaken(Refusal):
    message = "Nama berkas ini sudah dipakai untuk isi yang lain, jadi tidak ditimpa."


def ensure_name(name: str) -> None:
    """Raise FileNotFoundError for a name of another form: no path may lead out of the store."""
    if not NAME_PATTERN.fullmatch(name):
        raise FileNotFoundError(name)
