"""Every page in a browser: axe finds nothing, nothing overflows, no security policy is broken."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PLAIN = ["/", "/syarat/", "/privasi/", "/bantuan/", "/tidak-ada/"]
GUEST = ["/daftar/", "/login/", "/verifikasi/", "/lupa-password/", "/reset-password/"]
SEEKER = ["/beranda/", "/pengajuan/data-diri/", "/pengajuan/berkas/", "/kartu/", "/profil/privasi/"]
STAFF = [
    "/admin/",
    "/pindai/",
    "/admin/cetak/",
    "/admin/siapkerja/",
    "/admin/pengajuan/",
    "/admin/akun/",
    "/admin/akun/tambah/",
]
VIEWPORTS = [(360, "light"), (1366, "dark")]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def page_faults(page, path):
    """Open a page and give what is wrong with it."""
    troubles = []
    page.on("console", lambda line: troubles.append(line.text) if _is_trouble(line) else None)
    page.goto(path)
    if path not in PLAIN:
        expect(page.locator("[data-ready=true]")).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    troubles += [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found.response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        troubles.append("wider than the screen")
    return troubles


def _is_trouble(line):
    return line.type == "error" and "404" not in line.text


@pytest.mark.parametrize(("width", "scheme"), VIEWPORTS)
@pytest.mark.parametrize("path", PLAIN + GUEST)
def test_public_pages(visitor, path, width, scheme):
    assert page_faults(visitor(width=width, color_scheme=scheme), path) == []


@pytest.mark.parametrize(("width", "scheme"), VIEWPORTS)
def test_pages_of_a_job_seeker(office, browser_of, width, scheme):
    for stage in (2, 5):  # a complete draft, and a holder of a card
        page = browser_of(office.one("job_seeker", stage), width=width, color_scheme=scheme)
        assert {path: page_faults(page, path) for path in SEEKER} == {path: [] for path in SEEKER}


@pytest.mark.parametrize(("width", "scheme"), VIEWPORTS)
def test_pages_of_an_administrator(office, browser_of, width, scheme):
    page = browser_of(office.one("administrator"), width=width, color_scheme=scheme)
    assert {path: page_faults(page, path) for path in STAFF} == {path: [] for path in STAFF}
    page.goto("/admin/pengajuan/")
    page.get_by_role("link", name="Lihat Detail", exact=True).first.click()
    page.wait_for_url(re.compile("/admin/pengajuan/[0-9a-f-]{36}"))
    assert page_faults(page, page.url) == []


def test_axe_would_find_a_field_without_a_label(visitor):
    page = visitor()
    page.goto("/login/")
    expect(page.locator("[data-ready=true]")).to_be_visible()
    page.evaluate("document.querySelector('label').remove()")
    found = Axe().run(page)
    assert "label" in [violation["id"] for violation in found.response["violations"]]


@pytest.mark.parametrize("path", ["/login", "/daftar", "/bantuan", "/v/ABC", "/v/ABC/", "/V/abc"])
def test_a_route_answers_with_and_without_a_trailing_slash(visitor, path):
    answer = visitor().request.get(path)
    assert answer.status == (404 if "/v" in path.lower()[:2] else 200)
