"""The officer's pages in a browser: search, list position, keyboard and viewing papers."""

import json
import re

import pytest
from playwright.sync_api import expect

CASE = re.compile("/admin/pengajuan/[0-9a-f-]{36}")
FILLING = 120_000  # ms: the demo's other people come by background work


@pytest.fixture
def desk(office, browser_of):
    """An officer's browser, signed in."""

    def open_desk(**size):
        return browser_of(office.one("officer"), **size)

    return open_desk


def open_list(page, query=""):
    page.goto(f"/admin/pengajuan/{query}")
    expect(page.locator("[data-case]").first).to_be_visible(timeout=FILLING)


def open_case(page):
    open_list(page, "?status=submitted")
    page.locator("[data-case]").first.click()
    page.wait_for_url(CASE)
    expect(page.get_by_role("button", name="Setujui", exact=True)).to_be_visible()


def shown_paper(page):
    return page.locator("#berkas-nama")


def test_search_runs_while_typing_and_keeps_the_focus(desk):
    page = desk()
    open_list(page)
    search = page.get_by_label("Cari", exact=True)
    search.press_sequentially("zzz tidak ada", delay=30)
    expect(page.get_by_text("Tidak ada pengajuan yang cocok")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?cari=zzz\+tidak\+ada$"))
    expect(search).to_be_focused()
    expect(search).to_have_value("zzz tidak ada")
    search.fill("")
    expect(page.locator("[data-case]").first).to_be_visible()
    expect(page).to_have_url(re.compile("/admin/pengajuan/$"))


@pytest.mark.parametrize("late", ["**/assets/*.js", "**/*.js"])
def test_a_search_typed_before_the_page_is_alive_is_made(desk, late):
    """Before React has the field, or even before our own script has run."""
    page = desk()
    page.route(late, lambda script: None)
    page.goto("/admin/pengajuan/", wait_until="commit")
    page.get_by_label("Cari", exact=True).fill("zzz tidak ada")
    page.unroute(late)  # those held back go on
    expect(page.get_by_text("Tidak ada pengajuan yang cocok")).to_be_visible()
    expect(page.get_by_label("Cari", exact=True)).to_have_value("zzz tidak ada")


@pytest.mark.seed("manual 5.2")
def test_an_address_brings_back_search_and_filter(desk):
    page = desk()
    open_list(page, "?status=submitted")
    name = page.locator("tbody tr").first.locator("td").first.inner_text().split()[0]
    page.goto(f"/admin/pengajuan/?cari={name}&status=submitted")
    expect(page.get_by_label("Cari", exact=True)).to_have_value(name)
    expect(page.get_by_label("Status Pengajuan")).to_have_value("submitted")
    expect(page.locator("tbody tr").first).to_contain_text(name)


def test_the_list_keeps_its_place(desk, quiet):  # while people come, the pages move on
    page = desk()
    open_list(page)
    following = page.get_by_role("button", name="Berikutnya")
    expect(following).to_be_enabled(timeout=FILLING)
    following.click()
    expect(page).to_have_url(re.compile("halaman=2"))
    expect(page.get_by_text("Menampilkan 26")).to_be_visible()
    row = page.locator("[data-case]").last
    case = row.get_attribute("data-case")
    row.click()
    page.wait_for_url(CASE)
    page.get_by_role("link", name="Kembali ke Daftar").click()
    expect(page).to_have_url(re.compile("halaman=2"))
    expect(page.locator(f'[data-case="{case}"]')).to_be_focused()
    expect(page.locator(f'[data-case="{case}"]')).to_be_in_viewport()


def test_keys_turn_the_papers_and_rest_while_somebody_types(desk):
    page = desk()
    open_case(page)
    expect(shown_paper(page)).to_have_text("KTP")
    page.keyboard.press("n")
    expect(shown_paper(page)).to_have_text("Kartu Keluarga")
    page.keyboard.press("ArrowLeft")
    expect(shown_paper(page)).to_have_text("KTP")
    page.keyboard.press("t")
    note = page.get_by_label("Catatan Verifikasi")
    expect(note).to_be_focused()
    page.keyboard.type("nprst+-")
    expect(note).to_have_value("nprst+-")
    expect(shown_paper(page)).to_have_text("KTP")
    expect(page.locator("dialog[open]")).to_have_count(0)


# Every key a keyboard may send, pressed where the question asks; those that did something.
PRESS = """([where, how]) => {
  const names = [..."abcdefghijklmnopqrstuvwxyz0123456789+-=*/.,;'?! "];
  names.push("Enter", "Tab", "Escape", "Backspace", "Home", "End", "PageUp", "PageDown", "F3");
  names.push("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight");
  const took = new Set();
  for (const place of document.querySelectorAll(where)) {
    for (const key of names) {
      const press = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how });
      if (!place.dispatchEvent(press)) took.add(key);
      for (const asked of document.querySelectorAll("dialog[open]")) asked.close();
    }
  }
  return [...took].sort();
}"""


def test_the_keys_of_the_page_are_those_of_its_table(desk):
    page = desk()
    open_case(page)
    table = json.loads(page.locator("[data-keys]").get_attribute("data-keys") or "")
    assert page.evaluate(PRESS, ["main", {}]) == sorted(table)
    for modifier in ("ctrlKey", "altKey", "metaKey"):
        assert page.evaluate(PRESS, ["main", {modifier: True}]) == []
    assert page.locator("main textarea").count() > 0
    fields = "input:not([type=checkbox]), textarea, select"
    assert set(page.evaluate(PRESS, [fields, {}])) <= {"Enter"}  # may not pass by the question


def test_keys_can_be_switched_off(desk):
    page = desk()
    open_case(page)
    page.get_by_text("Tombol pintas", exact=True).click()
    page.get_by_label("Pakai tombol pintas di halaman ini").uncheck()
    page.keyboard.press("n")
    expect(shown_paper(page)).to_have_text("KTP")
    page.get_by_label("Pakai tombol pintas di halaman ini").check()
    page.keyboard.press("n")
    expect(shown_paper(page)).to_have_text("Kartu Keluarga")


def test_approval_asks_first_and_can_be_left(desk):
    page = desk()
    open_case(page)
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button").last).to_have_text("Ya, Setujui")
    page.keyboard.press("n")  # keys rest while a question is open
    expect(shown_paper(page)).to_have_text("KTP")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Setujui", exact=True)).to_be_visible()


def test_the_viewer_zooms_and_turns(desk):
    page = desk()
    open_case(page)
    picture = page.locator("#berkas-gambar")
    expect(picture).to_have_attribute("style", re.compile(r"rotate\(0deg\)"))
    before = picture.evaluate("element => element.offsetWidth")
    page.get_by_role("button", name="Perbesar").click()
    assert picture.evaluate("element => element.offsetWidth") > before
    page.get_by_role("button", name="Putar").click()
    expect(picture).to_have_attribute("style", re.compile(r"rotate\(90deg\)"))
    page.get_by_role("button", name="Ukuran Semula").click()
    expect(picture).to_have_attribute("style", re.compile(r"rotate\(0deg\)"))
    assert picture.evaluate("element => element.offsetWidth") == before


@pytest.mark.parametrize("address", ["/admin/", "/admin/pengajuan/", "case"])
def test_nothing_sticks_out_of_a_small_phone(desk, address):
    page = desk(width=360, height=740)
    if address == "case":
        open_case(page)
    else:
        page.goto(address)
        expect(page.locator("[data-case]").first).to_be_visible(timeout=FILLING)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_cards_of_a_day_are_chosen_and_printed(desk):
    page = desk()
    open_list(page, "?status=approved")
    number = page.locator("tbody tr td:nth-child(3)").first.inner_text().split()[-1]
    page.goto(f"/admin/cetak/?tanggal={number[-8:]}")
    boxes = page.locator("input[name=kartu]")
    expect(boxes.first).to_be_visible()
    choose_all = page.get_by_label("Pilih semua di halaman ini")
    for are_chosen in (True, False, True):
        choose_all.set_checked(are_chosen)
        expect(page.locator("input[name=kartu]:checked")).to_have_count(
            boxes.count() if are_chosen else 0
        )
    with page.context.expect_event("response", lambda got: got.request.method == "POST") as sent:
        page.get_by_role("button", name="Cetak yang Dipilih").click()
    assert sent.value.status == 200
    assert sent.value.headers["content-type"] == "application/pdf"
    expect(page.get_by_text("Semua kartu di halaman ini sudah pernah dicetak.")).to_be_visible()
    expect(page.locator("input[name=kartu]:checked")).to_have_count(0)


def test_an_unknown_case_says_so(desk):
    page = desk()
    page.goto("/admin/pengajuan/tidak-ada/")
    expect(page.get_by_text("Pengajuan ini tidak ada.")).to_be_visible()
