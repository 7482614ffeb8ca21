"""The files in `deploy/` are complete, valid for the programs that read them, and up to date."""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from barut_reflex.core.settings import Settings, UnsafeSetting, check_production
from probes.factories import known

from .site import NGINX, Site, make_certificate, needs_nginx, write_nginx_config

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
EXAMPLE = (ROOT / ".env.example").read_text()
GIVEN_BY_UNITS = {"BARUT_WORKER", "PORT", "BARUT_METRICS_PORT"}
FILLED = {"BARUT_SECRET": "x" * 40, "BARUT_SMTP_HOST": "mail.example.go.id"}


def named() -> dict[str, str]:
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


def as_settings(monkeypatch, **changed) -> Settings:
    for name in [name for name in os.environ if name.startswith("BARUT_")]:
        monkeypatch.delenv(name)
    for name, value in (named() | changed).items():
        monkeypatch.setenv(name, value)
    return Settings(_env_file=None)  # pyright: ignore[reportCallIssue]


# -- .env.example ---------------------------------------------------------------------------------


def test_every_setting_is_in_the_example_and_nothing_else():
    settings = {
        field.validation_alias or f"BARUT_{name.upper()}"  # pyright: ignore[reportUnhashable]
        for name, field in Settings.model_fields.items()
    }
    assert set(named()) | GIVEN_BY_UNITS == settings
    assert set(re.findall(r"^#([A-Z_]+)=$", EXAMPLE, re.MULTILINE)) == GIVEN_BY_UNITS


def test_filled_in_it_is_fit_for_production(monkeypatch):
    check_production(as_settings(monkeypatch, **FILLED))


def test_as_it_is_it_is_refused(monkeypatch):
    with pytest.raises(UnsafeSetting, match="BARUT_SECRET"):
        check_production(as_settings(monkeypatch))


# -- nginx ----------------------------------------------------------------------------------------


def nginx_says(folder: Path, change=lambda text: text) -> subprocess.CompletedProcess:
    make_certificate(folder)
    config = write_nginx_config(Site(folder, workers=1))
    config.write_text(change(config.read_text()))
    command = [NGINX, "-t", "-c", config]
    return subprocess.run(command, capture_output=True, text=True)


@needs_nginx
def test_nginx_can_read_it(tmp_path):
    done = nginx_says(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


@needs_nginx
def test_a_mistake_in_it_would_be_found(tmp_path):
    done = nginx_says(tmp_path, lambda text: text.replace("proxy_pass", "proxy_pas", 1))
    assert done.returncode != 0


# -- systemd --------------------------------------------------------------------------------------

UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())
HARDENED = {
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "PrivateDevices": "true",
    "NoNewPrivileges": "true",
    "CapabilityBoundingSet": "",
    "RestrictNamespaces": "true",
    "UMask": "0077",
    "User": "barut",
}


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = lambda optionstr: optionstr
    parser.read(DEPLOY / "systemd" / name)
    return parser


@pytest.mark.parametrize("name", ["barut@.service", "barut-backup.service"])
def test_units_are_hardened(name):
    service = unit(name)["Service"]
    assert {key: service.get(key) for key in HARDENED} == HARDENED


def test_units_start_what_is_there():
    service = unit("barut@.service")["Service"]
    script = known(re.search(r"(tools/\S+) worker", service["ExecStart"]))[1]
    assert (ROOT / script).exists()
    assert "127.0.0.1:3101 " in (DEPLOY / "nginx/barut.conf").read_text()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_can_read_them(tmp_path):
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text()
        text = re.sub(r"^(ExecStart(?:Post)?=)\S+", r"\1/bin/true", text, flags=re.MULTILINE)
        (tmp_path / name.replace("@.", "@1.")).write_text(text)
    names = [str(path) for path in sorted(tmp_path.iterdir())]
    command = ["systemd-analyze", "verify", "--man=no", *names]
    said = subprocess.run(command, capture_output=True, text=True).stderr
    ours = [line for line in said.splitlines() if str(tmp_path) in line]
    assert ours == []


# -- compose --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_compose_names_what_it_uses(compose):
    services, volumes = compose["services"], set(compose["volumes"])
    assert {"migrate", "postgres", "redis", "nginx"} < set(services)
    assert len([name for name in services if name.startswith("worker")]) == 3
    for service in services.values():
        assert set(service["networks"]) <= set(compose["networks"])
        assert set(service.get("depends_on", [])) <= set(services)
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            is_there = source in volumes or (DEPLOY / source).exists() or source == "./tls"
            assert is_there, volume


def test_in_compose_only_nginx_is_public(compose):
    public = [name for name, service in compose["services"].items() if "ports" in service]
    assert public == ["nginx"]


def test_compose_sets_only_what_is_a_setting(compose):
    for service in compose["services"].values():
        own = {name for name in service.get("environment", {}) if name.startswith("BARUT_")}
        assert own <= set(named()) | GIVEN_BY_UNITS


def test_the_workers_of_compose_share_what_they_must(compose):
    worker = compose["services"]["worker1"]
    assert worker == compose["services"]["worker3"]
    assert worker["environment"]["BARUT_REDIS_URL"]
    assert worker["cap_drop"] == ["ALL"]


def test_scripts_are_shell():
    for path in (DEPLOY / "rolling-restart", DEPLOY / "with-settings"):
        assert os.access(path, os.X_OK)
        assert subprocess.run(["sh", "-n", path]).returncode == 0
