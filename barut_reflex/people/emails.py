"""Text of the email to staff about a sign-in from a new device; `sessions` queues it."""

from datetime import datetime

from ..core import routes
from ..core.indonesian import long_time
from ..core.mail import Email
from ..core.settings import settings


def new_device(device: str, at: datetime) -> Email:
    """A member of staff signed in from a browser their account does not know."""
    return Email(
        subject="Login dari perangkat baru",
        heading="Login dari Perangkat Baru",
        paragraphs=[
            f"Akun {settings.app_name} Anda baru saja dipakai login dari perangkat yang belum "
            "pernah dipakai.",
            f"Perangkat: {device}. Waktu: {long_time(at)} WIB.",
            "Bila ini Anda, tidak ada yang perlu dilakukan.",
        ],
        link=f"{settings.address}{routes.FORGOT_PASSWORD}/",
        link_label="Buat Password Baru",
        warnings=["Jika bukan Anda, segera buat password baru dan hubungi administrator"],
    )
