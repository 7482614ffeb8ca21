"""Each systemd unit gives its worker its own ports, whatever the settings file says."""

import os
import re
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from barut_reflex.core import metrics
from barut_reflex.core.settings import settings
from probes.factories import known
from probes.ports import free_port

from .units import environment

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy/systemd/barut@.service").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
ONCE = "PORT=3101\nBARUT_METRICS_PORT=9101\n"  # what the example said, and installed offices have
BY_ENVIRONMENT = """[Service]
EnvironmentFile=/etc/barut/barut.env
Environment=PORT=310%i BARUT_METRICS_PORT=910%i
ExecStart=/srv/barut/current/.venv/bin/python tools/serve.py worker
"""


def ports(unit, text, directive="ExecStart"):
    """PORT and BARUT_METRICS_PORT of three workers."""
    found = [environment(unit, text, instance, directive) for instance in "123"]
    return [(env["PORT"], env.get("BARUT_METRICS_PORT")) for env in found]


@pytest.mark.parametrize("text", [EXAMPLE, EXAMPLE + ONCE])
def test_three_workers_have_three_ports(text):
    assert ports(UNIT, text) == [("3101", "9101"), ("3102", "9102"), ("3103", "9103")]
    waits = [port for port, _ in ports(UNIT, text, "ExecStartPost")]
    assert waits == ["3101", "3102", "3103"]


def test_by_environment_alone_all_would_share_one():
    """The control: the unit as it was, with the settings as they were."""
    assert ports(BY_ENVIRONMENT, EXAMPLE + ONCE) == [("3101", "9101")] * 3


def test_the_command_itself_gives_the_ports(tmp_path):
    """Run as it stands in the unit; only what it starts is another program."""
    (command,) = re.findall(r"^ExecStart=(.*)$", UNIT, re.MULTILINE)
    words = command.replace("%i", "2").split()
    show = "import os; print(os.environ['PORT'], os.environ['BARUT_WORKER'])"
    words[words.index("tools/serve.py") - 1 :] = [sys.executable, "-c", show]
    environment = os.environ | {"PORT": "3101", "BARUT_METRICS_PORT": "9101"}
    said = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["3102", "2"]


# -- the worker itself ----------------------------------------------------------------------------


def run_serve(tmp_path, *words, **env) -> subprocess.Popen:
    """`tools/serve.py` with pages that look built, in a folder of its own."""
    web = tmp_path / "web"
    (web / "build" / "client").mkdir(parents=True, exist_ok=True)
    env = {"BARUT_VAR": str(tmp_path / "var"), "REFLEX_WEB_WORKDIR": str(web), **env}
    command = [sys.executable, *(words or ("tools/serve.py", "worker"))]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def test_a_worker_refuses_the_port_of_another(tmp_path):
    env = {"BARUT_WORKER": "2", "PORT": "3101", "BARUT_METRICS_PORT": "9101"}
    worker = run_serve(tmp_path, **env)
    said, _ = worker.communicate(timeout=20)
    assert worker.returncode == 1
    assert "PORT=3102" in said and "BARUT_METRICS_PORT=9102" in said
    assert "Traceback" not in said


CLAIM = """
import sys, time
sys.path.insert(0, "tools")
import serve
serve.claim(int(sys.argv[1]))
print("mine", flush=True)
time.sleep(60)
"""
PROBE = CLAIM.replace("serve.claim(", "import socket; socket.create_server(('127.0.0.1', ").replace(
    "sys.argv[1]))", "sys.argv[1]))).close()"
)


@pytest.mark.parametrize(("way", "owners"), [(CLAIM, 1), (PROBE, 6)])
def test_of_six_that_start_at_once_one_gets_the_port(tmp_path, way, owners):
    """The control checks whether the port is free, as it was: then all six may have it."""
    port = free_port()
    started = [run_serve(tmp_path, "-c", way, str(port)) for _ in range(6)]
    said = [known(worker.stdout).readline() for worker in started]
    for worker in started:
        worker.kill()
        worker.wait()
    assert said.count("mine\n") == owners
    assert all(str(port) in line for line in said if line != "mine\n")


def test_figures_do_not_slip_to_the_port_of_a_neighbour(monkeypatch):
    port = free_port()
    monkeypatch.setattr(settings, "metrics_port", port)
    monkeypatch.setattr(settings, "workers", 3)
    monkeypatch.setattr(settings, "worker", 1)
    assert [metrics.serve(), metrics.serve()] == [port, 0]


# -- waiting for it -------------------------------------------------------------------------------


@pytest.fixture
def neighbour():
    """Somebody ready on a port, who is process 4711."""

    class Ready(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("barut-process", "4711")
            self.end_headers()

        def log_message(self, *_): ...  # pyright: ignore[reportIncompatibleMethodOverride]

    server = HTTPServer(("127.0.0.1", 0), Ready)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_neighbour_that_is_ready_is_not_the_worker(tmp_path, neighbour):
    waiting = run_serve(
        tmp_path, "tools/serve.py", "wait", PORT=str(neighbour), MAINPID=str(os.getpid())
    )
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.communicate(timeout=4)
    waiting.kill()
    waiting.communicate()


def test_without_its_number_the_neighbour_would_do(tmp_path, neighbour):
    """The control; and how it is in containers, where each worker has an address of its own."""
    waiting = run_serve(tmp_path, "tools/serve.py", "wait", PORT=str(neighbour), MAINPID="")
    waiting.communicate(timeout=20)
    assert waiting.returncode == 0


def test_nobody_waits_for_a_worker_that_is_gone(tmp_path, neighbour):
    gone = subprocess.Popen(["true"])
    gone.wait()
    began = time.monotonic()
    waiting = run_serve(
        tmp_path, "tools/serve.py", "wait", PORT=str(neighbour), MAINPID=str(gone.pid)
    )
    said, _ = waiting.communicate(timeout=20)
    assert (waiting.returncode, "journalctl" in said) == (1, True)
    assert time.monotonic() - began < 20
