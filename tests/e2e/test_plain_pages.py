"""The plain pages in a browser, and the office's own words on pages of one shared build."""

import re

import pytest
from playwright.sync_api import expect

from barut_reflex.core.settings import Settings
from barut_reflex.gate.office_info import office_info
from probes.browser import sign_in
from probes.office import Office
from tools.frontend import web_folder

OTHER = {
    "BARUT_APP_NAME": "Lombok <i>Kerja</i>",
    "BARUT_OFFICE_SHORT_NAME": "Disnaker Lombok Tengah",
    "BARUT_OFFICE_NAME": "Dinas Tenaga Kerja <b>Lain</b>",
    "BARUT_REGENCY": "Kabupaten Lombok Tengah",
    "BARUT_OFFICE_HOURS": "Senin 08.00",
}
QUICK = {"BARUT_BCRYPT_COST": "4"}


def link(page, name):
    return page.get_by_role("link", name=name, exact=True)


def test_the_landing_page_works_without_javascript(visitor):
    page = visitor(java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_text("Layanan 100% Resmi").first).to_be_visible()
    expect(page.get_by_role("button", name="Ganti tema")).to_be_hidden()
    link(page, "Daftar").click()
    expect(page.get_by_label("Nama Lengkap", exact=True)).to_be_visible()


def test_an_unknown_address_says_so_and_offers_a_way_on(visitor):
    page = visitor()
    assert page.goto("/halaman-lama/").status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Halaman tidak ditemukan")
    link(page, "Ke halaman utama").click()
    expect(link(page, "Daftar")).to_be_visible()


def test_from_a_reflex_page_to_a_plain_one_and_back(visitor):
    page = visitor()
    page.goto("/login/")
    expect(page.locator("[data-ready=true]")).to_be_visible()
    for name, heading in (
        ("Bantuan", "Bantuan"),
        ("Syarat dan Ketentuan", "Syarat dan Ketentuan"),
        ("Pemberitahuan Privasi", "Pemberitahuan Privasi"),
    ):
        page.get_by_role("contentinfo").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        page.go_back()
        expect(page.locator("[data-ready=true]")).to_be_visible()
    page.get_by_role("banner").get_by_role("link", name=re.compile("Barut Kerja")).click()
    expect(link(page, "Daftar")).to_be_visible()


def test_colours_once_chosen_stay_from_page_to_page(visitor):
    page = visitor(color_scheme="light")
    dark, toggle = page.locator("html.dark"), page.get_by_role("button", name="Ganti tema")
    page.goto("/")
    toggle.click()
    expect(dark).to_have_count(1)
    link(page, "Login").click()
    expect(page.locator("[data-ready=true]")).to_be_visible()
    expect(dark).to_have_count(1)
    toggle.click()
    expect(dark).to_have_count(0)
    page.goto("/bantuan/")
    expect(page.locator("html.light")).to_have_count(1)


def test_who_is_signed_in_is_led_home(office, quiet, browser_of):
    page = browser_of(office.one("job_seeker"))
    page.goto("/")
    link(page, "Buka beranda saya").click()
    page.wait_for_url(re.compile("/beranda/"))


# -- the office's words ---------------------------------------------------------------------------


def said_in(text: str) -> list[str]:
    """Which of the office's words stand in the text."""
    return [word for word in vars(office_info()).values() if isinstance(word, str) and word in text]


def test_the_build_holds_no_word_of_the_office(office, visitor):
    client = web_folder() / "build" / "client"
    files = [path for path in client.rglob("*") if path.suffix not in (".gz", ".png", ".woff2")]
    texts = {path.name: path.read_text(errors="replace") for path in files if path.is_file()}
    assert len(texts) > 50
    paper_size = {"5 MB"}  # short enough to stand somewhere by chance
    assert {name: found for name, text in texts.items() if (found := said_in(text))} == {}
    assert len(set(said_in(visitor().request.get("/").text())) - paper_size) >= 6


@pytest.fixture(scope="module")
def other(office, tmp_path_factory):
    """Another office with the same build."""
    stamp = web_folder() / "barut-built"
    built = stamp.stat().st_mtime_ns
    other = Office(tmp_path_factory.mktemp("other"), **OTHER | QUICK).open()
    assert stamp.stat().st_mtime_ns == built
    yield other
    other.close()


@pytest.fixture
def there(other, chromium):
    """A browser at the other office."""
    context = chromium.new_context(base_url=other.address)
    context.set_default_timeout(90_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["/", "/bantuan/", "/login/", "/daftar/", "/tidak-ada/"])
def test_another_office_speaks_its_own_words(there, path):
    there.goto(path)
    for word in OTHER.values():
        expect(there.get_by_text(word).filter(visible=True).first).to_be_visible()
    ours = [Settings.model_fields[name[6:].lower()].default for name in OTHER]
    assert [word for word in ours if word in there.content()] == []


def test_so_do_its_forms_and_its_check_page(other, there):
    there.goto("/periksa/")
    for name in ("BARUT_APP_NAME", "BARUT_OFFICE_NAME"):
        expect(there.get_by_text(OTHER[name]).first).to_be_visible()
    person = other.one("job_seeker")
    sign_in(there, person["email"], person["password"])
    there.wait_for_url(re.compile("/beranda/"))
    there.goto("/data-saya/")
    expect(there.get_by_text(f"datang ke {OTHER['BARUT_OFFICE_NAME']}")).to_be_visible()


def press_early(page):
    """Fill and submit a form before any script has run, then let the scripts run."""
    page.route("**/*.js", lambda script: None)
    page.goto("/lupa-password/", wait_until="commit")
    page.get_by_label("Email", exact=True).fill("tidak.sah")
    page.get_by_role("button", name="Kirim OTP", exact=True).click()
    page.unroute("**/*.js")  # those held back go on


def test_a_form_submitted_before_any_script_ran_is_submitted_later(visitor):
    page = visitor(width=360, height=740)
    press_early(page)
    expect(page.locator("[id$=-error]").filter(has_text=re.compile(r"\S")).first).to_be_visible()
    expect(page.get_by_label("Email", exact=True)).to_have_value("tidak.sah")


def test_without_the_script_in_the_head_what_was_typed_would_be_lost(visitor):
    page = visitor(width=360, height=740)
    never = "Object.defineProperty(window, 'earlySubmits', { get: () => null, set() {} })"
    page.add_init_script(never)
    press_early(page)
    expect(page.get_by_text("Method Not Allowed")).to_be_visible()
