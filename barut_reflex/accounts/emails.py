"""Texts of the emails about accounts: codes, links, passwords, second factor; callers queue them.

The wording of the code emails follows the office's AK1 manual.
"""

from ..core import routes
from ..core.figures import duration
from ..core.mail import Email
from ..core.settings import settings
from .rules import CODE_LIFETIME, LINK_LIFETIME, ONE_TIME_PASSWORD_LIFETIME

CODE_WARNINGS = [
    f"Kode ini hanya berlaku selama {duration(CODE_LIFETIME)}",
    "Jangan bagikan kode ini kepada siapapun",
    "Tim kami tidak akan pernah meminta kode OTP Anda",
]
NOT_YOU = "Jika bukan Anda yang meminta, abaikan email ini atau hubungi kantor kami segera."
LOGIN = f"{settings.address}{routes.LOGIN}/"
FORGOT = f"{settings.address}{routes.FORGOT_PASSWORD}/"
REGISTER = f"{settings.address}{routes.REGISTER}/"


def sign_up_code(code: str) -> Email:
    """The one-time code that confirms the address of a sign-up."""
    return Email(
        subject="Kode verifikasi akun Anda",
        heading="Verifikasi Akun Anda",
        paragraphs=[
            f"Terima kasih telah mendaftar di {settings.app_name}.",
            "Gunakan kode OTP di bawah ini untuk verifikasi akun Anda:",
        ],
        code=code,
        warnings=[
            *CODE_WARNINGS,
            "Jika Anda tidak merasa melakukan pendaftaran, abaikan email ini",
        ],
    )


def already_registered() -> Email:
    """Sent instead of a code when the address already has an account.

    The page says the same in both cases, so only the owner of the mailbox learns of the account.
    """
    return Email(
        subject="Akun sudah ada",
        heading="Akun Anda Sudah Ada",
        paragraphs=[
            f"Alamat email ini sudah terdaftar di {settings.app_name}. Silakan login.",
            f"Bila lupa password, buat yang baru di {FORGOT}",
        ],
        link=LOGIN,
        link_label="Login",
        warnings=[NOT_YOU],
    )


def reset_code(code: str) -> Email:
    """The one-time code that must be typed before a reset link is sent."""
    return Email(
        subject="Kode OTP lupa password",
        heading="Lupa Password",
        paragraphs=[
            f"Kami menerima permintaan mengganti password akun {settings.app_name} Anda.",
            "Gunakan kode OTP di bawah ini untuk melanjutkan:",
        ],
        code=code,
        code_label="KODE OTP ANDA",
        code_hint="Masukkan kode ini di halaman lupa password",
        warnings=[*CODE_WARNINGS, NOT_YOU],
    )


def no_account() -> Email:
    """Sent instead of a reset code when the address has no account; the page does not say so."""
    return Email(
        subject="Permintaan lupa password",
        heading="Email Ini Belum Terdaftar",
        paragraphs=[
            f"Ada permintaan mengganti password {settings.app_name} untuk alamat email ini, "
            "tetapi alamat ini belum mempunyai akun.",
            "Mungkin Anda mendaftar dengan alamat email lain. Coba alamat itu, atau daftar baru.",
        ],
        link=REGISTER,
        link_label="Daftar",
        warnings=[NOT_YOU],
    )


def account_is_disabled() -> Email:
    """Sent instead of a reset code when the account is disabled."""
    return Email(
        subject="Permintaan lupa password",
        heading="Akun Anda Dinonaktifkan",
        paragraphs=[
            f"Ada permintaan mengganti password akun {settings.app_name} Anda, tetapi akun ini "
            "sedang dinonaktifkan oleh kantor.",
            f"Hubungi {settings.office_name} untuk mengaktifkannya kembali.",
        ],
        warnings=[NOT_YOU],
    )


def reset_link(token: str) -> Email:
    """The link to the page where a new password is chosen."""
    return Email(
        subject="Link reset password",
        heading="Reset Password",
        paragraphs=[
            f"Kode OTP Anda benar. Buat password baru untuk akun {settings.app_name} Anda "
            "lewat link di bawah ini.",
        ],
        link=f"{settings.address}{routes.RESET_PASSWORD}/{token}",
        link_label="Reset Password",
        warnings=[
            f"Link ini hanya berlaku selama {duration(LINK_LIFETIME)} dan hanya dapat "
            "dipakai sekali",
            "Jangan teruskan link ini kepada siapapun",
            NOT_YOU,
        ],
    )


def password_changed() -> Email:
    """Tells the owner that the password was changed, and what to do if it was not them."""
    return Email(
        subject="Password Anda diubah",
        heading="Password Anda Diubah",
        paragraphs=[
            f"Password akun {settings.app_name} Anda baru saja diubah. "
            "Semua perangkat yang masih login telah dikeluarkan.",
        ],
        link=LOGIN,
        link_label="Login",
        warnings=["Jika bukan Anda yang mengubahnya, segera pilih Lupa Password", NOT_YOU],
    )


def temporary_password() -> Email:
    """Tells the owner that an administrator made a temporary password; it is not in the email."""
    return Email(
        subject="Password sementara dibuat",
        heading="Password Sementara Dibuat",
        paragraphs=[
            f"Administrator membuat password sementara untuk akun {settings.app_name} Anda. "
            "Password itu diserahkan langsung kepada Anda dan berlaku "
            f"{duration(ONE_TIME_PASSWORD_LIFETIME)}.",
            "Saat login pertama Anda diminta membuat password sendiri.",
        ],
        link=LOGIN,
        link_label="Login",
        warnings=["Jika Anda tidak memintanya, hubungi kantor kami segera"],
    )


def staff_account_made() -> Email:
    """Tells a new officer that the account exists; the first password is not in the email."""
    return Email(
        subject="Akun petugas dibuat",
        heading="Akun Petugas Anda Dibuat",
        paragraphs=[
            f"Administrator membuat akun petugas {settings.app_name} dengan alamat email ini.",
            "Password pertama diserahkan langsung oleh administrator, berlaku "
            f"{duration(ONE_TIME_PASSWORD_LIFETIME)}, dan harus Anda ganti saat login pertama.",
        ],
        link=LOGIN,
        link_label="Login",
        warnings=["Jika Anda bukan petugas kantor ini, abaikan email ini"],
    )


def second_factor_set() -> Email:
    """Tells the owner that an authenticator app was added to the account."""
    return Email(
        subject="Autentikator dipasang",
        heading="Autentikator Dipasang",
        paragraphs=[
            f"Aplikasi autentikator baru saja dipasang untuk akun {settings.app_name} Anda. "
            "Perangkat lain yang masih login telah dikeluarkan.",
        ],
        warnings=["Jika bukan Anda yang memasangnya, hubungi administrator kantor segera"],
    )


def second_factor_gone() -> Email:
    """Tells the owner that the authenticator was removed from the account."""
    return Email(
        subject="Autentikator dihapus",
        heading="Autentikator Dihapus",
        paragraphs=[
            f"Autentikator akun {settings.app_name} Anda dihapus, kode pemulihannya tidak "
            "berlaku lagi.",
        ],
        warnings=["Jika Anda tidak memintanya, hubungi administrator kantor segera"],
    )


def recovery_code_used(left: int) -> Email:
    """Tells the owner that a recovery code was used, and how many (`left`) remain."""
    return Email(
        subject="Kode pemulihan dipakai",
        heading="Kode Pemulihan Dipakai",
        paragraphs=[
            f"Satu kode pemulihan akun {settings.app_name} Anda baru saja dipakai untuk login.",
            f"Sisa kode pemulihan: {left}. Bila telepon Anda hilang, pasang autentikator baru "
            "lewat menu profil, Sesi Saya.",
        ],
        warnings=["Jika bukan Anda, segera buat password baru dan hubungi administrator"],
    )
