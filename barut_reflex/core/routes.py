"""URL paths of pages and most other HTTP routes, as constants; without Reflex, for emails too."""
# ruff: noqa: S105 - addresses, not passwords

WELCOME = "/"
REGISTER = "/daftar"
VERIFY = "/verifikasi"
LOGIN = "/login"
FORGOT_PASSWORD = "/lupa-password"
RESET_PASSWORD = "/reset-password"
TERMS = "/syarat"
PRIVACY = "/privasi"
HELP = "/bantuan"
PLAIN = frozenset({WELCOME, TERMS, PRIVACY, HELP})  # served without Reflex: loaded anew

SEEKER_HOME = "/beranda"
PERSONAL = "/pengajuan/data-diri"
PAPERS = "/pengajuan/berkas"
PROFILE = "/profil"  # `/profil/1` to `/profil/7` are its steps
MY_CARD = "/kartu"
PRIVACY_SETTINGS = "/profil/privasi"

DESK = "/admin"
INBOX = "/admin/pengajuan"
DETAIL = f"{INBOX}/[application_id]"
PRINT = "/admin/cetak"  # also POST: the chosen cards as one PDF
STAFF = "/admin/akun"
SCANNER = "/pindai"
IDENTITIES = "/admin/siapkerja"
ADD_STAFF = "/admin/akun/tambah"
FIRST_PASSWORD = "/password-awal"
SECOND_STEP = "/langkah-kedua"
SESSIONS = "/sesi"
MY_DATA = "/data-saya"

SIGN_IN = "/masuk"
SIGN_OUT = "/keluar"
CONFIRM = "/konfirmasi"
PAPER = "/berkas"  # POST `/berkas/<kind>` sends one, GET `/berkas/<id>` shows one
CARD_FILE = "/kartu"  # `/kartu/<id>.pdf`
CHECK = "/v"  # also `/V`, which a QR packs more densely
ACCESS = "/a"  # where an access code leads an ordinary camera; also `/A`
ALIVE = "/sehat"
READY = "/siap"
DEMO_MAIL = "/demo/surat"
OWN_CARD = "/kartu-saya"  # the card on the phone; also `.pdf`, `.png`, `/qr.svg`
PREVIEW = "/profil/pratinjau"
SHARED = "/bagikan"
LATE_CHECK_IN = "/pindai/kirim"
VERIFIER = "/periksa"  # also read without a signal
WITHDRAWN = "/.well-known/ak1-dicabut.json"
