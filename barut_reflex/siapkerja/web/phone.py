"""The card as a page of its own: it holds everything it shows, so a phone can keep it."""

import base64
import hashlib
from html import escape

from ...cards.dates import SELF_TOLD, VERDICT_WORDS, Verdict
from ...core import clock, routes
from ...core.indonesian import long_date, long_time
from ...core.settings import settings
from ...ui.brand import LOGO
from ..service.digital import PhoneCard

STYLE = """
:root{--paper:#eef4f3;--sheet:#fff;--ink:#102426;--soft:#4d5f61;--deep:#0a4240;--sun:#f6c52b;
--brand:#0b6b66;--success:#0a6b3d;--warning:#7a4a00;--danger:#a81c1c;--neutral:#33566b}
@media(prefers-color-scheme:dark){:root{--paper:#0d1718;--sheet:#15211f;--ink:#eaf3f2;--soft:#a9bab9;
--brand:#5fd0c6;--success:#6fd6a0;--warning:#f0bd6b;--danger:#ff9a93;--neutral:#a9c4d6}}
*{box-sizing:border-box;margin:0}
body{background:var(--paper);color:var(--ink);font:16px/1.5 "Plus Jakarta Sans",system-ui,
-apple-system,"Segoe UI",Roboto,sans-serif;min-height:100vh;padding:16px}
main{max-width:26rem;margin:0 auto;display:flex;flex-direction:column;gap:16px}
article{background:var(--sheet);border-radius:20px;overflow:hidden;box-shadow:0 2px 14px #0002}
.band{background:var(--deep);color:#fff;border-bottom:5px solid var(--sun);padding:14px 20px;
display:flex;justify-content:space-between;align-items:center;gap:12px}
.band.unchecked{background:#8a5300}
.band svg{width:34px;height:34px;flex:none}.band p{font-size:13px}
h1{font-size:22px;line-height:1.15}
.who{display:flex;gap:16px;padding:20px 20px 0}.who img{border-radius:10px;flex:none}
.who div{min-width:0}h2{font-size:20px;line-height:1.25;overflow-wrap:anywhere}
.state{font-weight:700}.success{color:var(--success)}.warning{color:var(--warning)}
.danger{color:var(--danger)}.neutral{color:var(--neutral)}
dl{display:grid;grid-template-columns:1fr 1fr;gap:12px;padding:16px 20px}
dt{font-size:13px;color:var(--soft)}dd{font-weight:600;font-variant-numeric:tabular-nums;
overflow-wrap:anywhere}.wide{grid-column:1/-1}
.code{display:block;width:100%;border:0;background:#fff;padding:8px;cursor:pointer;color:#102426;
font:inherit;font-weight:600}.code svg{display:block;width:100%;max-width:300px;margin:0 auto}
p.note{font-size:14px;color:var(--soft)}
.acts{display:flex;flex-wrap:wrap;gap:10px}
.acts a,.acts button{flex:1 1 40%;min-height:48px;display:inline-flex;align-items:center;
justify-content:center;border-radius:12px;border:1px solid var(--brand);background:none;
color:var(--brand);font:inherit;font-weight:600;text-decoration:none;cursor:pointer;
padding:8px 12px}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
dialog{border:0;padding:0;margin:0;width:100vw;height:100vh;max-width:none;max-height:none;
background:#fff}dialog button{width:100%;height:100%;border:0;background:#fff;color:#102426;
font:600 18px/1.4 inherit;font-family:inherit;padding:4vmin}
dialog svg{display:block;width:min(92vw,82vh);margin:0 auto}
@media print{.acts,.note{display:none}}
"""
CONTENT_POLICY = (
    "default-src 'none'; style-src 'sha256-"
    f"{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; script-src 'self'; "
    "img-src 'self' data:; manifest-src 'self'; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def phone_page(own: PhoneCard) -> str:
    """My card: photo, name, state, number, QR, validity; nothing else of me."""
    card = own.card
    body = (
        f"<article>{_band(own)}{_who(own)}{_facts(own)}"
        f'<button class="code" type="button" data-large aria-haspopup="dialog">{own.qr}'
        "<span>Ketuk untuk memperbesar</span></button></article>"
        f'<p class="note">Keadaan per {long_time(clock.now())} WIB. Yang memindai kode QR dengan '
        "sinyal melihat keadaan terbaru.</p>"
        '<p class="note" role="status" data-kept></p>'
        '<p class="note">Di ponsel bersama atau pinjaman: hapus kartu ini setelah dipakai.</p>'
        f"{_acts()}"
    )
    large = (
        '<dialog id="besar" aria-label="Kode QR besar"><button type="button">'
        f"{own.qr}<span>Ketuk untuk menutup</span></button></dialog>"
    )
    return _page(card.kind, f"<main>{body}</main>{large}")


def _band(own: PhoneCard) -> str:
    """Card and office; where no officer approved the facts, that instead."""
    card, tone = own.card, ""
    title, line = card.kind, f"{settings.office_name} {settings.regency}"
    if not card.is_checked:
        title, line, tone = VERDICT_WORDS[Verdict.UNCHECKED], SELF_TOLD, " unchecked"
    words = f"<div><h1>{escape(title)}</h1><p>{escape(line)}</p></div>"
    return f'<div class="band{tone}">{words}{LOGO}</div>'


def _who(own: PhoneCard) -> str:
    card, photo = own.card, ""
    kind = "" if card.is_checked else f"{escape(card.kind)} · "
    if own.photo:
        data = base64.b64encode(own.photo).decode()
        photo = (
            f'<img src="data:image/jpeg;base64,{data}" width="90" height="120" '
            f'alt="Pas foto {escape(card.name)}">'
        )
    return (
        f'<div class="who">{photo}<div><h2>{escape(card.name)}</h2><p>{kind}Pencari Kerja</p>'
        f'<p class="state {card.tone}">{escape(card.state)}</p></div></div>'
    )


def _facts(own: PhoneCard) -> str:
    card = own.card
    number = (
        f'<div class="wide"><dt>Nomor pendaftaran</dt><dd>{card.number}</dd></div>'
        if card.number
        else ""
    )
    return (
        f"<dl>{number}<div><dt>Terbit</dt><dd>{long_date(card.issued)}</dd></div>"
        f"<div><dt>Berlaku sampai</dt><dd>{long_date(card.valid_until)}</dd></div></dl>"
    )


def _acts() -> str:
    return (
        f'<div class="acts"><a href="{routes.OWN_CARD}.pdf" download>Simpan PDF</a>'
        f'<a href="{routes.OWN_CARD}.png" download>Simpan Gambar</a>'
        '<button type="button" data-forget>Hapus dari Ponsel Ini</button>'
        f'<a href="{routes.MY_CARD}/">Kembali</a></div>'
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow">'
        '<meta name="color-scheme" content="light dark"><meta name="theme-color" content="#0a4240">'
        f"<title>{escape(title)}</title>"
        '<link rel="manifest" href="/kartu.webmanifest"><link rel="icon" href="/logo.svg">'
        '<link rel="apple-touch-icon" href="/apple-touch-icon.png">'
        f'<style>{STYLE}</style></head><body>{body}<script src="/card.js" defer></script>'
        "</body></html>"
    )
