"""The seven steps on a phone: wrong values first, nothing lost, axe finds nothing."""

import re

import pytest
from playwright.sync_api import expect

from .papers import picture, scan
from .test_accessibility import page_faults

HTML = '<b>Toko</b> & {anak} "Jaya"'


pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture(scope="module")
def seeker(office):
    return office.one("job_seeker", 2)  # a complete draft: what the AK1 asked is there


@pytest.fixture
def page(browser_of, seeker):
    return browser_of(seeker, width=360, height=800)


def press(page, name, role="button"):
    page.get_by_role(role, name=name, exact=True).click()


def at(page, number):
    page.wait_for_url(re.compile(f"/profil/{number}/"))
    expect(page.get_by_text(f"Langkah {number} dari 7")).to_be_visible()


def fill(page, **fields):
    for label, text in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)


def refused(page, box, words):
    expect(page.locator(f"#{box}-error")).to_contain_text(words)


@pytest.mark.seed(
    "guide B.4a",
    "guide B.4b",
    "guide B.4c",
    "guide B.4d",
    "guide B.4e",
    "guide B.4f",
    "guide B.4g",
    "guide B.5",
    "account C",
    "account C.1",
    "account C.2",
    "account C.3",
    "account C.4",
    "account C.5",
    "account C.6",
    "account C.7",
)
def test_the_seven_steps(page, seeker):
    page.goto("/beranda/")
    press(page, "Lengkapi Profil", "link")
    expect(page.get_by_text("Yang masih kurang:")).to_be_visible()
    press(page, "1. Foto Profil Lengkap", "link")
    _photo(page)
    _biodata(page, seeker)
    _school(page)
    _work(page)
    _training_and_certificates(page)
    _skills(page)
    expect(page.get_by_text("Profil Anda lengkap", exact=False).first).to_be_visible()
    expect(page.get_by_text("100%")).to_be_visible()


def _photo(page):
    at(page, 1)
    field = page.locator("[data-paper=photo]")
    before = field.get_attribute("data-stored")
    page.get_by_label("Foto Profil", exact=True).set_input_files(picture(size=(1200, 900)))
    dialog = page.get_by_role("dialog", name="Potong foto")
    expect(dialog).to_be_visible()
    page.get_by_label("Perbesar").press("ArrowRight")
    page.get_by_label("Geser mendatar").press("ArrowLeft")
    dialog.get_by_role("button", name="Pakai Potongan Ini").click()
    expect(page.get_by_text("Foto tersimpan.")).to_be_visible()
    stored = field.get_attribute("data-stored")
    assert stored and stored != before
    size = page.evaluate(
        """async (id) => { const b = await (await fetch('/berkas/' + id)).blob();
        const p = await createImageBitmap(b); return [p.width, p.height] }""",
        stored,
    )
    assert size == [900, 1200]
    press(page, "Selanjutnya", "link")


def _biodata(page, seeker):
    at(page, 2)
    expect(page.get_by_label("Nama Lengkap", exact=True)).to_have_value(seeker["name"])
    fill(page, Tentang_Kamu="Suka belajar\n" + HTML, Kode_Pos="<x>")
    press(page, "Selanjutnya")
    refused(page, "postcode", "Tulis kode pos saja")
    expect(page.get_by_label("Tentang Kamu", exact=True)).to_have_value("Suka belajar\n" + HTML)
    fill(page, Kode_Pos="73811")
    page.get_by_label("Tipe Lokasi Domisili", exact=True).select_option("Luar Negeri")
    fill(page, Negara_Domisili="Malaysia", Alamat_Domisili="Jalan Ampang 1")
    page.get_by_label("Pekerjaan yang Diinginkan", exact=True).press_sequentially("sopir bus")
    page.get_by_role("button", name=re.compile("^Pengemudi Bus dan Trem")).click()
    expect(page.get_by_text("Dipilih: Pengemudi Bus dan Trem")).to_be_visible()
    page.get_by_label("Saya sedang mencari pelatihan").check()
    press(page, "Selanjutnya")


def _school(page):
    at(page, 3)
    expect(page.get_by_label("Saya memiliki riwayat pendidikan")).to_be_checked()
    fill(page, Nama_Sekolah_atau_Perguruan_Tinggi="SMPN 1 Muara Teweh", Tahun_Lulus="1800")
    press(page, "Selanjutnya")
    refused(page, "graduation_year", "Tahun lulus antara")
    fill(page, Tahun_Lulus="2019")
    press(page, "Selanjutnya")


def _work(page):
    at(page, 4)
    page.get_by_label("Saya memiliki riwayat kerja").click()
    fill(page, Pekerjaan="Kasir", Perusahaan=HTML, Tanggal_Mulai="06/2021")
    page.get_by_label("Tipe Pekerjaan", exact=True).select_option("Kontrak")
    fill(page, Tanggal_Berakhir="05/2021", Deskripsi=HTML)
    press(page, "Simpan")
    refused(page, "end", "sebelum waktu mulai")
    expect(page.get_by_label("Perusahaan", exact=True)).to_have_value(HTML)
    fill(page, Tanggal_Mulai="01/2090", Tanggal_Berakhir="")
    page.get_by_label("Saat ini saya bekerja dalam pekerjaan ini").check()
    press(page, "Simpan")
    refused(page, "start", "belum tiba")
    fill(page, Tanggal_Mulai="06/2021")
    press(page, "Simpan")
    _proof(page)
    expect(page.get_by_text("Juni 2021 - Sekarang")).to_be_visible()
    expect(page.get_by_text(HTML, exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name="Lihat bukti surat.pdf")).to_be_visible()
    press(page, "Selanjutnya", "link")


def _proof(page):
    expect(page.get_by_role("heading", name="Bukti untuk Kasir")).to_be_visible()
    chooser = page.get_by_label("Bukti Riwayat Pekerjaan", exact=True)
    wrong = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"MZ not a paper"}
    chooser.set_input_files(wrong)
    refused(page, "proof", "bukan JPG, PNG, atau PDF")
    chooser.set_input_files(scan("surat.pdf"))
    expect(page.get_by_text("Bukti tersimpan.")).to_be_visible()
    press(page, "Selesai")


def _training_and_certificates(page):
    at(page, 5)
    none = page.get_by_label("Saya tidak memiliki riwayat pelatihan")
    none.click()
    expect(none).to_be_checked()  # once the office has kept it
    press(page, "Selanjutnya", "link")
    at(page, 6)
    page.get_by_label("Saya memiliki riwayat sertifikasi").click()
    fill(page, Program_Sertifikasi="JLPT N4", Lembaga_Sertifikasi="Japan Foundation", Nilai="84")
    fill(page, Tanggal_Dikeluarkan="01/2018", Tanggal_Berakhir="01/2090")
    press(page, "Simpan")
    press(page, "Selesai")
    page.reload()  # saved on its own: what was given is there
    expect(page.get_by_text("Januari 2018 - Januari 2090")).to_be_visible()
    press(page, "Selanjutnya", "link")


def _skills(page):
    at(page, 7)
    skill = page.get_by_label("Cari Keahlian", exact=True)
    skill.fill("a" * 81)
    press(page, "Tambah")
    refused(page, "skill", "Paling banyak 80 huruf")
    expect(skill).to_have_value("a" * 81)
    skill.fill("Memancing di sungai")
    skill.press("Enter")
    expect(page.get_by_role("button", name="Hapus Memancing di sungai")).to_be_visible()
    expect(skill).to_have_value("")
    skill.press_sequentially("smaw")
    page.get_by_role("button", name="Las SMAW", exact=True).click()
    expect(page.get_by_role("button", name="Hapus Las SMAW")).to_be_visible()
    press(page, "Tambah Bahasa")
    fill(page, Nama_Bahasa="Bahasa Inggris")
    page.get_by_label("Tingkat", exact=True).select_option("Tingkat Menengah")
    press(page, "Simpan")
    expect(page.get_by_text("Bahasa Inggris", exact=True).first).to_be_visible()
    press(page, "Simpan dan Kirim")
    page.wait_for_url(re.compile("/profil/$"))


PAGES = ["/profil/", *(f"/profil/{number}/" for number in range(1, 8))]


def test_every_step_is_clean_for_axe(browser_of, seeker):
    page = browser_of(seeker, width=360, color_scheme="dark")
    assert {path: page_faults(page, path) for path in PAGES} == {path: [] for path in PAGES}


def test_what_is_missing_leads_into_its_field(office, browser_of):
    page = browser_of(office.one("job_seeker", 0), width=360)
    page.goto("/profil/")
    page.get_by_role("link", name="Pekerjaan yang Diinginkan Langkah 2").click()
    expect(page.get_by_label("Pekerjaan yang Diinginkan", exact=True)).to_be_focused()
