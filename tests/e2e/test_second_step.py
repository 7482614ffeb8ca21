"""An officer enrols an authenticator, signs in with it, and confirms a dangerous act."""

import re
import sqlite3

import pytest
from playwright.sync_api import expect
from pyotp.totp import TOTP

from probes.browser import button, field, link, settled, sign_in


@pytest.fixture(scope="module")
def journey():
    return {}


def open_menu(page, name):
    page.locator("details.menu summary").click()
    link(page, name).click()


def test_1_an_officer_sets_it_up(office, browser_of, journey):
    yohanes = browser_of(office.one("officer", 1))
    open_menu(yohanes, "Sesi Saya")
    yohanes.wait_for_url(re.compile("/sesi"))
    settled(yohanes)
    expect(yohanes.get_by_text("Sesi ini")).to_be_visible()
    link(yohanes, "Atur Langkah Kedua").click()
    yohanes.wait_for_url(re.compile("/langkah-kedua"))
    settled(yohanes)
    button(yohanes, "Pasang Autentikator").click()
    expect(field(yohanes, "Kunci Rahasia")).to_have_value(re.compile("^[A-Z2-7 ]{39}$"))
    expect(yohanes.get_by_alt_text("Kode QR untuk aplikasi autentikator")).to_be_visible()
    journey["secret"] = field(yohanes, "Kunci Rahasia").input_value()
    field(yohanes, "Kode Autentikator").fill("000000")
    button(yohanes, "Verifikasi").click()
    expect(yohanes.get_by_text("Kode salah").first).to_be_visible()
    expect(field(yohanes, "Kunci Rahasia")).to_have_value(journey["secret"])
    code = TOTP(journey["secret"].replace(" ", "")).now()
    field(yohanes, "Kode Autentikator").fill(code)
    button(yohanes, "Verifikasi").click()
    expect(field(yohanes, "Kode Pemulihan")).to_have_value(re.compile("^(\\w{5}-\\w{5}\\s?){10}$"))
    journey["codes"] = field(yohanes, "Kode Pemulihan").input_value().split()
    yohanes.reload()
    settled(yohanes)
    expect(yohanes.get_by_text("Terpasang sejak")).to_be_visible()
    expect(field(yohanes, "Kode Pemulihan")).to_be_hidden()
    expect(field(yohanes, "Kode Pemulihan")).to_have_value("")


def test_2_the_password_alone_leads_to_it(office, visitor, journey):
    person = office.one("officer", 1)
    page = visitor(width=360, height=780)
    sign_in(page, person["email"], person["password"])
    page.wait_for_url(re.compile("/langkah-kedua"))
    page.goto("/admin/pengajuan/")
    page.wait_for_url(re.compile("/langkah-kedua"))
    settled(page)
    field(page, "Kode Autentikator").fill(journey["codes"][0])
    button(page, "Verifikasi").click()
    page.wait_for_url(re.compile("/admin/?$"))
    letter = office.mailbox.wait_for(person["email"], r"Sisa kode pemulihan: (\d+)")
    assert letter == "9"


def test_3_sessions_are_ended_from_elsewhere(office, browser_of, visitor, journey):
    person = office.one("officer", 2)
    here, there = browser_of(person), browser_of(person)
    here.goto("/sesi/")
    settled(here)
    button(here, "Akhiri Semua Sesi Lain").click()
    button(here.get_by_role("dialog"), "Ya, Akhiri").click()
    expect(here.get_by_text("sesi lain diakhiri")).to_be_visible()
    there.goto("/admin/pengajuan/")
    there.wait_for_url(re.compile("/login"))


def test_4_a_dangerous_act_asks_for_the_password(office, browser_of):
    """What was typed on the page stays while the password is asked."""
    person = office.one("administrator")
    budi = browser_of(person)
    budi.goto("/admin/akun/tambah/")
    settled(budi)
    forget_confirmations(office)
    field(budi, "Nama Lengkap").fill("Sri Wahyuni, S.E.")
    field(budi, "Email").fill("sri.wahyuni@contoh.go.id")
    field(budi, "Password").fill("Kapuas-Lahei88!")
    field(budi, "Konfirmasi Password").fill("Kapuas-Lahei88!")
    field(budi, "Jenis Pejabat").select_option(label="PNS")
    field(budi, "NIP").fill("198501012010012001")
    field(budi, "Jabatan").fill("Pengantar Kerja")
    field(budi, "Peran").select_option(label="Petugas")
    button(budi, "Simpan Admin").click()
    asked = budi.get_by_role("dialog")
    field(asked, "Password Anda").fill("bukan ini")
    button(asked, "Konfirmasi").click()
    expect(asked.get_by_text("Password salah")).to_be_visible()
    field(asked, "Password Anda").fill(person["password"])
    button(asked, "Konfirmasi").click()
    expect(asked).to_be_hidden()
    expect(field(budi, "Nama Lengkap")).to_have_value("Sri Wahyuni, S.E.")
    button(budi, "Simpan Admin").click()
    budi.wait_for_url(re.compile("/admin/akun/?(\\?|$)"))


def test_4_b_it_asks_above_an_open_dialog_too(office, browser_of):
    person = office.one("administrator")
    budi = browser_of(person)
    budi.goto("/admin/pengajuan/?status=approved")
    settled(budi)
    link(budi, "Lihat Detail").first.click()
    budi.wait_for_url(re.compile("/admin/pengajuan/[0-9a-f-]{36}"))
    settled(budi)
    forget_confirmations(office)
    button(budi, "Cabut Kartu").click()
    reason = field(budi, "Alasan Pencabutan")
    reason.fill("Data palsu.")
    button(budi, "Ya, Cabut").click()
    field(budi, "Password Anda").fill(person["password"])
    button(budi, "Konfirmasi").click()
    expect(field(budi, "Password Anda")).to_be_hidden()
    expect(reason).to_have_value("Data palsu.")
    expect(button(budi, "Ya, Cabut")).to_be_visible()
    button(budi, "Batal").click()
    expect(reason).to_be_hidden()
    expect(button(budi, "Cabut Kartu")).to_be_visible()


def forget_confirmations(office):
    """As if every password had been given long ago."""
    with sqlite3.connect(office.var / "var" / "barut.db", timeout=10) as database:
        database.execute("UPDATE signin SET confirmed = '2020-01-01 00:00:00.000000'")


def test_5_nothing_of_it_lies_in_clear(office, journey):
    """Secret and recovery codes: neither in the database nor in log, mail or state."""
    assert journey["codes"]
    wanted = [journey["secret"].replace(" ", ""), journey["secret"], *journey["codes"]]
    wanted += [code.replace("-", "") for code in journey["codes"]]
    for path in [*office.var.rglob("*")]:
        if path.is_file():
            content = path.read_bytes()
            assert [one for one in wanted if one.encode() in content] == [], path.name
