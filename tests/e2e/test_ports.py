"""One build serves any address and port: pages ask the address they came from."""

import base64
import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tools import frontend

from ..deploy.site import HOST
from .conftest import ROOT, Office, sign_in
from .tls import tls_front

PORTS = (3391, 3392)
BEHIND_TLS, TLS_PORT = 3393, 3394


@pytest.fixture
def build(office):
    """What tells one build from another; the office of all journeys has made it."""
    stamp = frontend.web_folder() / "barut-built"
    return lambda: (stamp.stat().st_mtime_ns, stamp.read_text())


@pytest.mark.parametrize("port", PORTS)
def test_an_office_on_another_port_lets_people_in(tmp_path, chromium, build, port):
    before = build()
    office = Office(tmp_path, port=port).open()
    try:
        page = chromium.new_context(base_url=office.address).new_page()
        person = office.one("job_seeker")
        sign_in(page, person["email"], person["password"])
        expect(page.get_by_text("Tidak Pernah Melakukan Pengajuan")).to_be_visible()
        assert build() == before
    finally:
        office.close()


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
    with tls_front(tmp_path, TLS_PORT, BEHIND_TLS):
        yield office
    office.close()


def test_behind_tls_its_pages_speak_tls_too(real_office, chromium, build):
    before = build()
    page = chromium.new_context(ignore_https_errors=True).new_page()
    with page.expect_websocket() as opened:
        page.goto(f"{real_office.address}/daftar/")
    assert opened.value.url.startswith(f"wss://{HOST}:{TLS_PORT}/_event")
    opened.value.wait_for_event("framereceived", lambda said: "state" in str(said))
    expect(page.get_by_role("heading", name=re.compile("Daftar"))).to_be_visible()
    assert build() == before


def test_a_taken_port_is_refused(office, tmp_path):
    second = Office(tmp_path, port=office.port)
    command = [sys.executable, "tools/serve.py"]
    done = subprocess.run(command, cwd=ROOT, env=second.env, capture_output=True, text=True)
    assert done.returncode != 0
    assert "sedang dipakai" in done.stderr
