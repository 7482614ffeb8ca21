"""Marks the database with demo or production and a fingerprint of `BARUT_SECRET`; compares them.

It prevents starting with a wrong secret or another office's database. The mark is one row of
`Counter`, written with the first row of the audit trail; an empty database has none. The
fingerprint has 28 bits: enough to tell secrets apart, too little to guess one.
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
    """Who made a database: demo or production, and the fingerprint of the secret."""

    env: str
    secret: str


def own() -> Origin:
    """The origin that this process would write."""
    return Origin(settings.env, fingerprint())


def fingerprint() -> str:
    """Fingerprint of the secret this process uses."""
    return keyed("origin", "")[:DIGITS]


def find(connection: Connection) -> Origin | None:
    """The origin of this database; None for an empty one, or one of an older version."""
    marks = select(Counter).where(col(Counter.key).in_(KEYS.values()))
    if (mark := connection.execute(marks).first()) is None:
        return None
    env = next(env for env, key in KEYS.items() if key == mark.key)
    return Origin(env, f"{mark.value:0{DIGITS}x}")


def record(connection: Connection) -> None:
    """Write the origin of this process into the database, unless it has one."""
    if find(connection) is None:
        mark = own()
        value = int(mark.secret, 16)
        connection.execute(insert(Counter).values(key=KEYS[mark.env], value=value))


def compare(found: Origin, *, brings_secret: bool = False) -> None:
    """Raise OtherOffice or WrongSecret unless this process has the origin `found`.

    `brings_secret`: the backup being restored contains the demo's secret file.
    """
    if found.env != settings.env:
        raise OtherOffice(found.env)
    if not brings_secret and found.secret != fingerprint():
        raise WrongSecret(found.secret)
