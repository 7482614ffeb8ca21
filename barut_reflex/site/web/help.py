"""`/bantuan`: the common troubles and what to do; each group can be linked by its id."""

import reflex as rx

from ...core import desks
from ...core.figures import CHECKED_WITHIN, duration, in_words, size_text
from ...core.settings import settings
from ...gate.shell import public_page
from ...people.rules import IDLE, Role
from ...ui import theme
from ...ui.native import anchor
from ...ui.tables import section

WORDS = desks.merged(lambda desk: desk.words)
Questions = list[tuple[str, list[str]]]

CODE: Questions = [
    (
        "Kode OTP tidak masuk ke email",
        [
            "Lihat folder Spam, Promosi, atau Sosial di email Anda.",
            "Periksa ejaan alamat email di halaman verifikasi; alamat yang salah dapat diperbaiki "
            "di sana.",
            f"Tunggu {WORDS['code_rest']}, lalu tekan Kirim Ulang OTP. Hanya kode yang terakhir "
            "yang berlaku.",
            "Kotak surat yang penuh menolak email baru. Hapus beberapa surat, lalu coba lagi.",
        ],
    ),
    (
        "Kode ditolak atau sudah kedaluwarsa",
        [
            f"Kode berlaku {WORDS['code_lasts']} dan hanya di peramban yang memintanya. Buka "
            "halaman verifikasi di ponsel yang sama.",
            f"Setelah {WORDS['code_tries']} kali salah, kode itu tidak berlaku lagi. Minta kode "
            "baru.",
        ],
    ),
    (
        "Ada yang meminta kode saya",
        ["Jangan berikan. Petugas kami tidak pernah meminta kode OTP atau password."],
    ),
]
SIGN_IN: Questions = [
    (
        "Lupa password",
        [
            "Tekan Lupa Password di halaman login, isi email, lalu masukkan kode yang kami kirim.",
            "Sesudah itu kami mengirim tautan ke email yang sama. Tautan berlaku "
            f"{WORDS['link_lasts']} dan hanya sekali.",
            "Setelah password diganti, semua perangkat yang masih masuk dikeluarkan.",
        ],
    ),
    (
        "Email lama sudah tidak bisa dibuka",
        ["Datang ke kantor dengan KTP asli. Petugas memeriksa identitas Anda lebih dulu."],
    ),
    (
        "Tiba-tiba diminta masuk lagi",
        [
            f"Demi keamanan, Anda keluar sendiri setelah {duration(IDLE[Role.JOB_SEEKER])} tanpa "
            "kegiatan. Yang sudah tersimpan tidak hilang."
        ],
    ),
]
NIK: Questions = [
    (
        "Muncul peringatan bahwa NIK tidak cocok",
        [
            "NIK memuat kode wilayah, tanggal lahir (untuk perempuan tanggalnya ditambah 40), dan "
            "nomor urut. Peringatan muncul bila ada yang tidak sesuai dengan isian Anda.",
            "Cocokkan angka demi angka dengan KTP. Bila sudah benar, lanjutkan saja: peringatan "
            "tidak menghalangi, petugas yang memeriksa.",
        ],
    ),
    (
        "Data di KTP keliru",
        [
            "Perbaiki dulu di Dinas Kependudukan dan Pencatatan Sipil, atau hubungi Halo Dukcapil "
            "1500537. Isi pengajuan sesuai KTP yang berlaku."
        ],
    ),
    (
        "Sambungan putus saat mengisi",
        [
            "Setiap isian tersimpan begitu Anda pindah ke isian berikutnya. Buka lagi halamannya "
            "dan lanjutkan."
        ],
    ),
]
PAPERS: Questions = [
    (
        "Berkas terlalu besar",
        [
            f"Batasnya {size_text(settings.paper_limit)}. Foto yang besar diperkecil sendiri di "
            "ponsel Anda sebelum dikirim.",
            "PDF tidak kami ubah. Pindai ulang dengan mutu sedang, atau unggah sebagai foto.",
        ],
    ),
    (
        "Berkas ditolak saat diunggah",
        [
            "Yang diterima: JPG, PNG, atau PDF; untuk pas foto hanya JPG atau PNG.",
            "PDF yang dikunci password tidak dapat dibuka. Simpan salinannya tanpa password.",
            "Foto HEIC dari iPhone: buka Pengaturan, Kamera, Format, pilih Paling Kompatibel, "
            "lalu foto ulang.",
        ],
    ),
    (
        "Cara memotret berkas",
        [
            "Letakkan di tempat rata dan terang, tanpa kilat lampu. Semua sudut terlihat dan "
            "tulisan terbaca.",
            "Berkas beberapa halaman: pilih beberapa foto sekaligus, urutan foto menjadi urutan "
            "halaman.",
        ],
    ),
    (
        "Saya tidak punya ijazah",
        [
            "Pilih Tidak/Belum Tamat SD bila memang begitu; ijazah tidak diminta. Selain itu, "
            "surat keterangan lulus boleh menggantikan ijazah."
        ],
    ),
]
AFTER: Questions = [
    (
        "Berapa lama diperiksa",
        [
            f"Paling lama {CHECKED_WITHIN} jam. Kantor buka {settings.office_hours}. Kabarnya kami "
            "kirim ke email."
        ],
    ),
    (
        "Pengajuan ditolak",
        [
            "Baca Catatan Verifikasi di beranda Anda, perbaiki yang disebut, lalu tekan Kirim "
            "Ulang. Tidak perlu mengisi dari awal."
        ],
    ),
    (
        "Ingin mengubah data yang sudah dikirim",
        [
            "Selama belum diperiksa, tekan Batalkan Pengajuan. Pengajuan kembali menjadi draft; "
            "ubah, lalu kirim lagi."
        ],
    ),
    (
        "Sudah disetujui, lalu apa",
        ["Datang ke kantor dengan KTP dan berkas asli. Kartu dicetak dan ditandatangani di sana."],
    ),
]
CARD: Questions = [
    (
        f"Melapor setiap {in_words(settings.report_months)} bulan",
        [
            f"Selama belum bekerja, datang melapor setiap {settings.report_months} bulan. Ketiga "
            "tanggalnya tercetak di bagian belakang kartu.",
            "Terlambat? Datang saja. Kartu yang terlambat dilaporkan ditandai Perlu Lapor sampai "
            "Anda datang.",
        ],
    ),
    (
        "Sudah diterima bekerja",
        [
            "Laporkan tempat dan tanggal mulai bekerja ke kantor. Kelak Anda dapat mengajukan "
            "kartu baru dari akun yang sama."
        ],
    ),
    (
        "Kartu hilang atau rusak",
        [
            "Buka beranda dan tekan Perbarui Kode QR, supaya cetakan yang hilang tidak lagi "
            "berlaku, lalu datang ke kantor untuk dicetak ulang. Gratis."
        ],
    ),
    (
        "Memeriksa kartu orang lain",
        [
            "Pindai kode QR dengan kamera ponsel. Pastikan alamat yang terbuka diawali "
            f"{settings.address}, lalu cocokkan nama dan foto dengan KTP pembawanya."
        ],
    ),
    (
        "Tertulis BELUM DIPERIKSA",
        [
            "Data pada SIAPkerja-ID itu diisi sendiri oleh pemiliknya. Petugas belum memeriksanya, "
            "atau nama, NIK, tempat dan tanggal lahir, jenis kelamin, pendidikan atau fotonya "
            "diubah sesudah diperiksa.",
            "Milik Anda? Kirim pengajuan AK1 di beranda. Setelah disetujui petugas, tulisan itu "
            "hilang selama data tersebut tidak diubah.",
        ],
    ),
]
GROUPS = [
    ("kode", "Kode OTP", CODE),
    ("masuk", "Masuk dan password", SIGN_IN),
    ("nik", "Mengisi data", NIK),
    ("berkas", "Berkas", PAPERS),
    ("status", "Setelah dikirim", AFTER),
    ("kartu", "Kartu", CARD),
]


def help_page() -> rx.Component:
    """All questions, closed; the browser's own search opens them."""
    return public_page(
        "Bantuan",
        rx.el.nav(
            *[anchor(name, href=f"#{id}", class_name=theme.QUIET) for id, name, _ in GROUPS],
            aria_label="Topik bantuan",
            class_name="flex flex-wrap gap-1 -mx-3",
        ),
        *[_group(*group) for group in GROUPS],
        section(
            "Masih buntu?",
            rx.el.p(
                f"Tulis ke {settings.office_email} dan sebutkan nama serta apa yang tampil di "
                f"layar. Atau datang ke kantor: {settings.office_address}, "
                f"{settings.office_hours}.",
                class_name=theme.TEXT,
            ),
        ),
        lead="Jawaban untuk hal yang paling sering terjadi.",
        wide=True,
    )


def _group(id: str, name: str, questions: Questions) -> rx.Component:
    return rx.el.section(
        rx.el.h2(name, class_name=f"{theme.SUBTITLE} mb-2"),
        *[_question(question, answers) for question, answers in questions],
        id=id,
    )


def _question(question: str, answers: list[str]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(question),
        rx.el.div(
            *[rx.el.p(answer, class_name=theme.TEXT) for answer in answers],
            class_name="flex flex-col gap-2 pb-4 max-w-prose",
        ),
        class_name="ask border-b border-(--line)",
    )
