"""The contents of the printed AK1 card (texts, QR code, photo), without any layout."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from ...core.indonesian import local_phone, long_date
from ...core.qr import Matrix
from ...core.settings import settings
from ...profiles.rules.fact_rows import birth
from ...profiles.rules.facts import WITHOUT_MAJOR, Facts
from ..models import Card, Placement
from ..rules import rules_on_the_back

TITLE = "KARTU TANDA BUKTI PENDAFTARAN PENCARI KERJA"
ORDINALS = ("PERTAMA", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH")


class LabelValue(NamedTuple):
    """One row of the card: "Jenis kelamin", "Perempuan"."""

    label: str
    value: str


@dataclass(frozen=True)
class Ak1Sheet:
    """The contents of both sides of the card, in reading order."""

    header: tuple[str, ...]
    office: tuple[str, ...]
    site: str
    number: str
    nik: str
    person: tuple[LabelValue, ...]
    education: tuple[str, str, str]  # level, major, year
    skills: tuple[str, ...]
    signed: str  # place and date
    signatory: str
    position: str
    staff_number: str
    rules: tuple[str, ...]
    reports: tuple[LabelValue, ...]
    employer: str
    employed_from: str
    qr: Matrix
    photo: bytes | None  # JPEG, 3 to 4; None if a paper photo is glued on
    paper: str = "A4"
    address: str = ""  # the address in the QR; empty: the QR is no link

    @classmethod
    def from_card(
        cls,
        card: Card,
        *,
        facts: Facts,
        qr: Matrix,
        photo: bytes | None,
        issued: date,
        reports: list[date],
        placement: Placement | None = None,
        address: str = "",
    ) -> "Ak1Sheet":
        """The contents of a card as it was at approval, and where its holder was hired since."""
        return cls(
            header=tuple(settings.office_header),
            office=tuple(filter(None, (settings.office_address, settings.office_phone))),
            site=urlsplit(settings.address).netloc,
            number=card.number,
            nik=card.nik,
            person=_person(facts, card.valid_until),
            education=_education(facts),
            skills=tuple(facts.skills),
            signed=f"{settings.signing_place}, {long_date(issued)}",
            signatory=card.signatory_name,
            position=card.signatory_position,
            staff_number=_staff_number(card),
            rules=rules_on_the_back(settings.validity_months, settings.report_months),
            reports=tuple(map(_report, ORDINALS, reports)),
            employer=placement.employer if placement else "",
            employed_from=long_date(placement.on) if placement else "",
            qr=qr,
            photo=photo if settings.photo_mode == "printed" else None,
            paper=settings.paper_size,
            address=address,
        )


def _person(facts: Facts, valid_until: date) -> tuple[LabelValue, ...]:
    return (
        LabelValue("Nama lengkap", facts.name),
        LabelValue("Tempat, tgl. lahir", birth(facts)),
        LabelValue("Jenis kelamin", facts.sex),
        LabelValue("Status", facts.marital_status),
        LabelValue("Agama", facts.religion),
        LabelValue("Alamat", full_address(facts)),
        LabelValue("Telp./HP", local_phone(facts.phone)),
        LabelValue("Berlaku s.d.", long_date(valid_until)),
    )


def full_address(facts: Facts) -> str:
    """Street, RT/RW and the four levels of region, in one line."""
    block = f"RT {facts.rt.zfill(3)}/RW {facts.rw.zfill(3)}" if facts.rt or facts.rw else ""
    regions = (facts.village, facts.district, facts.regency, facts.province)
    return ", ".join(filter(None, (facts.address, block, *regions)))


def _education(facts: Facts) -> tuple[str, str, str]:
    year = str(facts.graduation_year or "–")
    major = facts.major if facts.education not in WITHOUT_MAJOR else ""
    return facts.education or "–", major or "–", year


def _staff_number(card: Card) -> str:
    label = "NIPPPK" if card.signatory_kind == "PPPK" else "NIP"
    return f"{label}. {card.signatory_number}" if card.signatory_number else ""


def _report(ordinal: str, day: date) -> LabelValue:
    return LabelValue(ordinal, long_date(day).upper())
