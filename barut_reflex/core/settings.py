"""Settings from the environment (`BARUT_…`), typed, with the checks of unsafe values."""

import os
import secrets
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, IPvAnyNetwork, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from .figures import MEGABYTE

MIN_SECRET_LENGTH = 32
MIN_BCRYPT_COST = 12  # outside a demo


class UnsafeSetting(SystemExit):
    """The server must not start with this setting; the message says which and what to do."""


class Settings(BaseSettings):
    """All values an office may change. Limits that protect data are constants in the code."""

    model_config = SettingsConfigDict(env_prefix="BARUT_", env_file=".env", extra="ignore")

    env: Literal["demo", "production"]
    port: int = Field(default=3000, validation_alias="PORT")
    worker: int = 0  # number of this process, set by its systemd unit; its ports are 310N and 910N
    host: str = "127.0.0.1"  # address each worker listens on; only the reverse proxy may reach it
    base_url: str = ""
    var: Path = Path("var")
    uploads: Path = Path("uploaded_files")
    ledger: Path | None = None  # `core/ledger.py`; `var/ledger.jsonl` if not set
    secret: SecretStr = SecretStr("")

    database_url: str = ""
    redis_url: str = ""
    store_url: str = ""
    store_key: SecretStr = SecretStr("")
    store_secret: SecretStr = SecretStr("")
    workers: int = 1
    trusted_proxies: list[str] = []  # addresses or networks of our own proxies
    known_networks: list[IPvAnyNetwork] = []  # where many honest people share one address
    metrics_port: int = 0  # Prometheus, on localhost only; 0: none

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    smtp_connections: int = Field(default=4, ge=1, le=20)  # of each worker
    letters_an_hour: int = Field(
        default=600, ge=1
    )  # emails to addresses without an account; then slow mode
    mail_from: str = "Barut Kerja <tidak-dibalas@localhost>"

    app_name: str = "Barut Kerja"
    office_name: str = "Dinas Tenaga Kerja dan Transmigrasi"
    office_short_name: str = "Disnakertrans Barito Utara"  # under the name of the service
    regency: str = "Kabupaten Barito Utara"
    office_header: list[str] = [
        "PEMERINTAH KABUPATEN BARITO UTARA",
        "DINAS TENAGA KERJA DAN TRANSMIGRASI",
    ]
    office_address: str = "Muara Teweh, Kalimantan Tengah"
    office_hours: str = "Senin–Kamis 07.30–15.30 WIB, Jumat 07.30–11.00 WIB"
    office_email: str = "layanan@contoh.go.id"
    office_phone: str = ""
    region_code: str = Field(default="6205", pattern=r"^\d{4}$")
    signing_place: str = "Muara Teweh"
    validity_months: int = 24
    report_months: int = 6
    report_grace_days: int = 14
    number_reset: Literal["daily", "monthly", "yearly", "never"] = "daily"
    photo_mode: Literal["printed", "glued"] = "printed"
    self_print: bool = False
    paper_size: Literal["A4", "F4"] = "A4"
    min_age: int = 15
    retention_days_after_end: int = Field(default=365, ge=1)  # papers, after their card has ended
    officer_totp: bool = False
    bcrypt_cost: int = Field(default=MIN_BCRYPT_COST, ge=4, le=16)

    paper_limit: int = 5 * MEGABYTE  # bytes of one paper that the service accepts
    upload_cap: int = 11 * MEGABYTE // 2  # bytes after which the route stops reading
    live_every: float = 1.0  # seconds between two queries of a live page of the staff
    live_every_of_seekers: float = 5.0  # and of a job seeker's, of which hundreds are open
    socket_limits: bool = True

    @property
    def is_demo(self) -> bool:
        return self.env == "demo"

    @cached_property
    def address(self) -> str:
        """Public base address, without a trailing slash."""
        return (self.base_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def is_secure(self) -> bool:
        return self.address.startswith("https://")

    @cached_property
    def origins(self) -> list[str]:
        """The only web origins that may open a WebSocket or post a form."""
        if self.is_demo and not self.base_url:
            return [self.address, f"http://127.0.0.1:{self.port}"]
        return [self.address]

    @cached_property
    def hosts(self) -> set[str]:
        """The `Host` header values that are accepted."""
        return {urlsplit(origin).netloc for origin in self.origins}

    @cached_property
    def database(self) -> str:
        return with_driver(self.database_url or f"sqlite:///{self.var}/barut.db")

    @cached_property
    def secret_key(self) -> bytes:
        """The secret from which all keys are derived; the demo creates its own in `var/secret`."""
        if value := self.secret.get_secret_value():
            return value.encode()
        if not self.is_demo:
            raise UnsafeSetting("BARUT_SECRET belum diisi. Isi di pengaturan, lalu ulangi.")
        return _own_secret(self.var / "secret")


def with_driver(url: str) -> str:
    """A database URL that names the installed PostgreSQL driver (psycopg)."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _own_secret(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_bytes()


def _load() -> Settings:
    if not os.getenv("BARUT_ENV") and not Path(".env").exists():
        raise UnsafeSetting(
            "BARUT_ENV belum diatur. Pakai `make run` untuk demo, "
            "atau BARUT_ENV=production di server."
        )
    return Settings()  # pyright: ignore[reportCallIssue]


settings = _load()


def check(s: Settings) -> None:
    """Raise UnsafeSetting for settings that are unsafe for a demo or for production."""
    if s.is_demo:
        check_demo(s)
    else:
        check_production(s)


def check_demo(s: Settings) -> None:
    """Refuse to run the demo, with its invented people, with settings of a real office."""
    real = {
        "BARUT_DATABASE_URL": bool(s.database_url),
        "BARUT_SECRET": bool(s.secret.get_secret_value()),
        "BARUT_BASE_URL=https://…": s.is_secure,
    }
    if found := [name for name, is_set in real.items() if is_set]:
        raise UnsafeSetting(
            f"BARUT_ENV=demo, tetapi pengaturan kantor sungguhan terpasang: {', '.join(found)}. "
            "Tidak ada yang diubah. Untuk kantor ini atur BARUT_ENV=production; untuk mencoba "
            "demo jalankan `make run` tanpa pengaturan itu."
        )


def check_production(s: Settings) -> None:
    """Refuse to start in production with a setting that would put people's data at risk."""
    problems = {
        f"BARUT_SECRET minimal {MIN_SECRET_LENGTH} huruf acak": len(s.secret.get_secret_value())
        < MIN_SECRET_LENGTH,
        "BARUT_BASE_URL harus https://": not s.is_secure,
        "BARUT_SMTP_HOST harus diisi": not s.smtp_host,
        "BARUT_SMTP_TLS tidak boleh none": s.smtp_tls == "none",
        "BARUT_OFFICER_TOTP harus true": not s.officer_totp,
        f"BARUT_BCRYPT_COST minimal {MIN_BCRYPT_COST}": s.bcrypt_cost < MIN_BCRYPT_COST,
        "BARUT_REDIS_URL harus diisi bila BARUT_WORKERS lebih dari 1": s.workers > 1
        and not s.redis_url,
    }
    if found := [text for text, is_bad in problems.items() if is_bad]:
        raise UnsafeSetting("Pengaturan belum aman: " + "; ".join(found) + ".")
