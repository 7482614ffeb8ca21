"""The address is baked into the front end: another port means another export, by itself."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from .conftest import ROOT, Office, sign_in

WEB = ".web-ports"


@pytest.mark.parametrize("port", [3391, 3392])
def test_an_office_on_another_port_lets_people_in(tmp_path, chromium, port):
    office = Office(tmp_path, port=port, web=WEB).open()
    try:
        page = chromium.new_context(base_url=office.address).new_page()
        person = office.one("job_seeker")
        sign_in(page, person["email"], person["password"])
        expect(page.get_by_text("Tidak Pernah Melakukan Pengajuan")).to_be_visible()
    finally:
        office.close()


def test_a_taken_port_is_refused(office, tmp_path):
    second = Office(tmp_path, port=office.port)
    command = [sys.executable, "tools/serve.py"]
    done = subprocess.run(command, cwd=ROOT, env=second.env, capture_output=True, text=True)
    assert done.returncode != 0
    assert "sedang dipakai" in done.stderr
