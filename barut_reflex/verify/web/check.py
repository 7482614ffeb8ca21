"""HTML of the check page `/v/<code>` that a scanned QR opens (any verdict), without script.

Also the pages for an unknown code and for too many scans.
"""

from urllib.parse import urlsplit

import htpy as h

from ...cards.dates import SELF_DECLARED, VERDICT_WORDS, Verdict
from ...core.indonesian import local_phone, long_date
from ...core.settings import settings
from ...profiles.rules.fact_rows import birth
from ...seal.rules import PayloadKind
from ..service.scans import MINUTE
from ..service.verdicts import CheckSheet
from .parts import HEADERS, page, photo_of
from .profile import Budget, sections_of, shorten_to_fit

Fact = tuple[str, str]

TONES = {
    Verdict.VALID: "good",
    Verdict.REPORT_DUE: "warn",
    Verdict.UNCHECKED: "warn",
    Verdict.REPLACED: "warn",
    Verdict.PLACED: "calm",
    Verdict.EXPIRED: "bad",
    Verdict.REVOKED: "bad",
    Verdict.UNKNOWN: "bad",
}
ICONS = {  # SVG paths; an icon beside the colour, for those who do not see the colour
    "good": "M10 17.5l5 5 9.5-11",
    "warn": "M17 9v10M17 24.5v.5",
    "calm": "M11 17h12",
    "bad": "M11.5 11.5l11 11m0-11l-11 11",
}
ADVICE = {
    Verdict.UNKNOWN: "Kode ini tidak diterbitkan oleh kantor kami, atau sudah diubah. Jangan "
    "percaya kartu yang memuat kode ini.",
    Verdict.REVOKED: "Kartu ini dicabut oleh kantor penerbit dan tidak berlaku lagi.",
    Verdict.REPLACED: "Kode lama — minta kartu terbaru. Kode QR pada cetakan ini sudah diganti "
    "pemegangnya.",
    Verdict.PLACED: "Pemegang kartu ini sudah dicatat diterima kerja.",
    Verdict.EXPIRED: "Masa berlaku kartu ini sudah habis.",
    Verdict.REPORT_DUE: "Kartu asli, tetapi pemegangnya belum melapor pada waktunya.",
    Verdict.UNCHECKED: SELF_DECLARED,
    Verdict.VALID: "Kartu asli dan masih berlaku.",
}
SAME_AS_APPROVED = (
    "Nama, NIK, tanggal lahir, foto dan jenjang pendidikannya sama dengan yang disetujui petugas; "
    "selebihnya diisi sendiri oleh pemiliknya."
)
NOT_SAID = "Tidak dicantumkan."
# Verdicts with which the page shows neither photo nor profile: only the card itself.
WITHOUT_PROFILE = {Verdict.REVOKED, Verdict.REPLACED}
KINDS = {PayloadKind.AK1: "Kartu AK1", PayloadKind.SIAPKERJA_ID: "SIAPkerja-ID"}

RATE_LIMITED = HEADERS | {"retry-after": f"{MINUTE.total_seconds():.0f}"}


def check_page(sheet: CheckSheet) -> str:
    """The page for a code that the office gave out; a long profile is shortened."""
    return shorten_to_fit(lambda budget: _check_page(sheet, budget))


def _check_page(sheet: CheckSheet, budget: Budget) -> str:
    word = VERDICT_WORDS[sheet.verdict]
    parts = [_verdict(sheet.verdict, _detail(sheet)), _holder(sheet)]
    if sheet.verdict not in WITHOUT_PROFILE or sheet.is_full:
        parts += _profile(sheet, budget)
    if sheet.is_full:
        parts.append(_officer_part(sheet))
    title = f"{word} · {KINDS[sheet.kind]} {sheet.number}".strip()
    return page(title, *parts, _warnings(has_person=True))


def _profile(sheet: CheckSheet, budget: Budget) -> list[h.Node]:
    """Education and skills of an AK1 as printed on it; all other sections from the profile."""
    printed = [_education(sheet)] if sheet.kind is PayloadKind.AK1 else []
    return [*printed, *sections_of(sheet.sections, budget)]


def unknown_page() -> str:
    """The page for every code the office did not give out: the same bytes for all of them."""
    verdict = _verdict(Verdict.UNKNOWN, "")
    return page("TIDAK DIKENAL", verdict, _warnings(has_person=False))


def rate_limited_page(message: str) -> str:
    """The page for too many requests within a minute."""
    body = h.section(".plain")[h.h1["Mohon tunggu sebentar"], h.p[message]]
    return page("Mohon tunggu", body)


def _verdict(verdict: Verdict, detail: str) -> h.Node:
    tone = TONES[verdict]
    return h.section(f".verdict.{tone}")[
        h.svg(viewBox="0 0 34 34", aria_hidden="true")[
            h.circle(cx="17", cy="17", r="16"), h.path(d=ICONS[tone])
        ],
        h.h1(data_verdict=verdict)[VERDICT_WORDS[verdict]],
        h.p[ADVICE[verdict]],
        h.p[detail] if detail else None,
    ]


def _detail(sheet: CheckSheet) -> str:
    """The date that explains the verdict."""
    if sheet.verdict is Verdict.VALID:
        until = f"Sampai dengan {long_date(sheet.valid_until)}."
        return until if sheet.kind is PayloadKind.AK1 else f"{until} {SAME_AS_APPROVED}"
    if sheet.verdict is Verdict.EXPIRED:
        return f"Hari terakhirnya {long_date(sheet.valid_until)}."
    if sheet.verdict is Verdict.REPORT_DUE and sheet.missed_report:
        return f"Lapor tanggal {long_date(sheet.missed_report)} belum tercatat."
    if sheet.verdict is Verdict.REVOKED and sheet.revoked:
        return f"Dicabut tanggal {long_date(sheet.revoked)}."
    if sheet.verdict is Verdict.PLACED and sheet.placement:
        return f"Terhitung mulai {long_date(sheet.placement.on)}."
    return ""


def _holder(sheet: CheckSheet) -> h.Node:
    shows_photo = sheet.verdict not in WITHOUT_PROFILE or sheet.is_full
    issued, until = long_date(sheet.issued), long_date(sheet.valid_until)
    facts = [
        ("Tanggal terbit", issued),
        ("Berlaku sampai", until),
        ("Diterbitkan oleh", f"{settings.office_name} {settings.regency}"),
    ]
    if sheet.number:
        facts.insert(0, ("Nomor pendaftaran", sheet.number))
    if not sheet.is_checked:  # the office vouches for the code, not for the facts
        facts = [("Kode dibuat", issued), ("Kode berakhir", until), ("Diperiksa petugas", "Belum")]
    return [
        h.section(".holder")[
            photo_of(sheet.photo, sheet.facts.name) if sheet.photo and shows_photo else None,
            h.div[h.p(".kind")[f"{KINDS[sheet.kind]} · Pencari Kerja"], h.h2[sheet.facts.name]],
        ],
        h.section[_list(facts)],
    ]


def _education(sheet: CheckSheet) -> h.Node:
    facts = sheet.facts
    year = str(facts.graduation_year) if facts.graduation_year else ""
    school = ", ".join(filter(None, (facts.education, facts.major, year)))
    return h.section[
        h.h2["Pendidikan"],
        h.p[school or NOT_SAID],
        h.h2["Keterampilan"],
        h.ul[[h.li[skill] for skill in facts.skills]] if facts.skills else h.p[NOT_SAID],
    ]


def _officer_part(sheet: CheckSheet) -> h.Node:
    """NIK, address and more, for a signed-in officer only; that view is in the audit trail."""
    facts = sheet.facts
    rows = [
        ("NIK", facts.nik),
        ("Tempat, tanggal lahir", birth(facts)),
        ("Jenis kelamin", facts.sex),
        ("Status pernikahan", facts.marital_status),
        ("Agama", facts.religion),
        ("Alamat", f"{facts.address}, RT {facts.rt}/RW {facts.rw}"),
        ("Kelurahan/Desa", facts.village),
        ("Kecamatan", facts.district),
        ("Kabupaten/Kota", facts.regency),
        ("Provinsi", facts.province),
        ("Nomor HP", local_phone(facts.phone)),
    ]
    if sheet.placement:
        rows.append(("Diterima kerja di", sheet.placement.employer))
    return h.section(".full")[
        h.h2["Untuk petugas"],
        h.p["Hanya tampak karena Anda masuk sebagai petugas. Pembukaan ini dicatat."],
        _list(rows),
    ]


def _list(facts: list[Fact]) -> h.Node:
    return h.dl[[h.div[h.dt[label], h.dd[value or "–"]] for label, value in facts]]


def _warnings(*, has_person: bool) -> h.Node:
    site = urlsplit(settings.address).netloc
    return h.section(".care")[
        h.h2["Sebelum percaya"],
        h.ul[
            h.li["Cocokkan dengan KTP: nama dan wajah harus sama."] if has_person else None,
            h.li["Pastikan alamat situs di peramban Anda ", h.strong[site], "."],
        ],
    ]
