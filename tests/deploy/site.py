"""A site as `deploy/` describes it, with real nginx, TLS, PostgreSQL, Redis, S3 and mail server."""

import base64
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from probes.factories import known
from probes.ports import HOST, foreign_server_on, free_port, free_ports
from probes.servers import empty_database, redis_url
from probes.tab import Tab

from ..scale import s3
from .own_redis import OwnRedis

ROOT = Path(__file__).parents[2]
NGINX = Path("/usr/sbin/nginx")
needs_nginx = pytest.mark.skipif(not NGINX.exists(), reason="nginx is not installed")


class Site:
    """Opened with `with`. `address` is where the public reaches it."""

    redis: OwnRedis  # where a test gave it one of its own

    def __init__(
        self,
        folder: Path,
        workers: int = 3,
        *,
        has_pages: bool = False,
        **env: str,
    ):
        self.folder, self.has_pages, self._stack = folder, has_pages, ExitStack()
        folder.chmod(0o755)
        self.tls_port, self.plain_port, *self.ports = free_ports(2 + workers)
        self.address = f"https://{HOST}:{self.tls_port}"
        self.emails: list[bytes] = []
        self.workers: dict[int, subprocess.Popen] = {}
        self.more = env

    @property
    def port(self) -> int:
        """What a tab asks for."""
        return self.tls_port

    def __enter__(self) -> "Site":
        make_certificate(self.folder)
        self.env = os.environ | self._settings() | self.more
        for name in ("PYTEST_CURRENT_TEST", "BARUT_TEST_DATABASE"):
            self.env.pop(name, None)
        self.run("-m", "barut_reflex", "kunci-qr")
        if self.has_pages:
            self.run("tools/frontend.py")
        self.run("tools/serve.py", "migrate")
        for port in self.ports:
            self.start(port, is_awaited=False)
        for port in self.ports:
            self.wait(port)
        self._open_nginx()
        return self

    def __exit__(self, *_: object) -> None:
        for port in list(self.workers):
            self.stop(port)
        self.nginx.terminate()
        self.nginx.wait(20)
        self._stack.close()

    # -- the workers ----------------------------------------------------------------------------

    def start(self, port: int, *, is_awaited: bool = True) -> None:
        """Start the worker that listens there, and wait until it is ready."""
        script = ["tools/serve.py", "worker"] if self.has_pages else ["-m", "tests.deploy.worker"]
        with (self.folder / f"worker-{port}.log").open("ab") as log:
            self.workers[port] = subprocess.Popen(
                [sys.executable, *script],
                cwd=ROOT,
                env=self.env | {"PORT": str(port)},
                stdout=log,
                stderr=log,
            )
        if is_awaited:
            self.wait(port)

    def wait(self, port: int) -> None:
        try:
            own = str(self.workers[port].pid)
            self.run("tools/serve.py", "wait", PORT=str(port), MAINPID=own)
        except RuntimeError:
            pytest.fail((self.folder / f"worker-{port}.log").read_text()[-3000:])

    def stop(self, port: int) -> None:
        if (process := self.workers.pop(port, None)) is None:
            return
        process.terminate()
        process.wait(30)

    def kill(self, port: int) -> None:
        process = self.workers.pop(port)
        subprocess.run(["pkill", "-9", "-P", str(process.pid)], check=False)
        process.kill()
        process.wait(30)

    def run(self, *words: str, **env: str) -> str:
        """A command of the office with the site's settings; what it printed."""
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.env | env, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{words}: {done.stdout[-1000:]} {done.stderr[-3000:]}")
        return done.stdout

    # -- people and their tabs ------------------------------------------------------------------

    def people(self, many: int) -> list[str]:
        """So many signed-in job seekers: the Cookie header of each."""
        told = self.run("-m", "tests.deploy.people", str(many))
        return [f"__Host-sesi={token}" for token in json.loads(told)]

    def browser(self, cookie: str = "", **options) -> httpx.Client:
        headers = {"Origin": self.address} | ({"Cookie": cookie} if cookie else {})
        headers |= options.pop("headers", {})
        certificate = ssl.create_default_context(cafile=str(self.folder / "site.pem"))
        return httpx.Client(
            base_url=self.address, headers=headers, verify=certificate, timeout=30, **options
        )

    def tab(self, cookie: str = "", token: str = "") -> Tab:
        """A browser's tab, through nginx and TLS."""
        return SecureTab(self, cookie, token=token)

    # -- what stands around ---------------------------------------------------------------------

    def _settings(self) -> dict[str, str]:
        folder, mail = self.folder, self._open_mail()
        return {
            "BARUT_ENV": "production",
            "BARUT_BASE_URL": self.address,
            "BARUT_SECRET": base64.b64encode(os.urandom(36)).decode(),
            "BARUT_OFFICER_TOTP": "true",
            "BARUT_BCRYPT_COST": "12",
            "BARUT_VAR": str(folder / "var"),
            "BARUT_UPLOADS": str(folder / "uploaded_files"),
            "BARUT_LEDGER": str(folder / "ledger.jsonl"),
            "BARUT_DATABASE_URL": self._stack.enter_context(empty_database()),
            "BARUT_REDIS_URL": redis_url(),
            "BARUT_STORE_URL": s3.new_bucket(),
            "BARUT_STORE_KEY": s3.KEY,
            "BARUT_STORE_SECRET": s3.SECRET,
            "BARUT_WORKERS": str(len(self.ports)),
            "BARUT_TRUSTED_PROXIES": '["127.0.0.1"]',
            "BARUT_SMTP_HOST": HOST,
            "BARUT_SMTP_PORT": str(mail),
            "SSL_CERT_FILE": str(folder / "site.pem"),
            "REFLEX_TELEMETRY_ENABLED": "false",
            "REFLEX_CHECK_LATEST_VERSION": "false",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }

    def _open_mail(self) -> int:
        emails = self.emails

        class Handler:
            async def handle_DATA(self, server, session, envelope):  # noqa: N802
                emails.append(envelope.content)
                return "250 OK"

        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.folder / "site.pem", self.folder / "site.key")
        port = free_port()
        mail = Controller(
            Handler(), hostname=HOST, port=port, tls_context=context, require_starttls=True
        )
        mail.start()
        self._stack.callback(mail.stop)
        return port

    def email_texts(self) -> list[str]:
        """The plain text of every email that arrived."""
        parsed = [message_from_bytes(raw, policy=policy.default) for raw in self.emails]
        return [known(one.get_body(("plain",))).get_content() for one in parsed]

    def _open_nginx(self) -> None:
        self.nginx_config = write_nginx_config(self)
        command = [str(NGINX), "-c", str(self.nginx_config), "-g", "daemon off;"]
        subprocess.run([*command[:3], "-t"], check=True, capture_output=True)
        with (self.folder / "nginx.log").open("ab") as log:
            self.nginx = subprocess.Popen(command, stdout=log, stderr=log)
        for _ in range(100):
            try:
                socket.create_connection((HOST, self.tls_port)).close()
            except OSError:
                time.sleep(0.1)
                continue
            if other_program := foreign_server_on(self.tls_port, self.nginx.pid):
                pytest.fail(other_program)
            return
        pytest.fail("nginx did not open")


class SecureTab(Tab):
    """A tab whose socket is a TLS one; trusts whatever certificate stands there."""

    def __init__(self, site: Site, cookie: str = "", *, token: str = ""):
        import socketio

        super().__init__(site, cookie, token=token)
        self.base, self.headers["Origin"] = site.address, site.address
        self.socket = socketio.AsyncClient(reconnection=False, ssl_verify=False)
        self.socket.on("event", self._hear, namespace="/_event")


def write_nginx_config(site: Site) -> Path:
    """`deploy/nginx/barut.conf` itself, with names, ports and folders of this site."""
    text = (ROOT / "deploy/nginx/barut.conf").read_text()
    workers = "".join(
        f"    server 127.0.0.1:{port} max_fails=1 fail_timeout=1s;\n" for port in site.ports
    )
    begin, end = text.index("    server 127.0.0.1:3101"), text.index("    keepalive")
    text = text[:begin] + workers + text[end:]
    for old, new in {
        "listen 80;": f"listen {HOST}:{site.plain_port};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen {HOST}:{site.tls_port} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "barutkerja.example.go.id": HOST,
        f"/etc/letsencrypt/live/{HOST}/fullchain.pem": str(site.folder / "site.pem"),
        f"/etc/letsencrypt/live/{HOST}/privkey.pem": str(site.folder / "site.key"),
        "/var/cache/nginx/barut": str(site.folder / "cache"),
        "/var/log/nginx": str(site.folder),
        "/var/www/barut": str(ROOT / "deploy/nginx"),
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    frame = f"user root;\nworker_processes 1;\npid {site.folder}/nginx.pid;\n"
    frame += f"error_log {site.folder}/nginx-error.log;\nevents {{ worker_connections 1024; }}\n"
    frame += "http {\n    include /etc/nginx/mime.types;\n"
    config = site.folder / "nginx.conf"
    config.write_text(f"{frame if os.geteuid() == 0 else frame[11:]}{text}\n}}\n")
    return config


def make_certificate(folder: Path) -> None:
    """A self-made certificate for this machine, its own authority."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "site.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    (folder / "site.key").write_bytes(key.private_bytes(*form, serialization.NoEncryption()))
