"""`assets/ui.js` in a real browser, on a bare page of the same elements."""

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

pytestmark = pytest.mark.slow  # a browser

ASSETS = Path(__file__).parents[2] / "assets"
PAGE = """<!doctype html><html lang="id"><title>Uji</title><body><main><h1>Satu</h1>
<label for="tgl">Tanggal</label><input id="tgl" data-date>
<button type="button" data-calendar="tgl">Buka kalender</button>
<input type="date" data-fills="tgl" tabindex="-1">
<label for="pw">Password</label><input id="pw" type="password">
<button type="button" data-reveals="pw" aria-pressed="false">Tampilkan isi</button>
<button type="button" data-opens="tanya">Cabut</button>
<dialog id="tanya" aria-labelledby="t"><h2 id="t">Yakin?</h2>
<button data-closes>Batal</button><button data-closes>Ya</button></dialog>
<div class="answers" data-refusals="1"><p>Terlalu panjang.</p></div>
<form onsubmit="event.preventDefault()"><button>Simpan</button></form>
<details class="menu"><summary>Menu profil</summary><a href="#x">Ganti Password</a></details>
</main></body></html>"""


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        path = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None
        args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=args)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    context = chromium.new_context()

    def opened(script: bool = True):
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"page error: {error}"))
        page.route(
            "http://uji.test/**", lambda route: route.fulfill(body=PAGE, content_type="text/html")
        )
        page.goto("http://uji.test/")
        if script:
            page.add_script_tag(path=ASSETS / "ui.js")
        return page

    yield opened
    context.close()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("07072000", "07/07/2000"),
        ("7/7/2000", "7/7/2000"),
        ("07-07-2000", "07/07/2000"),
        ("07.07.2000", "07/07/2000"),
        ("070720001999", "07/07/2000"),
        ("07/07/2000", "07/07/2000"),
    ],
)
def test_a_date_gets_its_slashes(open_page, typed, shown):
    page = open_page()
    page.get_by_label("Tanggal").press_sequentially(typed)
    expect(page.get_by_label("Tanggal")).to_have_value(shown)


def test_without_the_script_no_slashes_come(open_page):
    page = open_page(script=False)
    page.get_by_label("Tanggal").press_sequentially("07072000")
    expect(page.get_by_label("Tanggal")).to_have_value("07072000")


def test_a_date_can_be_deleted_and_mended_in_the_middle(open_page):
    page = open_page()
    box = page.get_by_label("Tanggal")
    box.press_sequentially("07072000")
    for _ in range(5):
        box.press("Backspace")
    expect(box).to_have_value("07/07")
    box.press("Home")
    box.press("Delete")
    box.press_sequentially("1")
    expect(box).to_have_value("17/07")


def test_the_calendar_writes_the_date_as_it_is_typed(open_page):
    page = open_page()
    page.locator("[data-fills]").fill("2026-04-22")
    expect(page.get_by_label("Tanggal")).to_have_value("22/04/2026")


def test_a_password_can_be_shown_and_hidden(open_page):
    page = open_page()
    button = page.get_by_role("button", name="Tampilkan isi")
    button.click()
    expect(page.get_by_label("Password")).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.evaluate("document.getElementById('pw').type = 'password'")  # React draws it anew
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_dialog_opens_takes_the_focus_and_gives_it_back(open_page):
    page = open_page()
    opener = page.get_by_role("button", name="Cabut")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Yakin?")).to_be_visible()
    expect(page.get_by_role("button", name="Batal")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("answer", ["Batal", "Ya"])
def test_either_answer_closes_the_dialog(open_page, answer):
    page = open_page()
    page.get_by_role("button", name="Cabut").click()
    page.get_by_role("button", name=answer).click()
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("leave", ["escape", "elsewhere", "link"])
def test_the_menu_closes_when_left(open_page, leave):
    page = open_page()
    menu = page.locator("details.menu")
    page.get_by_text("Menu profil").click()
    expect(menu).to_have_attribute("open", "")
    {
        "escape": lambda: page.keyboard.press("Escape"),
        "elsewhere": lambda: page.get_by_role("heading", name="Satu").click(),
        "link": lambda: page.get_by_role("link", name="Ganti Password").click(),
    }[leave]()
    expect(menu).not_to_have_attribute("open", "")


def test_a_page_changed_without_loading_starts_at_its_heading(open_page):
    page = open_page()
    page.evaluate(
        "history.pushState({}, '', '/lain'); document.querySelector('main').innerHTML = "
        "'<h1>Dua</h1>'"
    )
    expect(page.get_by_role("heading", name="Dua")).to_be_focused()


def test_a_page_that_only_changes_keeps_the_focus(open_page):
    page = open_page()
    page.get_by_label("Password").focus()
    page.evaluate("document.querySelector('h1').replaceWith(document.createElement('h1'))")
    expect(page.get_by_label("Password")).to_be_focused()


@pytest.mark.parametrize(
    ("device", "chosen", "shown"),
    [
        ("dark", None, "dark"),
        ("light", None, "light"),
        ("dark", "light", "light"),
        ("light", "dark", "dark"),
    ],
)
def test_the_chosen_colours_are_there_before_the_page_is_alive(chromium, device, chosen, shown):
    context = chromium.new_context(color_scheme=device)
    page = context.new_page()
    page.route(
        "http://uji.test/**", lambda route: route.fulfill(body=PAGE, content_type="text/html")
    )
    page.goto("http://uji.test/")
    if chosen:
        page.evaluate(f"localStorage.setItem('theme', '{chosen}')")
    page.add_script_tag(path=ASSETS / "ui.js")
    assert page.evaluate("document.documentElement.className") == shown
    context.close()


def test_a_countdown_ends_with_its_page(open_page):
    """Left for another page before its end, it must not run on (and fail) for ever."""
    page = open_page(script=False)
    page.clock.install()
    page.set_content('<button data-wait="60/1" aria-describedby="w">Kirim</button><p id="w"></p>')
    page.add_script_tag(path=ASSETS / "ticks.js")
    expect(page.get_by_text("Kode baru dapat diminta dalam 60 detik.")).to_be_visible()
    page.clock.run_for(59_000)
    expect(page.get_by_role("button")).to_be_disabled()
    page.evaluate("document.querySelector('button').remove()")
    page.clock.run_for(5_000)  # an error in it would fail the test
    expect(page.get_by_text("Kode baru dapat diminta dalam")).to_be_visible()


WAITING = "Menunggu jawaban kantor"
SLOW_PAGE = """<main><p id="told">Isi</p><button type="button">Kirim</button>
<button type="button" data-reveals="pw">Tampilkan</button>
<fieldset data-answer="some"><label><input type="radio" name="a" value="none">Tidak</label>
<label><input type="radio" name="a" value="some" checked>Ada</label></fieldset>
<p role="alert" id="refused"></p></main>"""


@pytest.fixture
def slow_page(open_page):
    page = open_page(script=False)
    page.clock.install()
    page.set_content(SLOW_PAGE)
    page.add_script_tag(path=ASSETS / "ui.js")
    return page


def test_a_late_answer_is_announced_until_it_comes(slow_page):
    slow_page.get_by_role("button", name="Kirim").click()
    expect(slow_page.get_by_text(WAITING)).to_be_hidden()
    slow_page.clock.run_for(900)
    expect(slow_page.get_by_text(WAITING)).to_be_visible()
    slow_page.evaluate("document.getElementById('told').textContent = 'Tersimpan'")
    expect(slow_page.get_by_text(WAITING)).to_be_hidden()


def test_a_quick_answer_and_what_the_page_does_alone_announce_nothing(slow_page):
    slow_page.get_by_role("button", name="Kirim").click()
    slow_page.evaluate("document.getElementById('told').textContent = 'Tersimpan'")
    slow_page.get_by_role("button", name="Tampilkan").click()
    slow_page.clock.run_for(2000)
    expect(slow_page.get_by_text(WAITING)).to_be_hidden()


def test_a_choice_shows_at_once_and_goes_back_when_it_is_refused(slow_page):
    none, some = slow_page.get_by_label("Tidak"), slow_page.get_by_label("Ada")
    none.check()
    expect(none).to_be_checked()
    slow_page.evaluate("document.getElementById('refused').textContent = 'Hapus dulu isiannya.'")
    expect(some).to_be_checked()
    none.check()
    slow_page.evaluate("document.querySelector('fieldset').dataset.answer = 'none'")
    slow_page.evaluate("document.getElementById('refused').textContent = ''")
    expect(none).to_be_checked()


@pytest.fixture
def live_form(open_page):
    """A form that React knows and a button beside it; how often they acted."""
    page = open_page(script=False)
    page.clock.install()
    page.set_content("""<main><p id="told">Isi</p><form><button>Verifikasi</button></form>
    <button type="button">Kirim</button><button type="button" data-turns="1">Putar</button></main>
    <script>const form = document.querySelector("form"); form.__reactProps$1 = {}; let sent = 0;
    const act = (event) => { event.preventDefault(); sent += 1 };
    form.addEventListener("submit", act);
    for (const one of document.querySelectorAll("[type=button]")) one.onclick = act;</script>""")
    return page


@pytest.mark.parametrize(
    ("name", "script", "times"),
    [("Verifikasi", True, 1), ("Verifikasi", False, 2), ("Kirim", True, 1), ("Putar", True, 2)],
)
def test_pressed_twice_it_acts_once(live_form, name, script, times):
    if script:
        live_form.add_script_tag(path=ASSETS / "ui.js")
    live_form.get_by_role("button", name=name).dblclick()
    assert live_form.evaluate("sent") == times


@pytest.mark.parametrize(
    "then", ["document.getElementById('told').textContent = 'Kode salah'", "later"]
)
@pytest.mark.parametrize("name", ["Verifikasi", "Kirim"])
def test_answered_or_after_a_while_it_acts_again(live_form, name, then):
    live_form.add_script_tag(path=ASSETS / "ui.js")
    live_form.get_by_role("button", name=name).click()
    live_form.clock.run_for(10_100) if then == "later" else live_form.evaluate(then)
    live_form.get_by_role("button", name=name).click()
    assert live_form.evaluate("sent") == 2


@pytest.mark.parametrize(("typed", "times"), [("", 1), ("b", 2)])
def test_sent_again_with_another_text_it_is_another_act(live_form, typed, times):
    """Two people scanned one after the other on a slow line: the second is not a repetition."""
    live_form.add_script_tag(path=ASSETS / "ui.js")
    live_form.evaluate("form.prepend(document.createElement('input'))")
    box = live_form.get_by_role("textbox")
    box.press("Enter")
    box.press_sequentially(typed)
    box.press("Enter")
    assert live_form.evaluate("sent") == times


@pytest.mark.parametrize("attribute", ["data-refusals", "data-successes", "data-x"])
def test_the_same_words_again_are_an_answer(open_page, attribute):
    """Only the count of refusals, or that of successes, tells that the office has answered."""
    page = open_page()
    page.get_by_role("button", name="Simpan").click()
    waiting = page.get_by_text("Menunggu jawaban kantor")
    expect(waiting).to_be_visible()
    page.locator(".answers").evaluate(f"box => box.setAttribute('{attribute}', '2')")
    expect(waiting).to_have_count(1 if attribute == "data-x" else 0)
