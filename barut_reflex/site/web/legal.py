"""Pages `/syarat` and `/privasi`: terms of use, and the privacy notice (UU PDP)."""

from collections.abc import Sequence

import htpy as h

from ...core import routes
from ...ui import theme
from .parts import figures, text_page

VERSION = "Versi 1.0 · 2026"

TERMS = [
    (
        "Layanan ini",
        "{app_name} adalah layanan {where} untuk mengajukan kartu AK1, tanda bukti "
        "pendaftaran pencari kerja. Seluruh layanan gratis. Tidak ada pihak yang berhak memungut "
        "biaya atas nama kami; bila ada yang meminta, laporkan kepada kami.",
    ),
    (
        "Siapa yang dapat mendaftar",
        "Warga berumur {min_age} tahun ke atas yang sedang mencari kerja dan memiliki "
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
        "Petugas memeriksa pengajuan paling lama {checked_within} jam sejak dikirim. Bila ada "
        "yang kurang, pengajuan dikembalikan dengan catatan dan boleh diperbaiki lalu dikirim "
        "ulang, tanpa batas. Selama belum diperiksa, pengajuan dapat Anda batalkan.",
    ),
    (
        "Kartu",
        "Kartu berlaku secara nasional selama {validity_months} bulan. Selama belum "
        "bekerja, pemegang wajib melapor setiap {report_months} bulan. Bila ada "
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

DATA_USES = [
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

STORED_FOR = [
    ("Kode OTP", "{code_lifetime}. Yang disimpan hanya sidiknya, bukan kodenya."),
    ("Tautan ganti password", "{link_lifetime}, sekali pakai."),
    ("Pendaftaran akun yang tidak diverifikasi", "{sign_up_lifetime}."),
    ("Berkas yang terunggah tetapi belum diterima", "10 menit."),
    (
        "Masuk dari peramban Anda",
        "Berakhir setelah {idle} tanpa kegiatan, paling lama {longest_sign_in}.",
    ),
    (
        "Berkas (KTP, Kartu Keluarga, ijazah, sertifikat, surat, pas foto)",
        "{retention_days} hari setelah kartu Anda berakhir: habis masa "
        "berlaku, diterima kerja, atau dicabut. Lalu dihapus otomatis.",
    ),
    (
        "Data diri, pengajuan, kartu, dan catatan siapa yang membukanya",
        "Selama akun dan kartu Anda ada, sesudahnya menurut jadwal retensi arsip "
        "{regency}, lalu dimusnahkan.",
    ),
]

RIGHTS = [
    "mengetahui data apa yang kami simpan, untuk apa, dan siapa yang melihatnya;",
    "memperbaiki data yang keliru; paling lama {answered_within} jam sejak permintaan kami terima;",
    "mendapat salinan data Anda, langsung dari menu profil, Data Saya;",
    "menutup bagian profil yang pernah Anda buka, kapan saja, langsung dari akun;",
    "meminta pengolahan dibatasi atau dihentikan, dan data dihapus, sejauh aturan arsip "
    "mengizinkan;",
    "menggugat dan menerima ganti rugi bila data Anda diolah dengan melanggar hukum.",
]


CONTROLLER = (
    "Pengendali data adalah {where}. Kami hanya meminta data yang tercantum pada kartu AK1 atau "
    "diperlukan untuk memeriksanya, sesuai UU Nomor 27 Tahun 2022 tentang Pelindungan Data "
    "Pribadi."
)
LEGAL_BASIS = (
    "“Pelayanan publik” berarti tugas pemerintah melayani penempatan tenaga kerja (UU Nomor 13 "
    "Tahun 2003 dan peraturan pelaksananya; UU PDP Pasal 20 ayat 2). Persetujuan dapat Anda tarik "
    "kapan saja tanpa memengaruhi kartu Anda."
)
PROTECTION = (
    "Password disimpan sebagai sidik yang tidak dapat dibalik. Berkas disimpan di luar jangkauan "
    "umum dengan nama acak, dibersihkan dari keterangan tersembunyi seperti lokasi foto, dan hanya "
    "terbuka untuk Anda dan petugas. Kami tidak memakai pelacak, iklan, atau layanan pihak ketiga "
    "di halaman ini. Keputusan atas pengajuan selalu diambil petugas, bukan mesin."
)
BREACH = (
    "Bila pelindungan data gagal, kami memberi tahu Anda dan lembaga yang berwenang secara "
    "tertulis paling lambat {answered_within} jam: data apa yang terungkap, kapan dan bagaimana "
    "terjadinya, serta apa yang kami lakukan untuk menangani dan memulihkannya."
)
CONTACT = (
    "Tulis ke {email} dengan judul “Data Pribadi”, atau datang ke {office}, {address}, {hours}. "
    "Bawa KTP, supaya kami yakin yang meminta adalah Anda."
)


def terms_page() -> h.HTMLElement:
    """The terms of use, which the checkbox of the sign-up form refers to."""
    known = figures()
    return _legal_page(
        "Syarat dan Ketentuan",
        [
            [_heading(f"{number}. {title}"), _text(text.format_map(known))]
            for number, (title, text) in enumerate(TERMS, 1)
        ],
        _heading("Pertanyaan"),
        _text(
            "Cara kami memperlakukan data Anda ada di ",
            _inline("pemberitahuan privasi", routes.PRIVACY),
            ". Pertanyaan lain: ",
            _inline("halaman bantuan", routes.HELP),
            f" atau {known['email']}.",
        ),
    )


def privacy_page() -> h.HTMLElement:
    """The privacy notice: which data, why, legal basis, viewers, storage times and rights."""
    known = figures()
    stored = [(datum, lasts.format_map(known)) for datum, lasts in STORED_FOR]
    rights = [right.format_map(known) for right in RIGHTS]
    return _legal_page(
        "Pemberitahuan Privasi",
        _text(CONTROLLER.format_map(known)),
        _heading("Data apa dan untuk apa"),
        _table("Data dan gunanya", ("Data", "Untuk apa", "Dasar"), DATA_USES),
        _text(LEGAL_BASIS),
        _heading("Siapa yang melihat"),
        _table("Siapa yang melihat data", ("Siapa", "Apa yang terlihat"), VIEWERS),
        _heading("Berapa lama disimpan"),
        _table("Lama penyimpanan", ("Data", "Disimpan"), stored),
        _heading("Bagaimana dijaga"),
        _text(PROTECTION),
        _heading("Hak Anda"),
        _text("Anda berhak:"),
        h.ul(class_=theme.TEXT)[[h.li[right] for right in rights]],
        _heading("Bila data bocor"),
        _text(BREACH.format_map(known)),
        _heading("Kepada siapa bertanya"),
        _text(CONTACT.format_map(known)),
    )


def _legal_page(title: str, *parts: h.Node) -> h.HTMLElement:
    return text_page(title, h.article(".reading")[parts], lead=VERSION)


def _table(caption: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> h.Element:
    """A table that becomes a list of cards on a phone, like `ui.tables.data_table`."""
    scroller = h.div(
        tabindex="0", role="region", aria_label=caption, class_="overflow-x-auto rounded-xl"
    )
    return scroller[
        h.table(class_=f"{theme.TABLE} stack-table")[
            h.caption(".sr-only")[caption],
            h.thead[h.tr[[h.th(scope="col", class_=theme.TH)[name] for name in headers]]],
            h.tbody[[_row(headers, values) for values in rows]],
        ]
    ]


def _row(headers: Sequence[str], values: Sequence[str]) -> h.Element:
    return h.tr(class_=theme.TR)[
        [
            h.td(data_label=header, class_=theme.CELL)[h.div(".min-w-0")[value]]
            for header, value in zip(headers, values, strict=True)
        ]
    ]


def _heading(title: str) -> h.Element:
    return h.h2(class_=theme.SUBTITLE)[title]


def _text(*words: h.Node) -> h.Element:
    return h.p(class_=theme.TEXT)[words]


def _inline(words: str, route: str) -> h.Element:
    return h.a(href=f"{route}/", class_=theme.LINK)[words]
