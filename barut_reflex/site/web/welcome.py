"""The front door: what the card is, what to bring, how it goes. Readable without JavaScript."""

from typing import Any

import reflex as rx

from ...core import desks, routes
from ...core.figures import CHECKED_WITHIN, size_text
from ...core.settings import settings
from ...gate.doors import Who
from ...gate.shell import bare_page, own_home
from ...ui import theme
from ...ui.forms import link_button
from ...ui.icons import icon
from ...ui.scene import river_scene

WORDS = desks.merged(lambda desk: desk.words)
HOST = settings.address.split("//", 1)[1]

PROMISES = [
    ("clock", f"Proses Cepat {CHECKED_WITHIN} Jam", "Pengajuan Anda diperiksa dalam satu hari."),
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
        f"Pakai email yang aktif. Kode {WORDS['code_digits']} angka kami kirim ke sana, berlaku "
        f"{WORDS['code_lasts']}.",
    ),
    ("Isi data diri", "Sesuai KTP dan Kartu Keluarga. Yang sudah diisi tersimpan sendiri."),
    ("Unggah berkas", "Cukup difoto dengan ponsel: rata, terang, semua sudut terlihat."),
    ("Setujui dan kirim", "Petugas memeriksa. Bila ada yang kurang, catatannya sampai ke email."),
    ("Ambil kartu di kantor", "Bawa KTP dan berkas asli. Kartu dicetak dan ditandatangani."),
]


def welcome_page() -> rx.Component:
    """The landing page."""
    return bare_page(_hero(), _promises(), _about(), _prepare(), _steps(), _holders(), _visit())


_WIDTH = "mx-auto w-full max-w-6xl px-4 sm:px-6"
_BIG = "text-2xl sm:text-3xl font-bold tracking-tight leading-tight text-balance"


def _hero() -> rx.Component:
    where = f"{settings.office_name} {settings.regency}"
    return rx.el.section(
        rx.el.div(
            rx.el.p(where, class_name="font-semibold text-(--brand)"),
            rx.el.h1(
                "Kartu pencari kerja AK1, diurus dari rumah",
                class_name=(
                    "mt-3 text-[2.125rem] sm:text-5xl font-extrabold leading-[1.1] "
                    "tracking-tight text-balance"
                ),
            ),
            rx.el.p(
                "Isi data dan foto berkas dari ponsel. Petugas memeriksa, "
                "Anda datang sekali saja untuk mengambil kartu.",
                class_name=f"{theme.LEAD} mt-4 max-w-prose",
            ),
            rx.cond(Who.role == "", _guest_doors(), _own_door()),
            class_name="flex flex-col justify-center",
        ),
        river_scene("w-full h-auto max-w-xl mx-auto lg:max-w-none"),
        class_name=f"{_WIDTH} grid gap-8 lg:gap-12 lg:grid-cols-[1.05fr_1fr] py-8 sm:py-14",
    )


def _guest_doors() -> rx.Component:
    return rx.el.div(
        link_button("Daftar", routes.REGISTER, class_name=f"{theme.PRIMARY} sm:min-w-36"),
        link_button(
            "Login", routes.LOGIN, "secondary", class_name=f"{theme.SECONDARY} sm:min-w-36"
        ),
        class_name="mt-7 flex flex-col sm:flex-row gap-3",
    )


def _own_door() -> rx.Component:
    return rx.el.div(
        link_button("Buka beranda saya", own_home(), icon="home"),
        class_name="mt-7 flex flex-col sm:flex-row",
    )


def _promises() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Janji layanan", class_name="sr-only"),
        rx.el.ul(
            *[_promise(*promise) for promise in PROMISES],
            class_name=f"{_WIDTH} grid gap-x-8 gap-y-7 sm:grid-cols-2 lg:grid-cols-4 py-10",
        ),
        class_name="bg-(--deep) text-(--on-deep)",
    )


def _promise(mark: str, name: str, text: str) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon(mark, "size-7"), class_name="text-(--sun) shrink-0"),
        rx.el.div(
            rx.el.h3(name, class_name="font-bold leading-snug"),
            rx.el.p(
                text, class_name="mt-1 text-[0.9375rem] leading-relaxed text-(--on-deep-muted)"
            ),
        ),
        class_name="flex gap-3.5 lg:flex-col",
    )


def _about() -> rx.Component:
    months = settings.validity_months
    validity = f"{months // 12} tahun" if months % 12 == 0 else f"{months} bulan"
    facts = [
        (validity, "masa berlaku kartu"),
        (f"{settings.report_months} bulan", "sekali melapor, selama belum bekerja"),
        ("Nasional", "berlaku di seluruh Indonesia"),
    ]
    return _band(
        rx.el.div(
            rx.el.h2("Apa itu kartu AK1?", class_name=_BIG),
            rx.el.p(
                "AK1, atau kartu kuning, adalah tanda bukti bahwa Anda terdaftar sebagai pencari "
                "kerja di dinas tenaga kerja. Perusahaan dan panitia seleksi sering memintanya "
                "saat Anda melamar. Dinas memakainya untuk menghubungkan Anda dengan lowongan, "
                "pelatihan, dan bursa kerja.",
                class_name=f"{theme.LEAD} mt-4",
            ),
        ),
        rx.el.dl(*[_fact(*fact) for fact in facts], class_name="flex flex-col gap-5 lg:pt-2"),
        class_name="grid gap-8 lg:gap-16 lg:grid-cols-[1.5fr_1fr]",
    )


def _fact(value: str, meaning: str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(meaning, class_name=f"{theme.MUTED} order-2"),
        rx.el.dd(value, class_name="text-2xl font-bold leading-tight"),
        class_name="flex flex-col border-l-4 border-(--sun) pl-4",
    )


def _prepare() -> rx.Component:
    return _band(
        rx.el.div(
            rx.el.h2("Siapkan ini dulu", class_name=_BIG),
            rx.el.p(
                "Berkas boleh berupa foto (JPG, PNG) atau PDF, paling besar "
                f"{size_text(settings.paper_limit)}. Foto yang terlalu besar diperkecil sendiri di "
                "ponsel Anda.",
                class_name=f"{theme.LEAD} mt-4",
            ),
            rx.el.p(
                "Juga satu alamat email yang bisa Anda buka dan nomor HP yang aktif.",
                class_name=f"{theme.LEAD} mt-3",
            ),
        ),
        rx.el.ul(
            *[_paper(name, note) for name, note in PAPERS],
            class_name=f"{theme.CARD} flex flex-col gap-4",
        ),
        class_name="grid gap-8 lg:gap-16 lg:grid-cols-2 items-start",
        tint=True,
    )


def _paper(name: str, note: str) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            icon("check", "size-4"),
            class_name="mt-0.5 grid size-6 shrink-0 place-items-center rounded-full "
            "bg-(--brand-soft) text-(--brand)",
        ),
        rx.el.p(
            rx.el.span(name, class_name="font-semibold"),
            rx.el.span(f" · {note}", class_name="text-(--muted)"),
        ),
        class_name="flex gap-3",
    )


def _steps() -> rx.Component:
    return _band(
        rx.el.h2("Lima langkah sampai kartu jadi", class_name=_BIG),
        rx.el.ol(
            *[_step(number, *step) for number, step in enumerate(STEPS, 1)],
            class_name="mt-8 grid gap-7 sm:grid-cols-2 lg:grid-cols-5 lg:gap-6",
        ),
    )


def _step(number: int, name: str, text: str) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            str(number),
            aria_hidden="true",
            class_name="text-4xl font-extrabold leading-none text-(--brand) lg:text-5xl",
        ),
        rx.el.div(
            rx.el.h3(name, class_name="font-bold leading-snug"),
            rx.el.p(text, class_name=f"{theme.MUTED} mt-1"),
        ),
        class_name="flex gap-4 lg:flex-col lg:gap-3",
    )


def _holders() -> rx.Component:
    return _band(
        rx.el.h2("Sudah memegang kartu?", class_name="sr-only"),
        _case(
            "qr",
            "Memeriksa keaslian kartu",
            "Arahkan kamera ponsel ke kode QR pada kartu. Halaman resmi yang terbuka beralamat "
            f"{HOST} dan menyebut dengan jelas apakah kartu berlaku.",
        ),
        _case(
            "work",
            "Sudah diterima bekerja",
            "Laporkan ke kantor kami. Bila kelak Anda mencari kerja lagi, kartu baru bisa diajukan "
            "dari akun yang sama.",
        ),
        _case(
            "calendar",
            "Belum bekerja",
            f"Datang melapor setiap {settings.report_months} bulan. Tanggalnya tertera di bagian "
            "belakang kartu.",
        ),
        class_name="grid gap-8 md:grid-cols-3",
        tint=True,
    )


def _case(mark: str, name: str, text: str) -> rx.Component:
    return rx.el.div(
        rx.el.span(icon(mark, "size-7"), class_name="text-(--brand)"),
        rx.el.h3(name, class_name="mt-2 font-bold"),
        rx.el.p(text, class_name=f"{theme.MUTED} mt-1 wrap-break-word"),
    )


def _visit() -> rx.Component:
    ways = [
        ("pin", settings.office_address),
        ("clock", settings.office_hours),
        ("mail", settings.office_email),
        ("phone", settings.office_phone),
    ]
    return _band(
        rx.el.div(
            rx.el.h2("Tidak bisa mengurus sendiri?", class_name=_BIG),
            rx.el.p(
                "Datang saja ke kantor dengan berkas asli. Petugas membantu mengisi dari loket, "
                "juga gratis.",
                class_name=f"{theme.LEAD} mt-4",
            ),
            rx.el.p(
                "Jangan pernah memberikan kode OTP atau password kepada siapa pun, termasuk kepada "
                "orang yang mengaku petugas.",
                class_name=f"{theme.MUTED} mt-3",
            ),
        ),
        rx.el.ul(
            *[_way(mark, text) for mark, text in ways if text],
            class_name="flex flex-col gap-4 lg:pt-2",
        ),
        class_name="grid gap-8 lg:gap-16 lg:grid-cols-[1.5fr_1fr]",
    )


def _way(mark: str, text: str) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon(mark), class_name="text-(--brand) mt-0.5"),
        rx.el.span(text, class_name="font-medium wrap-break-word min-w-0"),
        class_name="flex gap-3",
    )


def _band(*children: Any, class_name: str = "", tint: bool = False) -> rx.Component:
    ground = "bg-(--tint)" if tint else ""
    return rx.el.section(
        rx.el.div(*children, class_name=f"{_WIDTH} {class_name} py-12 sm:py-16"), class_name=ground
    )
