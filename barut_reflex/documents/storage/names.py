"""What both stores share: how a stored paper is called, and what they refuse."""

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
    """Raise FileNotFoundError for what the store never called a paper: no way leads elsewhere."""
    if not NAME_PATTERN.fullmatch(name):
        raise FileNotFoundError(name)
