"""Landing page `/`: what the AK1 card is, what to prepare, the steps. Needs no JavaScript."""

import htpy as h

from ...core import routes
from ...core.settings import settings
from ...ui import theme
from .parts import button_link, figures, icon, whole_page
from .scene import river_scene

PROMISES = [
    ("clock", "Proses Cepat {checked_within} Jam", "Pengajuan Anda diperiksa dalam satu hari."),
    ("file", "Verifikasi Dokumen", "Setiap berkas dilihat petugas, bukan mesin."),
    ("check", "Layanan Gratis", "Tidak ada biaya apa pun, dari daftar sampai kartu di tangan."),
    ("shield", "Layanan 100% Resmi", "Diselenggarakan langsung oleh dinas, tanpa perantara."),
]
PAPERS = [
    ("KTP", "wajib"),
    ("Kartu Keluarga", "wajib"),
    ("Pas foto 3×4 berwarna", "wajib, JPG atau PNG"),
    ("Ijazah atau surat keterangan lulus", "wajib, kecuali tidak tamat SD"),
    ("Sertifikat keterampilan", "wajib bila Anda menulis keterampilan"),
    ("Surat pengalaman kerja", "bila ada"),
]
STEPS = [
    (
        "Buat akun",
        "Pakai email yang aktif. Kode {code_digits} angka kami kirim ke sana, berlaku "
        "{code_lifetime}.",
    ),
    ("Isi data diri", "Sesuai KTP dan Kartu Keluarga. Yang sudah diisi tersimpan sendiri."),
    ("Unggah berkas", "Cukup difoto dengan ponsel: rata, terang, semua sudut terlihat."),
    ("Setujui dan kirim", "Petugas memeriksa. Bila ada yang kurang, catatannya sampai ke email."),
    ("Ambil kartu di kantor", "Bawa KTP dan berkas asli. Kartu dicetak dan ditandatangani."),
]


CASES = [
    (
        "qr",
        "Memeriksa keaslian kartu",
        "Arahkan kamera ponsel ke kode QR pada kartu. Halaman resmi yang terbuka beralamat {host} "
        "dan menyebut dengan jelas apakah kartu berlaku.",
    ),
    (
        "work",
        "Sudah diterima bekerja",
        "Laporkan ke kantor kami. Bila kelak Anda mencari kerja lagi, kartu baru bisa diajukan "
        "dari akun yang sama.",
    ),
    (
        "calendar",
        "Belum bekerja",
        "Datang melapor setiap {report_months} bulan. Tanggalnya tertera di bagian belakang kartu.",
    ),
]

_BIG = "text-2xl sm:text-3xl font-bold tracking-tight leading-tight text-balance"


def welcome_page(home: str = "") -> h.HTMLElement:
    """The landing page; `home` is the first page of whoever is signed in."""
    known = figures() | {"host": settings.address.split("//", 1)[1]}
    main = h.main("#isi", tabindex="-1", class_="grow")[
        _hero(known["where"], home),
        _promises(known),
        _about(known["report_months"]),
        _prepare(known["paper_size"]),
        _steps(known),
        _holders(known),
        _visit(known),
    ]
    return whole_page(f"{settings.app_name} — Kartu AK1 online", main)


def _hero(where: str, home: str) -> h.Element:
    grid = "grid gap-8 lg:gap-12 lg:grid-cols-[1.05fr_1fr] py-8 sm:py-14"
    return h.section(class_=f"{theme.ROW_WIDTH} {grid}")[
        h.div(class_="flex flex-col justify-center")[
            h.p(class_="font-semibold text-(--brand)")[where],
            h.h1(
                class_="mt-3 text-[2.125rem] sm:text-5xl font-extrabold leading-[1.1] "
                "tracking-tight text-balance"
            )["Kartu pencari kerja AK1, diurus dari rumah"],
            h.p(class_=f"{theme.LEAD} mt-4 max-w-prose")[
                "Isi data dan foto berkas dari ponsel. Petugas memeriksa, Anda datang sekali saja "
                "untuk mengambil kartu."
            ],
            h.div(class_="mt-7 flex flex-col sm:flex-row gap-3")[_entry_links(home)],
        ],
        river_scene("w-full h-auto max-w-xl mx-auto lg:max-w-none"),
    ]


def _entry_links(home: str) -> list[h.Element]:
    if home:
        return [button_link("Buka beranda saya", f"{home}/", mark="home")]
    return [
        button_link("Daftar", f"{routes.REGISTER}/", f"{theme.PRIMARY} sm:min-w-36"),
        button_link("Login", f"{routes.LOGIN}/", f"{theme.SECONDARY} sm:min-w-36"),
    ]


def _promises(known: dict[str, str]) -> h.Element:
    grid = "grid gap-x-8 gap-y-7 sm:grid-cols-2 lg:grid-cols-4 py-10"
    said = "mt-1 text-[0.9375rem] leading-relaxed text-(--on-deep-muted)"
    return h.section(class_="bg-(--deep) text-(--on-deep)")[
        h.h2(".sr-only")["Janji layanan"],
        h.ul(class_=f"{theme.ROW_WIDTH} {grid}")[
            [
                h.li(class_="flex gap-3.5 lg:flex-col")[
                    h.span(class_="text-(--sun) shrink-0")[icon(mark, "size-7")],
                    h.div[
                        h.h3(class_="font-bold leading-snug")[name.format_map(known)],
                        h.p(class_=said)[text],
                    ],
                ]
                for mark, name, text in PROMISES
            ]
        ],
    ]


def _about(report_months: str) -> h.Element:
    months = settings.validity_months
    validity = f"{months // 12} tahun" if months % 12 == 0 else f"{months} bulan"
    facts = [
        (validity, "masa berlaku kartu"),
        (f"{report_months} bulan", "sekali melapor, selama belum bekerja"),
        ("Nasional", "berlaku di seluruh Indonesia"),
    ]
    return _band(
        h.div[
            h.h2(class_=_BIG)["Apa itu kartu AK1?"],
            h.p(class_=f"{theme.LEAD} mt-4")[
                "AK1, atau kartu kuning, adalah tanda bukti bahwa Anda terdaftar sebagai pencari "
                "kerja di dinas tenaga kerja. Perusahaan dan panitia seleksi sering memintanya "
                "saat Anda melamar. Dinas memakainya untuk menghubungkan Anda dengan lowongan, "
                "pelatihan, dan bursa kerja."
            ],
        ],
        h.dl(class_="flex flex-col gap-5 lg:pt-2")[
            [
                h.div(class_="flex flex-col border-l-4 border-(--sun) pl-4")[
                    h.dt(class_=f"{theme.MUTED} order-2")[meaning],
                    h.dd(class_="text-2xl font-bold leading-tight")[value],
                ]
                for value, meaning in facts
            ]
        ],
        class_="grid gap-8 lg:gap-16 lg:grid-cols-[1.5fr_1fr]",
    )


def _prepare(paper_size: str) -> h.Element:
    return _band(
        h.div[
            h.h2(class_=_BIG)["Siapkan ini dulu"],
            h.p(class_=f"{theme.LEAD} mt-4")[
                f"Berkas boleh berupa foto (JPG, PNG) atau PDF, paling besar {paper_size}. Foto "
                "yang terlalu besar diperkecil sendiri di ponsel Anda."
            ],
            h.p(class_=f"{theme.LEAD} mt-3")[
                "Juga satu alamat email yang bisa Anda buka dan nomor HP yang aktif."
            ],
        ],
        h.ul(class_=f"{theme.CARD} flex flex-col gap-4")[
            [_paper(name, note) for name, note in PAPERS]
        ],
        class_="grid gap-8 lg:gap-16 lg:grid-cols-2 items-start",
        tint=True,
    )


def _paper(name: str, note: str) -> h.Element:
    disc = "mt-0.5 grid size-6 shrink-0 place-items-center rounded-full bg-(--brand-soft)"
    return h.li(class_="flex gap-3")[
        h.span(class_=f"{disc} text-(--brand)")[icon("check", "size-4")],
        h.p[
            h.span(class_="font-semibold")[name],
            h.span(class_="text-(--muted)")[f" · {note}"],
        ],
    ]


def _steps(known: dict[str, str]) -> h.Element:
    figure = "text-4xl font-extrabold leading-none text-(--brand) lg:text-5xl"
    return _band(
        h.h2(class_=_BIG)["Lima langkah sampai kartu jadi"],
        h.ol(class_="mt-8 grid gap-7 sm:grid-cols-2 lg:grid-cols-5 lg:gap-6")[
            [
                h.li(class_="flex gap-4 lg:flex-col lg:gap-3")[
                    h.span(aria_hidden="true", class_=figure)[str(number)],
                    h.div[
                        h.h3(class_="font-bold leading-snug")[name],
                        h.p(class_=f"{theme.MUTED} mt-1")[text.format_map(known)],
                    ],
                ]
                for number, (name, text) in enumerate(STEPS, 1)
            ]
        ],
    )


def _holders(known: dict[str, str]) -> h.Element:
    return _band(
        h.h2(".sr-only")["Sudah memegang kartu?"],
        [
            h.div[
                h.span(class_="text-(--brand)")[icon(mark, "size-7")],
                h.h3(class_="mt-2 font-bold")[name],
                h.p(class_=f"{theme.MUTED} mt-1 wrap-break-word")[text.format_map(known)],
            ]
            for mark, name, text in CASES
        ],
        class_="grid gap-8 md:grid-cols-3",
        tint=True,
    )


def _visit(known: dict[str, str]) -> h.Element:
    ways = [
        ("pin", known["address"]),
        ("clock", known["hours"]),
        ("mail", known["email"]),
        ("phone", settings.office_phone),
    ]
    return _band(
        h.div[
            h.h2(class_=_BIG)["Tidak bisa mengurus sendiri?"],
            h.p(class_=f"{theme.LEAD} mt-4")[
                "Datang saja ke kantor dengan berkas asli. Petugas membantu mengisi dari loket, "
                "juga gratis."
            ],
            h.p(class_=f"{theme.MUTED} mt-3")[
                "Jangan pernah memberikan kode OTP atau password kepada siapa pun, termasuk kepada "
                "orang yang mengaku petugas."
            ],
        ],
        h.ul(class_="flex flex-col gap-4 lg:pt-2")[
            [
                h.li(class_="flex gap-3")[
                    h.span(class_="text-(--brand) mt-0.5")[icon(mark)],
                    h.span(class_="font-medium wrap-break-word min-w-0")[text],
                ]
                for mark, text in ways
                if text
            ]
        ],
        class_="grid gap-8 lg:gap-16 lg:grid-cols-[1.5fr_1fr]",
    )


def _band(*children: h.Node, class_: str = "", tint: bool = False) -> h.Element:
    return h.section(class_="bg-(--tint)" if tint else None)[
        h.div(class_=f"{theme.ROW_WIDTH} {class_} py-12 sm:py-16")[children]
    ]
