"""A production site in a real browser, from sign-up to approval (`make test-scale`)."""

import re
import subprocess
import time
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from pyotp.totp import TOTP

from probes.browser import button, field, link, settled
from probes.browser import sign_in as fill_login
from probes.factories import known

from ..e2e import test_manual as manual
from .site import needs_nginx

pytestmark = needs_nginx
SIGNATORY = "Dewi Lestari, S.Kom"
ADMIN, ADMIN_PASSWORD = "kepala@contoh.go.id", "Hulu-Kahayan93!"


class Letters:
    """The mailbox of the manual's walk, filled by a mail server this time."""

    def __init__(self, site):
        self.site = site

    def code(self, to, *, after=0, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            texts = [t for t, raw in zip(self.site.email_texts(), self.site.emails, strict=False)
                     if to.encode() in raw]  # fmt: skip
            for text in reversed(texts[after:]):
                if found := re.search(r"^\s*(\d{6})\s*$", text, re.M):
                    return found[1]
            time.sleep(0.2)
        raise AssertionError(f"no code for {to}")


@pytest.fixture
def office(production):
    mailbox, port = Letters(production), production.tls_port
    return SimpleNamespace(mailbox=mailbox, address=production.address, port=port)


def test_from_sign_up_to_approval(production, office, browsing):
    site, visitor = production, browsing
    expect.set_options(timeout=60_000)
    manual.test_1_sign_up(office, visitor)
    manual.test_2_login_and_first_page(visitor)
    manual.test_3_1_personal_data(visitor)
    manual.test_3_2_papers(visitor)
    manual.test_3_3_send_cancel_and_send_again(visitor)
    admin = open_first_administrator(site, visitor())
    add_signatory(admin)
    site.stop(site.ports[0])  # an upgrade begins just now
    admin.goto("/admin/")
    link(admin, "Lihat Semua Pengajuan").click()
    admin.wait_for_url(re.compile("/admin/pengajuan"))
    settled(admin)
    row = admin.get_by_role("row").filter(has_text="Bambang Susilo Hartono").first
    link(row, "Lihat Detail").click()
    admin.wait_for_url(re.compile("/admin/pengajuan/[0-9a-f-]{36}"))
    site.start(site.ports[0])
    settled(admin)
    field(admin, "Penandatangan").select_option(label=f"{SIGNATORY}, Pengantar Kerja")
    button(admin, "Setujui").click()
    admin.get_by_role("dialog").get_by_role("button").last.click()
    expect(link(admin, "Cetak AK1")).to_be_visible()
    card = admin.request.get(link(admin, "Cetak AK1").get_attribute("href"))
    assert card.body().startswith(b"%PDF-")
    assert not list((site.folder / "uploaded_files").rglob("*.*"))  # papers are in S3
    check_card(card.body(), site, visitor(java_script_enabled=False))


def open_first_administrator(site, page):
    """As docs/operations.md says: a one-time password, a new one, a second factor."""
    words = ["admin", "create", "--name", "Kepala Dinas", "--email", ADMIN]
    told = site.run("-m", "barut_reflex", *words)
    fill_login(page, ADMIN, known(re.search(r"Password: (\S+)", told))[1])
    page.wait_for_url(re.compile("/(password-awal|langkah-kedua)"))
    if "langkah-kedua" in page.url:
        enrol(page)
        page.goto("/password-awal/")
    settled(page)
    field(page, "Password Baru").fill(ADMIN_PASSWORD)
    field(page, "Konfirmasi Password").fill(ADMIN_PASSWORD)
    button(page, "Simpan Password Baru").click()
    page.wait_for_url(re.compile("/(login|admin)"))
    if "login" in page.url:
        fill_login(page, ADMIN, ADMIN_PASSWORD)
        page.wait_for_url(re.compile("/(langkah-kedua|admin)"))
        if "langkah-kedua" in page.url:
            enrol(page)
            page.goto("/admin/")
    page.wait_for_url(re.compile("/admin/?$"))
    settled(page)
    return page


def add_signatory(admin):
    """The first administrator has no staff number, so somebody else signs."""
    link(admin, "Tambah Admin").click()
    admin.wait_for_url(re.compile("/admin/akun/tambah"))
    settled(admin)
    field(admin, "Nama Lengkap").fill(SIGNATORY)
    field(admin, "Email").fill("dewi.lestari@contoh.go.id")
    field(admin, "Password").fill("Kapuas-Lahei88!")
    field(admin, "Konfirmasi Password").fill("Kapuas-Lahei88!")
    field(admin, "Jenis Pejabat").select_option(label="PPPK")
    field(admin, "NIPPPK").fill("199009132025242014")
    field(admin, "Jabatan").fill("Pengantar Kerja")
    field(admin, "Peran").select_option(label="Petugas")
    button(admin, "Simpan Admin").click()
    admin.wait_for_url(re.compile("/admin/akun/?(\\?|$)"))


def check_card(pdf, site, page):
    """The printed QR leads anybody to the check page, without sign-in and without scripts."""
    (site.folder / "card.pdf").write_bytes(pdf)
    raster = ["pdftoppm", "-r", "200", "-png", "-f", "1", "-l", "1", "card.pdf", "card"]
    subprocess.run(raster, cwd=site.folder, check=True)
    [printed] = site.folder.glob("card*.png")
    read = subprocess.run(["zbarimg", "-q", "--raw", printed], capture_output=True, text=True)
    found = read.stdout.strip()
    assert found.startswith(f"{site.address}/v/".upper())
    page.goto(f"/V/{found.rsplit('/', 1)[1]}")
    expect(page.locator("[data-verdict]")).to_contain_text("BERLAKU")
    expect(page.get_by_text("Bambang Susilo Hartono").first).to_be_visible()
    assert "6207011234567890" not in page.content()


def enrol(page):
    """Whoever must have a second factor finds it open, without asking for it."""
    settled(page)
    secret = field(page, "Kunci Rahasia")
    expect(secret).to_have_value(re.compile("^[A-Z2-7 ]{39}$"))
    field(page, "Kode Autentikator").fill(TOTP(secret.input_value().replace(" ", "")).now())
    button(page, "Verifikasi").click()
    expect(field(page, "Kode Pemulihan")).to_have_value(re.compile("-"))
