"""The two texts a citizen agrees to or is told: terms of use, and the privacy notice (UU PDP)."""

from typing import Any

import reflex as rx

from ...core import desks, routes
from ...core.figures import ANSWERED_WITHIN, CHECKED_WITHIN, duration
from ...core.settings import settings
from ...gate.shell import public_page
from ...people.rules import IDLE, LONGEST, Role
from ...ui import theme
from ...ui.native import link
from ...ui.tables import cell, data_table, row

WORDS = desks.merged(lambda desk: desk.words)
VERSION = "Versi 1.0 · 2026"
WHERE = f"{settings.office_name} {settings.regency}"

TERMS = [
    (
        "Layanan ini",
        f"{settings.app_name} adalah layanan {WHERE} untuk mengajukan kartu AK1, tanda bukti "
        "pendaftaran pencari kerja. Seluruh layanan gratis. Tidak ada pihak yang berhak memungut "
        "biaya atas nama kami; bila ada yang meminta, laporkan kepada kami.",
    ),
    (
        "Siapa yang dapat mendaftar",
        f"Warga berumur {settings.min_age} tahun ke atas yang sedang mencari kerja dan memiliki "
        "NIK. Satu orang memakai satu akun. Yang belum berumur 18 tahun sebaiknya mendaftar "
        "bersama orang tua atau wali.",
    ),
    (
        "Akun dan password",
        "Pakai email milik Anda sendiri. Jaga password dan kode OTP: petugas kami tidak pernah "
        "memintanya. Apa yang dilakukan dari akun Anda dianggap dilakukan oleh Anda, sampai Anda "
        "memberi tahu kami bahwa akun itu dipakai orang lain.",
    ),
    (
        "Kebenaran data",
        "Isi data sesuai KTP dan Kartu Keluarga dan unggah berkas milik sendiri. Pengajuan dengan "
        "data atau berkas palsu ditolak, kartu yang terbit karenanya dicabut, dan perbuatannya "
        "dapat diproses menurut hukum.",
    ),
    (
        "Pemeriksaan",
        f"Petugas memeriksa pengajuan paling lama {CHECKED_WITHIN} jam sejak dikirim. Bila ada "
        "yang kurang, pengajuan dikembalikan dengan catatan dan boleh diperbaiki lalu dikirim "
        "ulang, tanpa batas. Selama belum diperiksa, pengajuan dapat Anda batalkan.",
    ),
    (
        "Kartu",
        f"Kartu berlaku secara nasional selama {settings.validity_months} bulan. Selama belum "
        f"bekerja, pemegang wajib melapor setiap {settings.report_months} bulan. Bila ada "
        "perubahan data atau sudah mendapat pekerjaan, pemegang segera melapor, dan perusahaan "
        "yang menerima mengembalikan kartunya. Kartu dicetak dan diambil di kantor kami.",
    ),
    (
        "Kode QR",
        "Siapa pun yang memindai kode QR pada kartu dapat melihat apakah kartu itu berlaku. Anda "
        "dapat memperbarui kode QR kapan saja; cetakan yang lama lalu menyebut dirinya kode lama.",
    ),
    (
        "Gangguan",
        "Bila layanan terganggu, yang sudah tersimpan tidak hilang dan loket kantor tetap "
        "melayani. Kami dapat menonaktifkan akun yang menyerang layanan atau memakai identitas "
        "orang lain.",
    ),
    (
        "Perubahan ketentuan",
        "Bila ketentuan ini berubah, versi dan tahunnya di atas ikut berubah. Pengajuan yang sudah "
        "dikirim tetap memakai ketentuan saat dikirim.",
    ),
]

DATA = [
    (
        "Nama, NIK, tempat dan tanggal lahir, jenis kelamin, status pernikahan, agama",
        "Tercantum pada kartu AK1 dan dicocokkan petugas dengan KTP dan Kartu Keluarga.",
        "Pelayanan publik",
    ),
    (
        "Alamat lengkap",
        "Tercantum pada kartu; menunjukkan wilayah pencari kerja dalam laporan jumlah.",
        "Pelayanan publik",
    ),
    (
        "Nomor HP",
        "Tercantum pada kartu; untuk menghubungi Anda tentang kartu dan pekerjaan.",
        "Pelayanan publik",
    ),
    (
        "Email",
        "Untuk masuk, menerima kode OTP, dan mengetahui kabar pengajuan.",
        "Pelayanan publik",
    ),
    (
        "Pendidikan dan keterampilan",
        "Tercantum pada kartu; dasar mencocokkan Anda dengan lowongan.",
        "Pelayanan publik",
    ),
    (
        "Foto KTP, Kartu Keluarga, ijazah, sertifikat",
        "Membuktikan isian Anda. Hanya dilihat petugas, tidak ikut tercetak.",
        "Pelayanan publik",
    ),
    ("Surat pengalaman kerja", "Melengkapi keterangan, bila Anda mau.", "Persetujuan Anda"),
    (
        "Pas foto",
        "Tercetak pada kartu; versi kecilnya tampil saat QR dipindai.",
        "Pelayanan publik",
    ),
    (
        "Bagian profil yang Anda buka",
        "Tampil kepada pemindai QR hanya bila Anda membukanya.",
        "Persetujuan Anda",
    ),
    (
        "Catatan masuk, alamat jaringan, jenis peramban",
        "Menjaga akun dari percobaan masuk oleh orang lain.",
        "Keamanan layanan",
    ),
]

VIEWERS = [
    ("Anda", "Semua data Anda, dan siapa yang memindai kartu Anda."),
    (
        "Petugas yang bertugas",
        "Pengajuan yang Anda kirim beserta berkasnya. Setiap kali dibuka, nama petugas dan "
        "waktunya dicatat.",
    ),
    (
        "Siapa pun yang memindai QR kartu",
        "Status kartu, nama, foto kecil, nomor pendaftaran, tanggal, kantor penerbit, pendidikan, "
        "keterampilan, dan bagian profil yang Anda buka. Tidak pernah NIK.",
    ),
    (
        "Perusahaan dan lembaga lain",
        "Tidak mendapat akses ke akun atau berkas Anda. Laporan kami kepada pemerintah berisi "
        "jumlah, bukan nama. Data hanya diserahkan bila undang-undang mewajibkannya.",
    ),
]

KEPT = [
    ("Kode OTP", f"{WORDS['code_lasts']}. Yang disimpan hanya sidiknya, bukan kodenya."),
    ("Tautan ganti password", f"{WORDS['link_lasts']}, sekali pakai."),
    ("Pendaftaran akun yang tidak diverifikasi", f"{WORDS['sign_up_waits']}."),
    ("Berkas yang terunggah tetapi belum diterima", "10 menit."),
    (
        "Masuk dari peramban Anda",
        f"Berakhir setelah {duration(IDLE[Role.JOB_SEEKER])} tanpa kegiatan, paling lama "
        f"{duration(LONGEST[Role.JOB_SEEKER])}.",
    ),
    (
        "Berkas (KTP, Kartu Keluarga, ijazah, sertifikat, surat, pas foto)",
        f"{settings.retention_days_after_end} hari setelah kartu Anda berakhir: habis masa "
        "berlaku, diterima kerja, atau dicabut. Lalu dihapus otomatis.",
    ),
    (
        "Data diri, pengajuan, kartu, dan catatan siapa yang membukanya",
        "Selama akun dan kartu Anda ada, sesudahnya menurut jadwal retensi arsip "
        f"{settings.regency}, lalu dimusnahkan.",
    ),
]

RIGHTS = [
    "mengetahui data apa yang kami simpan, untuk apa, dan siapa yang melihatnya;",
    f"memperbaiki data yang keliru; paling lama {ANSWERED_WITHIN} jam sejak permintaan kami "
    "terima;",
    "mendapat salinan data Anda, langsung dari menu profil, Data Saya;",
    "menutup bagian profil yang pernah Anda buka, kapan saja, langsung dari akun;",
    "meminta pengolahan dibatasi atau dihentikan, dan data dihapus, sejauh aturan arsip "
    "mengizinkan;",
    "menggugat dan menerima ganti rugi bila data Anda diolah dengan melanggar hukum.",
]


def terms_page() -> rx.Component:
    """`/syarat`: the terms the checkbox of the sign-up names."""
    parts = [
        part
        for number, (title, text) in enumerate(TERMS, 1)
        for part in (_heading(f"{number}. {title}"), _text(text))
    ]
    return public_page(
        "Syarat dan Ketentuan",
        rx.el.article(
            *parts,
            _heading("Pertanyaan"),
            _text(
                "Cara kami memperlakukan data Anda ada di ",
                _inline("pemberitahuan privasi", routes.PRIVACY),
                ". Pertanyaan lain: ",
                _inline("halaman bantuan", routes.HELP),
                f" atau {settings.office_email}.",
            ),
            class_name="reading",
        ),
        lead=VERSION,
        wide=True,
    )


def privacy_page() -> rx.Component:
    """`/privasi`: each datum, why, on what ground, how long, who sees it, and the rights."""
    return public_page(
        "Pemberitahuan Privasi",
        rx.el.article(
            _text(
                f"Pengendali data adalah {WHERE}. Kami hanya meminta data yang tercantum pada "
                "kartu AK1 atau diperlukan untuk memeriksanya, sesuai UU Nomor 27 Tahun 2022 "
                "tentang Pelindungan Data Pribadi."
            ),
            _heading("Data apa dan untuk apa"),
            _table("Data dan gunanya", ["Data", "Untuk apa", "Dasar"], DATA),
            _text(
                "“Pelayanan publik” berarti tugas pemerintah melayani penempatan tenaga kerja "
                "(UU Nomor 13 Tahun 2003 dan peraturan pelaksananya; UU PDP Pasal 20 ayat 2). "
                "Persetujuan dapat Anda tarik kapan saja tanpa memengaruhi kartu Anda."
            ),
            _heading("Siapa yang melihat"),
            _table("Siapa yang melihat data", ["Siapa", "Apa yang terlihat"], VIEWERS),
            _heading("Berapa lama disimpan"),
            _table("Lama penyimpanan", ["Data", "Disimpan"], KEPT),
            _heading("Bagaimana dijaga"),
            _text(
                "Password disimpan sebagai sidik yang tidak dapat dibalik. Berkas disimpan di luar "
                "jangkauan umum dengan nama acak, dibersihkan dari keterangan tersembunyi seperti "
                "lokasi foto, dan hanya terbuka untuk Anda dan petugas. Kami tidak memakai "
                "pelacak, iklan, atau layanan pihak ketiga di halaman ini. Keputusan atas "
                "pengajuan selalu diambil petugas, bukan mesin."
            ),
            _heading("Hak Anda"),
            rx.el.p("Anda berhak:", class_name=theme.TEXT),
            rx.el.ul(*[rx.el.li(right) for right in RIGHTS], class_name=theme.TEXT),
            _heading("Bila data bocor"),
            _text(
                "Bila pelindungan data gagal, kami memberi tahu Anda dan lembaga yang berwenang "
                f"secara tertulis paling lambat {ANSWERED_WITHIN} jam: data apa yang terungkap, "
                "kapan dan bagaimana terjadinya, serta apa yang kami lakukan untuk menangani dan "
                "memulihkannya."
            ),
            _heading("Kepada siapa bertanya"),
            _text(
                f"Tulis ke {settings.office_email} dengan judul “Data Pribadi”, atau datang ke "
                f"{settings.office_name}, {settings.office_address}, {settings.office_hours}. Bawa "
                "KTP, supaya kami yakin yang meminta adalah Anda."
            ),
            class_name="reading",
        ),
        lead=VERSION,
        wide=True,
    )


def _table(caption: str, headers: list[str], rows: list[tuple[str, ...]]) -> rx.Component:
    drawn = [
        row(*[cell(header, value) for header, value in zip(headers, values, strict=True)])
        for values in rows
    ]
    return data_table(headers, drawn, caption=caption)


def _heading(title: str) -> rx.Component:
    return rx.el.h2(title, class_name=theme.SUBTITLE)


def _text(*words: Any) -> rx.Component:
    return rx.el.p(*words, class_name=theme.TEXT)


def _inline(words: str, href: str) -> rx.Component:
    return link(words, href=href, class_name=theme.LINK)
