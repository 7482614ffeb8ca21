"""Whose database this is: a keyed fingerprint of the secret that made it, and demo or production.

One row among the counters, written with the first row of the audit trail: an empty database is
anybody's. The fingerprint is short: it tells one secret from another, and nobody can guess by it.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from .errors import Refusal
from .models import Counter
from .settings import settings
from .tokens import keyed

DIGITS = 7  # in hex; a counter on PostgreSQL has 31 bits
KEYS = {env: f"secret of {env}" for env in ("production", "demo")}


class WrongSecret(Refusal):
    """The secret is not the one that made this office."""

    def __init__(self, wanted: str):
        super().__init__(
            f"BARUT_SECRET salah: kantor ini dibuat dengan rahasia bersidik {wanted}, yang "
            f"terpasang bersidik {fingerprint()}. Tidak ada yang diubah. Pasang kembali "
            "BARUT_SECRET yang lama dari tempat Anda menyimpan password (di demo: berkas "
            "var/secret), lalu ulangi."
        )


class OtherOffice(Refusal):
    """A demo met a real office, or a real office met a demo."""

    def __init__(self, found: str):
        kinds = {"demo": "kantor demo", "production": "kantor sungguhan"}
        super().__init__(
            f"Data ini milik {kinds[found]}, sedangkan BARUT_ENV={settings.env}. Tidak ada yang "
            f"diubah. Untuk kantor ini atur BARUT_ENV={found}; untuk kantor lain pakai database, "
            "BARUT_VAR, dan BARUT_UPLOADS yang lain."
        )


@dataclass(frozen=True)
class Origin:
    """What made an office: the kind, and the fingerprint of its secret."""

    env: str
    secret: str


def own() -> Origin:
    """What this process would make an office as."""
    return Origin(settings.env, fingerprint())


def fingerprint() -> str:
    """Of the secret this process works with."""
    return keyed("origin", "")[:DIGITS]


def find(connection: Connection) -> Origin | None:
    """What made this database; None while nothing has, and before the first upgrade to this."""
    marks = select(Counter).where(col(Counter.key).in_(KEYS.values()))
    if (mark := connection.execute(marks).first()) is None:
        return None
    env = next(env for env, key in KEYS.items() if key == mark.key)
    return Origin(env, f"{mark.value:0{DIGITS}x}")


def record(connection: Connection) -> None:
    """Write down that this office, with this secret, made the database; once."""
    if find(connection) is None:
        mark = own()
        value = int(mark.secret, 16)
        connection.execute(insert(Counter).values(key=KEYS[mark.env], value=value))


def compare(found: Origin, *, brings_secret: bool = False) -> None:
    """Raise OtherOffice or WrongSecret unless this process is the office that was found.

    `brings_secret`: the demo's own secret will come with what was found.
    """
    if found.env != settings.env:
        raise OtherOffice(found.env)
    if not brings_secret and found.secret != fingerprint():
        raise WrongSecret(found.secret)
