"""Page `/bantuan`: frequent problems and their solutions, in groups linked by id."""

import htpy as h

from ...ui import theme
from .parts import figures, text_page

Questions = list[tuple[str, list[str]]]  # question, paragraphs of its answer

CODE: Questions = [
    (
        "Kode OTP tidak masuk ke email",
        [
            "Lihat folder Spam, Promosi, atau Sosial di email Anda.",
            "Periksa ejaan alamat email di halaman verifikasi; alamat yang salah dapat diperbaiki "
            "di sana.",
            "Tunggu {resend_interval}, lalu tekan Kirim Ulang OTP. Hanya kode yang terakhir "
            "yang berlaku.",
            "Kotak surat yang penuh menolak email baru. Hapus beberapa surat, lalu coba lagi.",
        ],
    ),
    (
        "Kode ditolak atau sudah kedaluwarsa",
        [
            "Kode berlaku {code_lifetime} dan hanya di peramban yang memintanya. Buka "
            "halaman verifikasi di ponsel yang sama.",
            "Setelah {code_tries} kali salah, kode itu tidak berlaku lagi. Minta kode baru.",
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
            "{link_lifetime} dan hanya sekali.",
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
            "Demi keamanan, Anda keluar sendiri setelah {idle} tanpa kegiatan. "
            "Yang sudah tersimpan tidak hilang."
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
            "Batasnya {paper_size}. Foto yang besar diperkecil sendiri di "
            "ponsel Anda sebelum dikirim.",
            "PDF tidak diperkecil di ponsel. Pindai ulang dengan mutu sedang, atau unggah "
            "sebagai foto.",
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
        ["Paling lama {checked_within} jam. Kantor buka {hours}. Kabarnya kami kirim ke email."],
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
        "Melapor setiap {report_months_in_words} bulan",
        [
            "Selama belum bekerja, datang melapor setiap {report_months} bulan. Ketiga "
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
            "{site}, lalu cocokkan nama dan foto dengan KTP pembawanya."
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
CONTACT = (
    "Tulis ke {email} dan sebutkan nama serta apa yang tampil di layar. Atau datang ke kantor: "
    "{address}, {hours}."
)


def help_page() -> h.HTMLElement:
    """All questions as collapsed `<details>`; the browser's own search opens them."""
    known = figures()
    return text_page(
        "Bantuan",
        h.nav(aria_label="Topik bantuan", class_="flex flex-wrap gap-1 -mx-3")[
            [h.a(href=f"#{id}", class_=theme.QUIET)[name] for id, name, _ in GROUPS]
        ],
        [_group(*group, known) for group in GROUPS],
        h.section(class_=f"{theme.CARD} {theme.STACK}")[
            h.h2(class_=theme.SUBTITLE)["Masih buntu?"],
            h.p(class_=theme.TEXT)[CONTACT.format_map(known)],
        ],
        lead="Jawaban untuk hal yang paling sering terjadi.",
    )


def _group(id: str, name: str, questions: Questions, known: dict[str, str]) -> h.Element:
    return h.section(id=id)[
        h.h2(class_=f"{theme.SUBTITLE} mb-2")[name],
        [
            h.details(class_="ask border-b border-(--line)")[
                h.summary[question.format_map(known)],
                h.div(class_="flex flex-col gap-2 pb-4 max-w-prose")[
                    [h.p(class_=theme.TEXT)[answer.format_map(known)] for answer in answers]
                ],
            ]
            for question, answers in questions
        ],
    ]
