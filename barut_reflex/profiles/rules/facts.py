"""The facts of a person: names and labels of the fields, closed lists, and the copy `Facts`."""

from enum import StrEnum

from pydantic import BaseModel

# The fields in the order of the screens, with their labels there.
PERSONAL = {
    "nik": "NIK",
    "name": "Nama Lengkap",
    "birth_place": "Tempat Lahir",
    "birth_date": "Tanggal Lahir",
    "sex": "Jenis Kelamin",
    "marital_status": "Status Pernikahan",
    "religion": "Agama",
    "address": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "province": "Provinsi",
    "regency": "Kabupaten/Kota",
    "district": "Kecamatan",
    "village": "Kelurahan/Desa",
    "phone": "Nomor HP",
}
EDUCATION = {
    "education": "Pendidikan Terakhir",
    "major": "Jurusan",
    "graduation_year": "Tahun Lulus",
    "skills": "Keterampilan",
}
OPTIONAL = frozenset({"skills"})


class Sex(StrEnum):
    """The two that the civil registry writes on an identity card."""

    MALE = "Laki-laki"
    FEMALE = "Perempuan"


class MaritalStatus(StrEnum):
    """The four that the civil registry writes on an identity card."""

    SINGLE = "Belum Kawin"
    MARRIED = "Kawin"
    DIVORCED = "Cerai Hidup"
    WIDOWED = "Cerai Mati"


class Religion(StrEnum):
    """The seven that the civil registry writes on an identity card."""

    ISLAM = "Islam"
    PROTESTANT = "Kristen"
    CATHOLIC = "Katolik"
    HINDU = "Hindu"
    BUDDHIST = "Buddha"
    CONFUCIAN = "Khonghucu"
    BELIEF = "Kepercayaan terhadap Tuhan YME"


class Education(StrEnum):
    """The level of the last school that was finished."""

    NONE = "Tidak/Belum Tamat SD"
    SD = "SD"
    SMP = "SMP"
    SMA = "SMA"
    SMK = "SMK"
    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"


WITHOUT_MAJOR = frozenset({Education.NONE, Education.SD, Education.SMP})


def fields_of(education: Education | None) -> frozenset[str]:
    """The education fields that a level has: a major from SMA up, a year if any was finished."""
    hidden = set()
    if education in WITHOUT_MAJOR:
        hidden.add("major")
    if education is Education.NONE:
        hidden.add("graduation_year")
    return frozenset(EDUCATION) - hidden


class Facts(BaseModel):
    """A person's facts as one value, regions by name instead of code, ready to show and print.

    A sent application keeps this as JSON, so a later change of the profile never alters it.
    """

    nik: str = ""
    name: str = ""
    birth_place: str = ""
    birth_date: str = ""  # ISO, 2000-07-07
    sex: str = ""
    marital_status: str = ""
    religion: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""
    province: str = ""
    regency: str = ""
    district: str = ""
    village: str = ""
    village_code: str = ""
    phone: str = ""
    education: str = ""
    major: str = ""
    graduation_year: int | None = None
    skills: list[str] = []


# The closed lists by the name of their field.
CHOICES = {"sex": Sex, "marital_status": MaritalStatus, "religion": Religion}
