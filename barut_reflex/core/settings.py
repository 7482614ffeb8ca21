"""The office's settings: typed, in one place, from the environment (`BARUT_…`)."""

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
MIN_BCRYPT_COST = 12  # of bcrypt, in an office that is no demo


class UnsafeSetting(SystemExit):
    """A setting the office must not open with; says which and what to do."""


class Settings(BaseSettings):
    """Every figure the office may change. Figures of safety stand in the code that uses them."""

    model_config = SettingsConfigDict(env_prefix="BARUT_", env_file=".env", extra="ignore")

    env: Literal["demo", "production"]
    port: int = Field(default=3000, validation_alias="PORT")
    worker: int = 0  # which one this is; its unit says so, and then its ports are 310N and 910N
    host: str = "127.0.0.1"  # where each worker listens; the proxy alone may reach it
    base_url: str = ""
    var: Path = Path("var")
    uploads: Path = Path("uploaded_files")
    ledger: Path | None = None  # what outlives the database; `var/ledger.jsonl` if not set
    secret: SecretStr = SecretStr("")

    database_url: str = ""
    redis_url: str = ""
    store_url: str = ""
    store_key: SecretStr = SecretStr("")
    store_secret: SecretStr = SecretStr("")
    workers: int = 1
    trusted_proxies: list[str] = []  # addresses or networks of our own proxies
    known_networks: list[IPvAnyNetwork] = []  # where many honest people share one address
    metrics_port: int = 0  # figures for Prometheus, on this machine only; 0: none

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    smtp_connections: int = Field(default=4, ge=1, le=20)  # of each worker
    letters_an_hour: int = Field(default=600, ge=1)  # mailboxes strangers may write to; then slow
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

    paper_limit: int = 5 * MEGABYTE  # what the service accepts
    upload_cap: int = 11 * MEGABYTE // 2  # where the route stops; 6 MB with what is on its way
    live_every: float = 1.0  # seconds between two looks of a live page of the staff
    live_every_of_seekers: float = 5.0  # and of a job seeker's: hundreds are open (`memory`)
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
        """The only origins that may open a socket or send a form."""
        if self.is_demo and not self.base_url:
            return [self.address, f"http://127.0.0.1:{self.port}"]
        return [self.address]

    @cached_property
    def hosts(self) -> set[str]:
        """The `Host` values this office answers to."""
        return {urlsplit(origin).netloc for origin in self.origins}

    @cached_property
    def database(self) -> str:
        return with_driver(self.database_url or f"sqlite:///{self.var}/barut.db")

    @cached_property
    def secret_key(self) -> bytes:
        """The root of all keyed hashes; the demo makes its own in `var/secret`."""
        if value := self.secret.get_secret_value():
            return value.encode()
        if not self.is_demo:
            raise UnsafeSetting("BARUT_SECRET belum diisi. Isi di pengaturan, lalu ulangi.")
        return _own_secret(self.var / "secret")


def with_driver(url: str) -> str:
    """A database's address with the driver this office brings along."""
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
    """Refuse settings no office may work with, by whichever way it is opened."""
    if s.is_demo:
        check_demo(s)
    else:
        check_production(s)


def check_demo(s: Settings) -> None:
    """Refuse the demo, with its invented people, where a real office's settings stand."""
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
    """Refuse to open with a setting that would put people's papers at risk."""
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
