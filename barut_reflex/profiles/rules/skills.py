"""Suggested skills and languages, the search in these skills, and lists without duplicates."""

from collections.abc import Iterable, Sequence

from ...core.figures import MAX_SEARCH_LENGTH
from ...core.indonesian import searchable

_LISTED = """
    Administrasi perkantoran|Akuntansi|Analisis data|Animasi|Arsip dan dokumen|Barista|Bekam
    Beternak ayam|Beternak sapi|Bubut|Budidaya ikan|Budidaya jamur|Desain grafis
    Desain interior|Desain web|Digital marketing|Editing video|Fotografi|Front office hotel
    Gambar teknik (AutoCAD)|Hidroponik|Housekeeping|Instalasi listrik|Instalasi panel surya
    Instalasi pipa air|Jaringan komputer|Jurnalistik|K3 (keselamatan kerja)|Kasir
    Keperawatan dasar|Kerajinan rotan|Komunikasi|Las GMAW|Las GTAW|Las SMAW|Manajemen gudang
    Manajemen proyek|Mekanik alat berat|Mekanik mobil|Mekanik sepeda motor|Memasak
    Membaca gambar teknik|Membatik|Membordir|Membuat kue dan roti|Mengajar|Mengasuh anak
    Mengemudi alat berat|Mengemudi mobil (SIM A)|Mengemudi truk (SIM B1)|Mengetik cepat
    Menjahit|Menulis|Menyadap karet|Merawat lansia|Microsoft Excel|Microsoft PowerPoint
    Microsoft Word|Negosiasi|Operator dozer|Operator dump truck|Operator ekskavator
    Operator forklift|Pelayanan pelanggan|Pembibitan tanaman|Pembukuan|Pemetaan GPS
    Pemrograman Java|Pemrograman PHP|Pemrograman Python|Pemupukan kelapa sawit|Pengecatan
    Pengelolaan basis data|Pengolahan kayu|Perawatan AC|Perawatan komputer|Perpajakan
    Pertukangan kayu|Pijat|Plester dan pasang bata|Potong rambut|Presentasi|Public speaking
    Rias pengantin|Sablon|Satpam (Gada Pratama)|Servis elektronik|Servis ponsel
    Survei lapangan|Tata boga|Tata busana|Tata kecantikan|Telemarketing|Tenun|Terjemahan
    Ukir kayu|Video kreatif|Wirausaha
"""
COMMON_SKILLS = tuple(
    skill.strip() for line in _LISTED.strip().splitlines() for skill in line.split("|")
)
LANGUAGES = (
    *("Bahasa Indonesia", "Bahasa Dayak", "Bahasa Banjar", "Bahasa Jawa", "Bahasa Sunda"),
    *("Bahasa Madura", "Bahasa Bugis", "Bahasa Melayu", "Bahasa Inggris", "Bahasa Mandarin"),
    *("Bahasa Jepang", "Bahasa Korea", "Bahasa Arab", "Bahasa Jerman", "Bahasa Belanda"),
    *("Bahasa Prancis", "Bahasa Isyarat Indonesia (BISINDO)"),
)


def matching_skills(text: str, have: Iterable[str], most: int = 8) -> list[str]:
    """At most `most` listed skills with a word that begins like `text`, without those in `have`."""
    wanted = searchable(text[:MAX_SEARCH_LENGTH]).strip()
    taken = {searchable(skill) for skill in have}
    if not wanted:
        return []
    found = [
        (not folded.startswith(wanted), skill)
        for skill in COMMON_SKILLS
        if (folded := searchable(skill)) not in taken and f" {wanted}" in f" {folded}"
    ]
    return [skill for _, skill in sorted(found)[:most]]


def skill_list(text: str) -> list[str]:
    """The skills of a profile as a list; they are stored one on each line."""
    return text.splitlines()


def with_skill(skills: Sequence[str], more: str) -> list[str]:
    """The list with the skills of `more` at its end, without duplicates (in any case)."""
    unique, seen = [], set()
    for skill in [*skills, *more.replace(";", "\n").splitlines()]:
        bare = skill.strip()
        if bare and searchable(bare) not in seen:
            seen.add(searchable(bare))
            unique.append(bare)
    return unique
