"""One build serves any address and port: pages ask the address they came from."""

import base64
import os
import subprocess
import sys

import pytest

from probes.office import ROOT, Office
from tools import frontend

from ..deploy.site import HOST
from .tls import tls_front

PORTS = (3391, 3392)
BEHIND_TLS, TLS_PORT = 3393, 3394


@pytest.fixture
def build(office):
    """What tells one build from another; the office of all journeys has made it."""
    stamp = frontend.web_folder() / "barut-built"
    return lambda: (stamp.stat().st_mtime_ns, stamp.read_text())


@pytest.fixture
def hydrated(chromium):
    """Opens a page of the office and waits for its state; gives the address of its socket."""

    def ask(office):
        page = chromium.new_context(ignore_https_errors=True).new_page()
        page.set_default_timeout(90_000)
        with page.expect_websocket() as opened:
            page.goto(f"{office.address}/daftar/")
        opened.value.wait_for_event("framereceived", lambda said: "state" in str(said))
        return opened.value.url.partition("?")[0]

    return ask


@pytest.mark.parametrize("port", PORTS)
def test_a_page_speaks_to_the_port_it_came_from(tmp_path, build, hydrated, port):
    before = build()
    office = Office(tmp_path, port=port).open()
    try:
        assert hydrated(office) == f"ws://localhost:{port}/_event/"
    finally:
        office.close()
    assert build() == before


@pytest.fixture
def real_office(tmp_path):
    """In production mode behind TLS, as on a server."""
    office = Office(
        tmp_path,
        port=BEHIND_TLS,
        BARUT_ENV="production",
        BARUT_BASE_URL=f"https://{HOST}:{TLS_PORT}",
        BARUT_SECRET=base64.b64encode(os.urandom(36)).decode(),
        BARUT_SMTP_HOST=HOST,
        BARUT_OFFICER_TOTP="true",
    )
    make_key = [sys.executable, "-m", "barut_reflex", "kunci-qr"]
    subprocess.run(make_key, cwd=ROOT, env=office.env, check=True, stdout=subprocess.DEVNULL)
    office.open()
    try:
        with tls_front(tmp_path, TLS_PORT, BEHIND_TLS):
            yield office
    finally:
        office.close()


def test_behind_tls_it_speaks_tls_too(real_office, build, hydrated):
    before = build()
    assert hydrated(real_office) == f"wss://{HOST}:{TLS_PORT}/_event/"
    assert build() == before


def test_a_taken_port_is_refused(office, tmp_path):
    second = Office(tmp_path, port=office.port)
    command = [sys.executable, "tools/serve.py"]
    done = subprocess.run(command, cwd=ROOT, env=second.env, capture_output=True, text=True)
    assert done.returncode != 0
    assert "sedang dipakai" in done.stderr
