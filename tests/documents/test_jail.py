"""The jail: the child process sees no secret, may crash, and is limited in number."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from barut_reflex.documents import jail
from barut_reflex.documents.rules import FileRefused, Reason
from probes.files.genuine import encoded

pytestmark = pytest.mark.slow  # processes


@pytest.fixture(autouse=True)
def quick():
    """Here the jail itself is tried."""


@pytest.fixture
def stand_in(monkeypatch):
    monkeypatch.setattr(jail, "CHILD_MODULE", "tests.documents.child")


def test_the_child_inherits_no_secret(stand_in, monkeypatch):
    monkeypatch.setenv("BARUT_SECRET", "KANARI")
    monkeypatch.setenv("BARUT_DATABASE_URL", "KANARI")
    facts, _ = jail.run_job({"job": "look"}, [])
    assert set(facts["env"]) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "LC_ALL"}


def test_the_child_loads_neither_settings_nor_database():
    script = (
        "import sys, barut_reflex.documents.imaging.__main__\n"
        "from barut_reflex.documents.imaging import sheets\n"
        "print(*sorted(sys.modules))"
    )
    env = {"PYTHONPATH": str(jail.ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True)
    loaded = done.stdout.split()
    assert "pikepdf" in loaded
    assert {"barut_reflex.core.settings", "barut_reflex.core.db", "sqlmodel", "reflex"}.isdisjoint(
        loaded
    )


def test_a_child_that_dies_is_a_refusal(stand_in):
    with pytest.raises(FileRefused) as refused:
        jail.run_job({"job": "die"}, [])
    assert refused.value.reason is Reason.TOO_HEAVY


def test_a_child_the_machine_had_no_time_for_is_not_the_file_s_fault(stand_in, monkeypatch):
    monkeypatch.setattr(jail, "WALL_CLOCK_SECONDS", 0.5)
    with pytest.raises(jail.JailBusy):
        jail.run_job({"job": "sleep"}, [])


def limits_of_child(code):
    """Run `code` in a process that has locked itself in as the child does."""
    script = f"from barut_reflex.documents.imaging.__main__ import lock_in\nlock_in()\n{code}"
    env = {"PYTHONPATH": str(jail.ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("bytes(600 * 2**20)", "MemoryError"),
        ("import resource as r; r.setrlimit(r.RLIMIT_AS, (2**40, 2**40))", "ValueError"),
    ],
    ids=["memory", "raising the limit"],
)
def test_the_child_is_locked_in(code, error):
    assert error in limits_of_child(code).stderr


def test_a_large_picture_needs_less_than_the_limit():
    picture = encoded(Image.new("RGBA", (7_000, 5_700)), "PNG", compress_level=1)
    assert jail.rebuild([picture]).pages == 1


def test_in_half_the_memory_it_would_be_refused():
    code = (
        "import resource as r, sys; r.setrlimit(r.RLIMIT_AS, (250 * 2**20,) * 2)\n"
        "from PIL import Image; Image.new('RGBA', (7000, 9700)).load()"
    )
    assert "MemoryError" in limits_of_child(code).stderr


def test_the_next_child_waits_and_each_does_one_job(stand_in):
    seen = [jail.run_job({"job": "look"}, [])[0]["pid"] for _ in range(3)]
    assert len(set(seen)) == 3
    waiting = [child.process for child in jail.spares.children]
    assert waiting and all(process.poll() is None for process in waiting)


def test_a_spare_that_died_is_not_given_a_job(stand_in):
    jail.run_job({"job": "look"}, [])
    for child in jail.spares.children:
        child.process.kill()
        child.process.wait()
    assert jail.run_job({"job": "look"}, [])[0]["env"]


def test_a_spare_ends_with_the_office():
    script = (
        "from barut_reflex.documents import jail; jail.spares.refill(); "
        "print(jail.spares.children[0].process.pid)"
    )
    env = {"PYTHONPATH": str(jail.ROOT), "BARUT_ENV": "demo"}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True)
    gone = Path(f"/proc/{int(done.stdout)}")
    for _ in range(100):
        if not gone.exists():
            break
        time.sleep(0.1)
    assert not gone.exists()
