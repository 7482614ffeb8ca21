"""One build serves any address and port: pages call back to the address they came from."""

import base64
import os
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from urllib.parse import urlsplit

import psutil
import pytest

from probes import ports
from probes.office import ROOT, Office
from probes.ports import HOST, free_port
from tools import frontend

from .proxy import proxy, tls_proxy


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


def test_a_page_speaks_to_the_port_it_came_from(tmp_path, build, hydrated):
    """Another port than that of the office which made the build."""
    before = build()
    office = Office(tmp_path).open()
    try:
        assert hydrated(office) == f"ws://localhost:{office.port}/_event/"
    finally:
        office.close()
    assert build() == before


@pytest.fixture
def real_office(tmp_path):
    """In production mode behind TLS, as on a server."""
    tls_port = free_port()
    office = Office(
        tmp_path,
        BARUT_ENV="production",
        BARUT_BASE_URL=f"https://{HOST}:{tls_port}",
        BARUT_SECRET=base64.b64encode(os.urandom(36)).decode(),
        BARUT_SMTP_HOST=HOST,
        BARUT_OFFICER_TOTP="true",
    )
    make_key = [sys.executable, "-m", "barut_reflex", "kunci-qr"]
    subprocess.run(make_key, cwd=ROOT, env=office.env, check=True, stdout=subprocess.DEVNULL)
    office.open()
    try:
        with tls_proxy(tmp_path, tls_port, office.port):
            yield office
    finally:
        office.close()


def test_behind_tls_it_speaks_tls_too(real_office, build, hydrated):
    before = build()
    assert hydrated(real_office) == f"{real_office.address.replace('https', 'wss')}/_event/"
    assert build() == before


def test_a_taken_port_is_refused(office, tmp_path):
    second = Office(tmp_path, PORT=str(office.port))
    command = [sys.executable, "tools/serve.py"]
    done = subprocess.run(command, cwd=ROOT, env=second.env, capture_output=True, text=True)
    assert done.returncode != 0
    assert "sedang dipakai" in done.stderr


# -- a test knows its own office ------------------------------------------------------------------


@pytest.fixture
def foreign_port():
    """Where another program says that all is well."""

    class Well(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

    with HTTPServer((HOST, 0), Well) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_another_program_is_not_taken_for_the_office(foreign_port, tmp_path):
    office = Office(tmp_path, PORT=str(foreign_port))
    with pytest.raises(pytest.fail.Exception, match=f"port {foreign_port} belongs to another"):
        office.open()


def test_without_the_question_it_would_be(foreign_port, tmp_path, monkeypatch):
    monkeypatch.setattr("probes.office.foreign_server_on", lambda port, process: "")
    office = Office(tmp_path, PORT=str(foreign_port)).open()
    office.close()


class JustOpened:
    """psutil that finds the listening socket before its process, the first time."""

    def __init__(self, port: int, readings: list[int | None]):
        self.port, self.readings = port, iter(readings)

    def net_connections(self, kind):
        address = SimpleNamespace(port=self.port)
        return [SimpleNamespace(status=psutil.CONN_LISTEN, laddr=address, pid=next(self.readings))]


@pytest.mark.parametrize("readings", [[None, 1], [None, None, None]])
def test_a_socket_just_opened_is_looked_at_again(readings, monkeypatch):
    seen = JustOpened(4711, readings)
    monkeypatch.setattr(psutil, "net_connections", seen.net_connections)
    monkeypatch.setattr(psutil.Process, "children", lambda self, recursive: [])
    is_foreign = readings[-1] is None
    assert bool(ports.foreign_server_on(4711, own=1)) == is_foreign


def test_behind_a_slow_front_answers_come_late(office):
    """What `MAKE_IT_SLOW` puts between browser and office."""
    port, began = free_port(), time.monotonic()
    host = {"Host": urlsplit(office.address).netloc}
    with proxy(port, office.port, delay=0.3):
        urllib.request.urlopen(urllib.request.Request(f"http://{HOST}:{port}/ping", headers=host))
    assert time.monotonic() - began >= 0.3
