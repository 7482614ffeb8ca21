"""Generator of the demo's invented people: names, NIK, addresses and forms that are consistent."""

import random
from dataclasses import dataclass
from datetime import date

from ..core import regions

MEN = "Ahmad Bambang Rudi Yusuf Hendra Agus Dedi Eko Fajar Gunawan Irfan Joko Kurniawan Lukman"
MEN += " Muhammad Novri Oktavianus Petrus Rahmat Samuel Teguh Untung Wahyu Yohanes Zainal Ardi"
WOMEN = "Siti Dewi Rina Ayu Fitri Indah Kartika Lestari Maya Nurul Putri Ratna Sari Tuti Umi"
WOMEN += " Wulan Yanti Zahra Agustina Bertha Christina Debora Elsi Hartati Meilani Norlaila"
LAST = "Saputra Hidayat Setiawan Rahman Susilo Wijaya Nugroho Pratama Hartono Kusuma Siregar"
LAST += " Tarigan Mahendra Ramadhan Sihombing Jaya Utama Permana Bahrun Lampung Garu Dohong Nyarong"
STREETS = "Pangeran Antasari|Yetro Sinseng|Ahmad Yani|Imam Bonjol|Merak|Cempaka Putih|Bangau"
STREETS += "|Sengaji Hilir|Negara Muara Teweh–Puruk Cahu Km 12|Dermaga|Padat Karya|Pendreh"
SKILLS = "Mengoperasikan alat berat|Mengemudi (SIM B1)|Las listrik|Menjahit|Microsoft Office"
SKILLS += "|Desain web|Akuntansi dasar|Barista|Servis sepeda motor|Instalasi listrik rumah"
MAJORS = {
    "SMA": "IPA|IPS|Bahasa",
    "SMK": "Teknik Kendaraan Ringan|Akuntansi|Teknik Komputer dan Jaringan|Tata Boga",
    "D3": "Kebidanan|Akuntansi|Teknik Sipil",
    "S1": "Teknik Informatika|Ilmu Hukum|Agroteknologi|Manajemen|Pendidikan Guru SD",
}
LEVELS = ["SD", "SMP", "SMA", "SMA", "SMK", "SMK", "D3", "S1", "Tidak/Belum Tamat SD"]
PREFIXES = ["12", "13", "21", "52", "53", "57"]
REGENCY = "62.05"


@dataclass
class DemoPerson:
    """An invented person, with the two forms of an application as they would be typed."""

    name: str
    email: str
    personal: dict[str, str]
    education: dict[str, str]


def demo_person(number: int) -> DemoPerson:
    """The invented person of that number; the same number always gives the same person."""
    chance = random.Random(6205_000 + number)
    is_woman = chance.random() < 0.48
    first = chance.choice((WOMEN if is_woman else MEN).split())
    name = f"{first} {chance.choice(LAST.split())}"
    if chance.random() < 0.3:
        name += f" {chance.choice(LAST.split())}"
    born = date(chance.randint(1978, 2007), chance.randint(1, 12), chance.randint(1, 28))
    personal = _personal(chance, number, name, born, is_woman)
    email = f"{first.lower()}{number:03}@contoh.id"
    return DemoPerson(name, email, personal, _education(chance, born))


def _personal(chance, number: int, name: str, born: date, is_woman: bool) -> dict[str, str]:
    district = chance.choice(regions.districts(REGENCY))
    village = chance.choice(regions.villages(district.code))
    day = born.day + (40 if is_woman else 0)
    nik = f"{district.code.replace('.', '')}{day:02}{born:%m%y}{number % 9000 + 1:04}"
    return {
        "nik": nik,
        "name": name,
        "birth_place": chance.choice(
            ["Muara Teweh", "Puruk Cahu", "Buntok", "Lahei", "Banjarmasin"]
        ),
        "birth_date": f"{born:%d/%m/%Y}",
        "sex": "Perempuan" if is_woman else "Laki-laki",
        "marital_status": chance.choice(["Belum Kawin", "Belum Kawin", "Kawin", "Cerai Hidup"]),
        "religion": chance.choice(
            ["Islam", "Islam", "Kristen", "Katolik", "Hindu", "Kepercayaan terhadap Tuhan YME"]
        ),
        "address": f"Jl. {chance.choice(STREETS.split('|'))} No. {chance.randint(1, 140)}",
        "rt": str(chance.randint(1, 30)),
        "rw": str(chance.randint(1, 9)),
        "province": REGENCY[:2],
        "regency": REGENCY,
        "district": district.code,
        "village": village.code,
        "phone": f"08{chance.choice(PREFIXES)}{chance.randint(10**7, 10**8 - 1)}",
    }


def _education(chance, born: date) -> dict[str, str]:
    level = chance.choice(LEVELS)
    majors = MAJORS.get(level)
    skills = chance.sample(SKILLS.split("|"), chance.choice([0, 0, 1, 2, 3]))
    is_schooled = level != LEVELS[-1]
    return {
        "education": level,
        "major": chance.choice(majors.split("|")) if majors else "",
        "graduation_year": str(born.year + chance.randint(18, 19)) if is_schooled else "",
        "skills": "\n".join(skills),
    }
