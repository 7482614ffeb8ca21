"""The page `/periksa` in a real browser: camera, picture, PDF, with and without a signal."""

import io
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from barut_reflex.core import qr
from barut_reflex.core.settings import settings
from barut_reflex.seal import codes
from probes.browser import ARGS

from .test_accessibility import TAGS, VIEWPORTS, page_faults

SPARE = "aabbccddeeff00112233"


@pytest.fixture
def card(office):
    """The code of the demo's newest card that can still be used, and the card's public id."""
    with sqlite3.connect(office.var / "var" / "barut.db") as database:
        return database.execute(
            "SELECT code, public_id FROM code JOIN card ON kind = 'AK1' AND card.id = subject_id"
            " WHERE card.revoked IS NULL AND replaced IS NULL"
            " AND card.id NOT IN (SELECT card_id FROM placement) ORDER BY issued DESC LIMIT 1"
        ).fetchone()


@pytest.fixture
def old_code(office, card, monkeypatch):
    """A code that the office signed for that card, and that a newer one replaced."""
    monkeypatch.setattr(settings, "var", office.var / "var")
    days = date(2026, 4, 20), date(2036, 4, 20)
    code = codes.encode(codes.Payload(SPARE, "620500000320042026", "Siti", *days))
    with sqlite3.connect(office.var / "var" / "barut.db") as database:
        database.execute(
            "INSERT OR IGNORE INTO code (kind, subject_id, code_id, code, valid_until, created,"
            " replaced) SELECT 'AK1', id, ?, ?, valid_until, issued, issued FROM card"
            " WHERE public_id = ?",
            (SPARE, code, card[1]),
        )
        found = database.execute("SELECT code FROM code WHERE code_id = ?", (SPARE,))
        return found.fetchone()[0]


@pytest.fixture
def self_told(office):
    """The code of the demo's SIAPkerja-ID, whose facts no officer approved."""
    with sqlite3.connect(office.var / "var" / "barut.db") as database:
        found = database.execute(
            "SELECT code FROM code WHERE kind = 'SIAPKERJA_ID' AND replaced IS NULL"
        )
        return found.fetchone()[0]


def open_page(page):
    page.goto("/periksa")
    expect(page.locator("[data-ready=true]")).to_be_visible()
    return page


def wait_until(page, words):
    """Playwright's own waiting evaluates text in the page, which this page's policy forbids."""
    rest = "await new Promise((go) => setTimeout(go, 50))"
    page.evaluate(f"async () => {{ while (!(await ({words}))) {rest}; }}")


def type_in(page, text):
    page.get_by_label("Kode atau alamat", exact=True).fill(text)
    page.get_by_label("Kode atau alamat", exact=True).press("Enter")


def expect_verdict(page, word):
    expect(page.locator(f"[data-verdict={word}]")).to_be_visible()


def picture_of(text, *, scale=6, size=None):
    """The QR as a picture, at the middle of a larger one if `size` is given."""
    matrix = qr.matrix_of(text)
    side = (len(matrix) + 8) * scale
    drawn = Image.new("RGB", (side, side), "white")
    pen = ImageDraw.Draw(drawn)
    for y, row in enumerate(matrix):
        for x in (x for x, is_dark in enumerate(row) if is_dark):
            left, top = (x + 4) * scale, (y + 4) * scale
            pen.rectangle((left, top, left + scale - 1, top + scale - 1), fill="black")
    if size is None:
        return drawn
    room = Image.new("RGB", size, (196, 200, 190))
    room.paste(drawn, ((size[0] - side) // 2, (size[1] - side) // 2))
    return room


def choose(page, name, content):
    page.set_input_files("#file", {"name": name, "mimeType": "", "buffer": content})


def as_bytes(picture, form):
    kept = io.BytesIO()
    picture.save(kept, form)
    return kept.getvalue()


@pytest.mark.parametrize(("width", "scheme"), VIEWPORTS)
def test_the_page_before_and_after_a_scan(visitor, card, width, scheme):
    # Colours are judged when they have come to rest: without motion they are so at once.
    page = visitor(width=width, color_scheme=scheme, reduced_motion="reduce")
    assert page_faults(page, "/periksa/") == []
    type_in(page, card[0])
    expect_verdict(page, "valid")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert [violation["id"] for violation in found.response["violations"]] == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_many_scans_in_a_row_and_the_list_of_the_day(visitor, card):
    page = open_page(visitor(accept_downloads=True))
    edited = card[0][:70] + ("A" if card[0][70] != "A" else "B") + card[0][71:]
    for text, word in ((card[0], "valid"), (edited, "bad_signature"), ("=1+1", "unreadable")):
        type_in(page, text)
        expect_verdict(page, word)
    type_in(page, f"https://palsu.contoh.id/v/{card[0].lower()}")
    expect(page.get_by_text("situs lain (palsu.contoh.id)")).to_be_visible()
    expect_verdict(page, "valid")
    expect(page.locator("#rows tr")).to_have_count(4)
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh CSV", exact=True).click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "TANDA TANGAN TIDAK SAH" in text and text.count("\n") == 5
    page.get_by_role("button", name="Hapus Daftar", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Ya, Hapus", exact=True).click()
    expect(page.get_by_text("Belum ada kartu yang diperiksa.")).to_be_visible()


def test_a_spreadsheet_runs_nothing_of_the_list(visitor):
    rows = [
        {"time": "10.00.00", "number": "", "name": name} for name in ("=1+1", "@x", 'a"b', "-2")
    ]
    script = "async (rows) => (await import('/periksa/day.js')).csv(rows)"
    text = open_page(visitor()).evaluate(script, rows)
    assert '"\'=1+1"' in text and '"\'@x"' in text and '"a""b"' in text and '"\'-2"' in text


def test_from_a_picture_and_from_a_pdf(visitor, browser_of, office, card):
    page = open_page(visitor())
    address = f"{office.address.upper()}/V/{card[0]}"
    choose(page, "foto.jpg", as_bytes(picture_of(address, size=(1600, 1200)).rotate(8), "JPEG"))
    expect_verdict(page, "valid")
    choose(page, "kosong.png", as_bytes(Image.new("RGB", (400, 400), "white"), "PNG"))
    expect(page.get_by_role("alert")).to_contain_text("Tidak ada kode QR yang terbaca")
    choose(page, "catatan.txt", b"bukan gambar")
    expect(page.get_by_role("alert")).to_contain_text("bukan gambar")
    rina = browser_of(office.one("officer"))
    choose(page, "kartu.pdf", rina.request.get(f"/kartu/{card[1]}.pdf").body())
    expect_verdict(page, "valid")
    choose(page, "lain.pdf", as_bytes(Image.new("RGB", (400, 400), "white"), "PDF"))
    expect(page.get_by_role("alert")).to_contain_text("PDF ini tidak dapat dibaca di sini")
    choose(page, "pindaian.pdf", as_bytes(picture_of(address, size=(1200, 900)), "PDF"))
    expect_verdict(page, "valid")
    expect(page.locator("#rows tr")).to_have_count(3)


def test_without_a_signal(visitor, card, old_code):
    page = open_page(visitor())
    wait_until(page, "navigator.serviceWorker.controller")
    page.get_by_role("button", name="Perbarui Sekarang", exact=True).click()
    wait_until(page, "caches.match('/.well-known/ak1-dicabut.json')")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-ready=true]")).to_be_visible()
    expect(page.get_by_text("Tanpa sinyal", exact=True)).to_be_visible()
    type_in(page, card[0])
    expect_verdict(page, "unlisted")
    expect(page.get_by_text("Menurut daftar kantor per")).to_be_visible()
    type_in(page, old_code)
    expect_verdict(page, "replaced")
    page.evaluate(
        "caches.open('periksa-data').then((c) => c.delete('/.well-known/ak1-dicabut.json'))"
    )
    page.reload()
    expect(page.locator("[data-ready=true]")).to_be_visible()
    type_in(page, card[0])
    expect_verdict(page, "no_list")
    expect(page.get_by_role("heading", name="status belum dicek (offline)")).to_be_visible()
    page.context.set_offline(False)
    wait_until(page, "navigator.onLine")
    type_in(page, old_code)
    expect_verdict(page, "replaced")


def test_what_no_officer_approved_is_said_so_with_and_without_a_signal(visitor, self_told):
    page = open_page(visitor(accept_downloads=True))
    wait_until(page, "navigator.serviceWorker.controller")
    wait_until(page, "caches.match('/.well-known/ak1-dicabut.json')")
    page.wait_for_load_state("networkidle")
    for is_offline in (False, True):
        page.context.set_offline(is_offline)
        type_in(page, self_told)
        expect_verdict(page, "unchecked")
        shown = page.locator("#answer .verdict")
        expect(shown).to_have_class("verdict warn")
        expect(shown).to_contain_text("belum diperiksa petugas")
        expect(shown).not_to_contain_text("Kartu asli")
    expect(page.locator("#rows tr")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh CSV", exact=True).click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.count("BELUM DIPERIKSA") == 2 and "BERLAKU" not in text


@pytest.mark.parametrize(("width", "scheme"), VIEWPORTS)
def test_the_unchecked_on_screens(office, browser_of, self_told, width, scheme):
    page = browser_of(office.one("job_seeker", 4), width=width, color_scheme=scheme)
    assert page_faults(page, "/kartu/") == []
    for path in ("/kartu/", f"/v/{self_told}", "/kartu-saya/"):
        page.goto(path)
        expect(page.get_by_text("BELUM DIPERIKSA", exact=True)).to_be_visible()
        expect(page.get_by_text("Kartu asli")).to_have_count(0)


def test_with_the_camera(office, chromium, card, tmp_path):
    """A camera that sees the card; the page stays open and counts a code in view once."""
    seen = picture_of(f"{office.address.upper()}/V/{card[0]}", size=(1280, 960))
    film = tmp_path / "kamera.mjpeg"
    film.write_bytes(as_bytes(seen.rotate(5, fillcolor=(196, 200, 190)), "JPEG") * 3)
    fake = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    args = [*ARGS, *fake, f"--use-file-for-fake-video-capture={film}"]
    path = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None
    browser = chromium.browser_type.launch(executable_path=path, args=args)
    page = open_page(browser.new_page(base_url=office.address))
    page.get_by_role("button", name="Mulai Kamera", exact=True).click()
    expect_verdict(page, "valid")
    page.wait_for_timeout(1500)
    expect(page.locator("#rows tr")).to_have_count(1)
    page.get_by_role("button", name="Hentikan Kamera", exact=True).click()
    expect(page.locator("#view")).to_be_hidden()
    browser.close()


def test_a_refused_camera_says_what_to_do(visitor):
    page = open_page(visitor())
    page.get_by_role("button", name="Mulai Kamera", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("kamera")
    expect(page.get_by_role("button", name="Mulai Kamera", exact=True)).to_be_visible()


def test_all_of_it_is_small_and_strict(office, visitor):
    page = visitor()
    sizes = {}
    page.on("response", lambda got: sizes.update({got.url: len(got.body())}) if got.ok else None)
    open_page(page)
    wait_until(page, "navigator.serviceWorker.controller")
    worker = page.request.get("/periksa/sw.js").text()
    names = [
        part for part in worker.split('"') if part.startswith("/") and "well-known" not in part
    ]
    kept = {name: len(page.request.get(name).body()) for name in names if " " not in name}
    assert len(kept) >= 13 and sum(kept.values()) + len(worker) < 150_000
    headers = page.request.get("/periksa/").headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "camera=(self)" in headers["permissions-policy"]
    assert "camera=()" in page.request.get("/").headers["permissions-policy"]
