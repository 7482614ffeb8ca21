"""The check page behind the QR: plain HTML for any phone, no script, nothing fetched."""

import base64
import hashlib
from datetime import date
from html import escape
from urllib.parse import urlsplit

from ...cards.dates import SELF_TOLD, VERDICT_WORDS, Verdict
from ...core.indonesian import local_phone, long_date
from ...core.settings import settings
from ...seal.rules import PayloadKind
from ...ui import routes
from ..service.checking import CheckSheet
from ..service.looking import MINUTE
from .check_style import STYLE
from .profile import ON_THE_CARD, Room, fitting, sections_of

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
MARKS = {  # drawn, so that the tone is never told by colour alone
    "good": '<path d="M10 17.5l5 5 9.5-11"/>',
    "warn": '<path d="M17 9v10M17 24.5v.5"/>',
    "calm": '<path d="M11 17h12"/>',
    "bad": '<path d="M11.5 11.5l11 11m0-11l-11 11"/>',
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
    Verdict.UNCHECKED: SELF_TOLD,
    Verdict.VALID: "Kartu asli dan masih berlaku.",
}
CHECKED = (
    "Nama, NIK, tanggal lahir, foto dan jenjang pendidikannya sama dengan yang disetujui petugas; "
    "selebihnya diisi sendiri oleh pemiliknya."
)
LIMITED = {Verdict.REVOKED, Verdict.REPLACED}  # nothing more of the person than the card itself
KINDS = {PayloadKind.AK1: "Kartu AK1", PayloadKind.SIAPKERJA_ID: "SIAPkerja-ID"}

CONTENT_POLICY = (
    "default-src 'none'; style-src 'sha256-"
    f"{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
OPEN = {  # of a page that stands open, and is one person's all the same
    "content-security-policy": CONTENT_POLICY,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
}
CROWDED = OPEN | {"retry-after": f"{MINUTE.total_seconds():.0f}"}


def check_page(sheet: CheckSheet) -> str:
    """The page for a code of ours; a long profile is shortened until it fits."""
    return fitting(lambda room: _check_page(sheet, room))


def _check_page(sheet: CheckSheet, room: Room) -> str:
    word = VERDICT_WORDS[sheet.verdict]
    parts = [_verdict(sheet.verdict, _detail(sheet)), _holder(sheet)]
    if sheet.verdict not in LIMITED or sheet.is_full:
        parts += _profile(sheet, room)
    if sheet.is_full:
        parts.append(_everything(sheet))
    title = f"{word} · {KINDS[sheet.kind]} {sheet.number}".strip()
    return page(title, *parts, _warnings(has_person=True))


def _profile(sheet: CheckSheet, room: Room) -> list[str]:
    """An AK1 says of education and skills what is printed on it; the rest is the profile's."""
    if sheet.kind is PayloadKind.SIAPKERJA_ID:
        return sections_of(sheet.sections, room)
    others = [section for section in sheet.sections if section.key not in ON_THE_CARD]
    return [_education(sheet), *sections_of(others, room)]


def unknown_page() -> str:
    """The page for every code that is not ours: the same bytes for all of them."""
    verdict = _verdict(Verdict.UNKNOWN, "")
    return page("TIDAK DIKENAL", verdict, _warnings(has_person=False))


def crowded_page(message: str) -> str:
    """The page for too many looks within a minute."""
    body = (
        f'<section class="plain"><h1>Mohon tunggu sebentar</h1><p>{escape(message)}</p></section>'
    )
    return page("Mohon tunggu", body)


def _verdict(verdict: Verdict, detail: str) -> str:
    tone = TONES[verdict]
    more = f"<p>{escape(detail)}</p>" if detail else ""
    return (
        f'<section class="verdict {tone}"><svg viewBox="0 0 34 34" aria-hidden="true">'
        f'<circle cx="17" cy="17" r="16"/>{MARKS[tone]}</svg>'
        f'<h1 data-verdict="{verdict}">{VERDICT_WORDS[verdict]}</h1>'
        f"<p>{ADVICE[verdict]}</p>{more}</section>"
    )


def _detail(sheet: CheckSheet) -> str:
    """The date that explains the verdict."""
    if sheet.verdict is Verdict.VALID:
        until = f"Sampai dengan {long_date(sheet.valid_until)}."
        return until if sheet.kind is PayloadKind.AK1 else f"{until} {CHECKED}"
    if sheet.verdict is Verdict.EXPIRED:
        return f"Hari terakhirnya {long_date(sheet.valid_until)}."
    if sheet.verdict is Verdict.REPORT_DUE and sheet.missed:
        return f"Lapor tanggal {long_date(sheet.missed)} belum tercatat."
    if sheet.verdict is Verdict.REVOKED and sheet.revoked:
        return f"Dicabut tanggal {long_date(sheet.revoked)}."
    if sheet.verdict is Verdict.PLACED and sheet.placement:
        return f"Terhitung mulai {long_date(sheet.placement.on)}."
    return ""


def _holder(sheet: CheckSheet) -> str:
    shows_photo = sheet.photo and (sheet.verdict not in LIMITED or sheet.is_full)
    photo = photo_of(sheet.photo, sheet.facts.name) if sheet.photo and shows_photo else ""
    number = [("Nomor pendaftaran", sheet.number)] if sheet.number else []
    issued, until = long_date(sheet.issued), long_date(sheet.valid_until)
    facts = [
        *number,
        ("Tanggal terbit", issued),
        ("Berlaku sampai", until),
        ("Diterbitkan oleh", f"{settings.office_name} {settings.regency}"),
    ]
    if not sheet.is_checked:  # then the office stands for nothing but its code
        facts = [("Kode dibuat", issued), ("Kode berakhir", until), ("Diperiksa petugas", "Belum")]
    kind = f"{KINDS[sheet.kind]} · Pencari Kerja"
    return (
        f'<section class="holder">{photo}<div><p class="kind">{kind}</p>'
        f"<h2>{escape(sheet.facts.name)}</h2></div></section>"
        f"<section>{_list(facts)}</section>"
    )


def photo_of(photo: bytes, name: str) -> str:
    data = base64.b64encode(photo).decode()
    return (
        f'<img src="data:image/jpeg;base64,{data}" width="66" height="88" '
        f'alt="Pas foto {escape(name)}">'
    )


def _education(sheet: CheckSheet) -> str:
    facts = sheet.facts
    year = str(facts.graduation_year) if facts.graduation_year else ""
    school = ", ".join(filter(None, (facts.education, facts.major, year)))
    skills = "".join(f"<li>{escape(skill)}</li>" for skill in facts.skills)
    listed = f"<ul>{skills}</ul>" if skills else "<p>Tidak dicantumkan.</p>"
    return (
        f"<section><h2>Pendidikan</h2><p>{escape(school or 'Tidak dicantumkan.')}</p>"
        f"<h2>Keterampilan</h2>{listed}</section>"
    )


def _everything(sheet: CheckSheet) -> str:
    """For a signed-in officer only; that view is in the audit trail."""
    facts = sheet.facts
    day = long_date(date.fromisoformat(facts.birth_date)) if facts.birth_date else ""
    rows = [
        ("NIK", facts.nik),
        ("Tempat, tanggal lahir", ", ".join(filter(None, (facts.birth_place, day)))),
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
    return (
        '<section class="full"><h2>Untuk petugas</h2><p>Hanya tampak karena Anda masuk sebagai '
        f"petugas. Pembukaan ini dicatat.</p>{_list(rows)}</section>"
    )


def _list(facts: list[Fact]) -> str:
    rows = (f"<div><dt>{label}</dt><dd>{escape(value or '–')}</dd></div>" for label, value in facts)
    return f"<dl>{''.join(rows)}</dl>"


def _warnings(*, has_person: bool) -> str:
    site = escape(urlsplit(settings.address).netloc)
    match = "<li>Cocokkan dengan KTP: nama dan wajah harus sama.</li>" if has_person else ""
    return (
        f'<section class="care"><h2>Sebelum percaya</h2><ul>{match}'
        f"<li>Pastikan alamat situs di peramban Anda <strong>{site}</strong>.</li></ul></section>"
    )


def page(title: str, *parts: str, kind: str = "Pemeriksaan kartu") -> str:
    """A whole page in the look of the check page."""
    office = escape(f"{settings.office_name} {settings.regency}")
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow">'
        '<meta name="referrer" content="no-referrer">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><header>{LOGO}<p><strong>"
        f"{escape(settings.app_name)}</strong><span>{escape(kind)}</span></p></header>"
        f"<main>{''.join(parts)}</main><footer><p>{office}</p>"
        f'<p><a href="{routes.HELP}/">Bantuan</a> <a href="{routes.VERIFIER}/">Periksa banyak '
        "kartu, juga tanpa sinyal</a></p></footer></body></html>"
    )


LOGO = (
    '<svg viewBox="0 0 48 48" aria-hidden="true"><g fill="none" stroke-width="7.5">'
    '<path stroke="#0f8f86" d="M21 9.75h7a7.1 7.1 0 0 1 0 14.2h-7"/>'
    '<path stroke="#3fa34d" d="M21 23.95h9a7.15 7.15 0 0 1 0 14.3h-9"/></g>'
    '<rect x="6" y="6" width="12.5" height="36" rx="3.5" fill="#f6c52b"/>'
    '<path stroke="#7a5a00" stroke-width="2" stroke-linecap="round" d="M9.75 30h5M9.75 34.5h5"/>'
    '<circle cx="12.25" cy="14" r="2.5" fill="#7a5a00"/></svg>'
)
