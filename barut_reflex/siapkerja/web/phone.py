"""HTML of `/kartu-saya/`: the digital card as one self-contained page that works offline."""

import base64
import hashlib

import htpy as h
from markupsafe import Markup

from ...cards.dates import SELF_DECLARED, STATE_LABELS, VERDICT_WORDS, Verdict
from ...cards.queries.lookup import TONES
from ...core import clock, routes
from ...core.indonesian import long_date, long_time
from ...core.settings import settings
from ...ui.brand import LOGO
from ...ui.plain import unlisted_head
from ..service.digital import PhoneCard

STYLE = Markup("""
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
""")
CONTENT_POLICY = (
    "default-src 'none'; style-src 'sha256-"
    f"{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; script-src 'self'; "
    "img-src 'self' data:; manifest-src 'self'; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def phone_page(own: PhoneCard) -> str:
    """The whole page. Of personal data: photo, name, state, number, QR, dates; nothing else."""
    qr = Markup(own.qr)  # noqa: S704  ours
    return _page(
        own.card.kind,
        h.main[
            h.article[
                _band(own),
                _who(own),
                _facts(own),
                h.button(".code", type="button", data_large=True, aria_haspopup="dialog")[
                    qr, h.span["Ketuk untuk memperbesar"]
                ],
            ],
            h.p(".note")[
                f"Keadaan per {long_time(clock.now())} WIB. Yang memindai kode QR dengan sinyal "
                "melihat keadaan terbaru."
            ],
            h.p(".note", role="status", data_kept=True),
            h.p(".note")["Di ponsel bersama atau pinjaman: hapus kartu ini setelah dipakai."],
            _acts(),
        ],
        h.dialog("#besar", aria_label="Kode QR besar")[
            h.button(type="button")[qr, h.span["Ketuk untuk menutup"]]
        ],
    )


def _band(own: PhoneCard) -> h.Node:
    """The head of the card: its kind and the office, or a warning if no officer approved it."""
    name, line = own.card.kind, f"{settings.office_name} {settings.regency}"
    if not own.card.is_checked:
        name, line = VERDICT_WORDS[Verdict.UNCHECKED], SELF_DECLARED
    classes = {"band": True, "unchecked": not own.card.is_checked}
    return h.div(class_=classes)[h.div[h.h1[name], h.p[line]], Markup(LOGO)]  # noqa: S704  ours


def _who(own: PhoneCard) -> h.Node:
    card, photo = own.card, None
    kind = "" if card.is_checked else f"{card.kind} · "
    if own.photo:
        data = f"data:image/jpeg;base64,{base64.b64encode(own.photo).decode()}"
        photo = h.img(src=data, width="90", height="120", alt=f"Pas foto {card.name}")
    return h.div(".who")[
        photo,
        h.div[
            h.h2[card.name],
            h.p[f"{kind}Pencari Kerja"],
            h.p(class_=["state", TONES[card.state]])[STATE_LABELS[card.state]],
        ],
    ]


def _facts(own: PhoneCard) -> h.Node:
    card = own.card
    return h.dl[
        h.div(".wide")[h.dt["Nomor pendaftaran"], h.dd[card.number]] if card.number else None,
        h.div[h.dt["Terbit"], h.dd[long_date(card.issued)]],
        h.div[h.dt["Berlaku sampai"], h.dd[long_date(card.valid_until)]],
    ]


def _acts() -> h.Node:
    return h.div(".acts")[
        h.a(href=f"{routes.OWN_CARD}.pdf", download=True)["Simpan PDF"],
        h.a(href=f"{routes.OWN_CARD}.png", download=True)["Simpan Gambar"],
        h.button(type="button", data_forget=True)["Hapus dari Ponsel Ini"],
        h.a(href=f"{routes.MY_CARD}/")["Kembali"],
    ]


def _page(title: str, *parts: h.Node) -> str:
    return str(
        h.html(lang="id")[
            unlisted_head(
                title,
                h.meta(name="theme-color", content="#0a4240"),
                h.link(rel="manifest", href="/kartu.webmanifest"),
                h.link(rel="icon", href="/logo.svg"),
                h.link(rel="apple-touch-icon", href="/apple-touch-icon.png"),
                h.style[STYLE],
            ),
            h.body[parts, h.script(src="/card.js", defer=True)],
        ]
    )
