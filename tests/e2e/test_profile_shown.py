"""A holder opens a section, shares and revokes a link, and shows an access code."""

import re

import pytest
from playwright.sync_api import expect

from probes.browser import button, field, link, settled


def holder(office, browser_of):
    """The one with an AK1."""
    return browser_of(office.one("job_seeker", 5), width=360, height=780)


@pytest.mark.seed("siapkerja 6")
def test_1_a_section_is_opened_and_closed_again(office, browser_of):
    ahmad = holder(office, browser_of)
    ahmad.goto("/profil/privasi/")
    settled(ahmad)
    button(ahmad, "Buka Kontak dan Alamat").click()
    expect(ahmad.get_by_role("dialog")).to_contain_text("sampai saya menutupnya lagi")
    button(ahmad, "Saya Setuju, Buka").click()
    expect(button(ahmad, "Tutup Kontak dan Alamat")).to_be_visible()
    ahmad.goto("/profil/pratinjau/")
    expect(ahmad.locator('[data-section="contact"]')).to_be_visible()
    ahmad.goto("/profil/privasi/")
    settled(ahmad)
    button(ahmad, "Tutup Kontak dan Alamat").click()
    expect(ahmad.get_by_text("Bagian itu ditutup")).to_be_visible()
    ahmad.goto("/profil/pratinjau/")
    expect(ahmad.locator('[data-section="contact"]')).to_have_count(0)


@pytest.mark.seed("siapkerja use 2-5", "siapkerja use 9")
def test_2_a_link_is_shared_read_and_taken_back(office, browser_of, visitor):
    ahmad, anonymous = holder(office, browser_of), visitor(width=360, java_script_enabled=False)
    ahmad.goto("/profil/privasi/")
    settled(ahmad)
    field(ahmad, "Penerima").fill("PT Maju")
    field(ahmad, "Tujuan").fill("melamar sebagai juru las")
    field(ahmad, "Kontak dan Alamat").check()
    button(ahmad, "Buat Tautan").click()
    made = field(ahmad, "Tautan untuk Disalin")
    expect(made).to_have_value(re.compile(r"/bagikan/[\w-]{43}$"))
    address = made.input_value()
    anonymous.goto(address)
    expect(anonymous.get_by_text("PT Maju")).to_be_visible()
    expect(anonymous.locator('[data-section="contact"]')).to_contain_text("@")
    button(ahmad, "Cabut tautan untuk PT Maju").click()
    expect(ahmad.get_by_text("Tautan dicabut")).to_be_visible()
    assert anonymous.goto(address).status == 404
    expect(anonymous.get_by_role("heading", level=1)).to_have_text("Tautan tidak berlaku")
    ahmad.reload()
    settled(ahmad)
    expect(ahmad.get_by_text("Tautan untuk PT Maju", exact=True)).to_be_visible()
    assert address.rpartition("/")[2] not in (office.var / "server.log").read_text()


@pytest.mark.seed("siapkerja 5c", "siapkerja use 8")
def test_3_an_access_code_lets_in_once(office, browser_of):
    ahmad, rina = holder(office, browser_of), browser_of(office.one("officer"))
    ahmad.goto("/kartu/")
    settled(ahmad)
    rina.goto("/pindai/")
    settled(rina)
    button(ahmad, "Buat Kode Akses").click()
    digits = ahmad.locator("[data-digits]").inner_text()
    assert re.fullmatch(r"\d{3} \d{3}", digits)
    field(rina, "Keperluan").select_option(label="Masuk ruangan")
    field(rina, "Kode Akses").fill(digits)
    button(rina, "Catat").click()
    expect(rina.locator("[data-let-in]")).to_contain_text("Dicatat pukul")
    expect(field(rina, "Kode Akses")).to_have_value("")
    field(rina, "Kode Akses").fill(digits)
    button(rina, "Catat").click()
    expect(rina.locator("#code-error")).to_contain_text("sudah dipakai pukul")
    expect(rina.get_by_role("region", name="Daftar hari ini").get_by_role("row")).to_have_count(2)


def test_4_the_card_opens_without_a_signal_until_logout(office, browser_of):
    ahmad = holder(office, browser_of)
    ahmad.goto("/kartu/")
    settled(ahmad)
    link(ahmad, "Simpan di Ponsel").click()
    expect(ahmad.get_by_text("Tersimpan di ponsel ini")).to_be_visible()
    ahmad.context.set_offline(True)
    ahmad.goto("/kartu-saya/")
    expect(ahmad.get_by_role("heading", level=1)).to_have_text("Kartu AK1")
    ahmad.locator("[data-large]").click()
    expect(ahmad.get_by_role("dialog")).to_be_visible()
    ahmad.keyboard.press("Escape")
    ahmad.context.set_offline(False)
    ahmad.goto("/beranda/")
    settled(ahmad)
    ahmad.locator("details.menu summary").click()
    button(ahmad, "Keluar").click()
    ahmad.wait_for_url(re.compile("/login"))
    ahmad.context.set_offline(True)
    ahmad.goto("/kartu-saya/")
    expect(ahmad.get_by_role("heading", level=1)).to_have_text("Tidak ada sambungan")
