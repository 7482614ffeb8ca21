"""`assets/upload.js` in a real browser, against a server that only accepts bytes."""

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from barut_reflex.core.settings import settings
from probes.files.genuine import encoded, jpeg, png, scan

pytestmark = pytest.mark.slow  # a browser

ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "assets" / "upload.js").read_text()
FIELD = (ROOT / "barut_reflex" / "ui" / "upload.py").read_text()
CHROMIUM = Path("/usr/bin/chromium")
PAGE = f"""<!doctype html><title>Berkas</title>
<div data-paper="id_card" data-stored="" data-limit="{settings.paper_limit}">
  <label for="id_card">KTP</label>
  <div data-part="zone"><input type="file" id="id_card" multiple></div>
  <form data-part="form" hidden>
    <input type="hidden" name="kind" value="id_card">
    <input type="hidden" name="tickets" data-part="tickets">
  </form>
  <div data-part="sending" hidden>
    <progress data-part="bar" max="100"></progress>
    <button type="button" data-part="cancel">Batalkan</button>
  </div>
  <p role="status" data-part="status"></p>
  <p id="id_card-error" role="alert"></p>
  <p id="id_card-trouble" role="alert" data-part="trouble"></p>
  <button type="button" data-part="camera" data-side="environment">Ambil Foto</button>
</div>
<script>
  window.handed = [];
  document.querySelector("form").addEventListener("submit", (event) => {{
    event.preventDefault();
    window.handed.push(Object.fromEntries(new FormData(event.target)));
  }});
</script>
<script src="/upload.js"></script>"""


class Desk:
    """The page with one field, and what arrived at the route."""

    def __init__(self, page):
        self.page, self.arrived, self.answers, self.held = page, [], [], None
        page.route("**/*", self._serve)
        page.goto("http://kantor.test/")
        self.chooser = page.get_by_label("KTP", exact=True)
        self.status = page.get_by_role("status")
        self.trouble = page.locator("#id_card-trouble")

    def _serve(self, route):
        request = route.request
        if request.method != "POST":
            is_script = request.url.endswith("upload.js")
            kind = "text/javascript" if is_script else "text/html; charset=utf-8"
            return route.fulfill(body=SCRIPT if is_script else PAGE, content_type=kind)
        self.arrived.append((request.url, request.headers["x-file-name"], request.post_data_buffer))
        if self.held is not None:
            return self.held.append(route)
        fallback = {"ticket": f"t{len(self.arrived)}"}
        answer = self.answers.pop(0) if self.answers else fallback
        status = 200 if "ticket" in answer else answer.get("status", 409)
        return route.fulfill(
            status=status, body=json.dumps(answer), content_type="application/json"
        )

    def choose(self, *files):
        self.chooser.set_input_files(
            [{"name": n, "mimeType": kind, "buffer": content} for n, kind, content in files]
        )

    def drop(self, name, kind, size):
        """Drop a file made in the page itself, so that nothing large has to travel there."""
        self.page.evaluate(
            """([name, kind, size]) => {
              const files = new DataTransfer();
              files.items.add(new File([new Uint8Array(size)], name, { type: kind }));
              const drop = new DragEvent("drop", { dataTransfer: files, bubbles: true });
              document.querySelector("[data-part=zone]").dispatchEvent(drop);
            }""",
            [name, kind, size],
        )

    def handed(self, count=1):
        for _ in range(300):
            handed = self.page.evaluate("() => window.handed")
            if len(handed) >= count:
                return handed
            self.page.wait_for_timeout(20)
        return []


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def desk(browser):
    context = browser.new_context()
    yield Desk(context.new_page())
    context.close()


JPG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"


def test_a_small_picture_goes_as_it_is(desk):
    desk.choose(("KTP saya é.jpg", JPG, jpeg()))
    assert desk.handed() == [{"kind": "id_card", "tickets": "t1"}]
    url, name, content = desk.arrived[0]
    assert (url, name) == ("http://kantor.test/berkas/id_card", "KTP%20saya%20%C3%A9.jpg")
    assert content == jpeg()
    expect(desk.status).to_have_text("Memeriksa berkas …")
    expect(desk.page.get_by_role("progressbar")).to_be_visible()


@pytest.mark.parametrize("turn", [1, 6])
def test_a_large_picture_is_made_smaller_and_upright(desk, turn):
    desk.choose(("besar.PNG.jpg", JPG, jpeg(size=(3200, 2000), orientation=turn)))
    assert desk.handed()
    picture = Image.open(io.BytesIO(desk.arrived[0][2]))
    assert picture.format == "JPEG"
    assert picture.size == ((2000, 1250) if turn == 1 else (1250, 2000))


def test_a_heavy_picture_is_made_lighter(desk):
    heavy = encoded(Image.effect_noise((900, 900), 90).convert("RGB"), "PNG")
    assert len(heavy) > 1.5 * 2**20
    desk.choose(("gambar.png", PNG, heavy))
    assert desk.handed()
    _, name, content = desk.arrived[0]
    assert name == "gambar.jpg"
    assert len(content) < len(heavy)


def test_a_picture_that_would_only_grow_goes_as_it_is(desk):
    rough = encoded(Image.effect_noise((1900, 1900), 90).convert("RGB"), "JPEG", quality=25)
    assert len(rough) > 0.5 * 2**20
    desk.choose(("rapat.jpg", JPG, rough))
    assert desk.handed()
    assert desk.arrived[0][2] == rough


def test_a_pdf_is_never_touched(desk):
    large = scan(0, 3) + bytes(1_600_000)
    desk.choose(("ijazah.pdf", PDF, large))
    assert desk.handed()
    assert desk.arrived[0][2] == large


def test_a_file_over_the_limit_is_not_sent_and_the_page_says_so(desk):
    desk.drop("ijazah.pdf", PDF, 5_800_000)
    expect(desk.trouble).to_contain_text("5,6 MB, batasnya 5 MB, jadi tidak dikirim")
    expect(desk.chooser).to_be_focused()
    assert desk.arrived == []


def test_a_giant_picture_is_not_even_opened(desk):
    desk.drop("a.jpg", JPG, 26 * 2**20)
    expect(desk.trouble).to_contain_text("26 MB, batasnya 25 MB")
    assert desk.arrived == []


def test_several_pictures_give_their_tickets_in_order(desk):
    desk.choose(*[(f"{n}.png", PNG, png(n)) for n in range(3)])
    assert desk.handed() == [{"kind": "id_card", "tickets": "t1 t2 t3"}]
    assert [content for _, _, content in desk.arrived] == [png(n) for n in range(3)]


def test_eleven_are_too_many(desk):
    desk.choose(*[(f"{n}.png", PNG, b"x") for n in range(11)])
    expect(desk.trouble).to_contain_text("11 berkas, batasnya 10")
    assert desk.arrived == []


def test_what_the_browser_cannot_read_goes_as_it_is(desk):
    desk.choose(("IMG_1.HEIC", "image/heic", b"\0\0\0\x18ftypheic"))
    assert desk.handed()
    assert desk.arrived[0][1:] == ("IMG_1.HEIC", b"\0\0\0\x18ftypheic")


def test_a_name_without_extension_gets_one(desk):
    desk.choose(("1000012345", JPG, jpeg()))
    assert desk.handed()
    assert desk.arrived[0][1] == "1000012345.jpg"


def test_a_refusal_of_the_route_stands_at_the_field(desk):
    desk.answers = [{"error": "Penyimpanan kantor sedang penuh."}]
    desk.choose(("a.jpg", JPG, jpeg()))
    expect(desk.trouble).to_have_text("Penyimpanan kantor sedang penuh.")
    expect(desk.page.get_by_role("progressbar")).to_be_hidden()
    desk.choose(("a.jpg", JPG, jpeg()))
    assert len(desk.handed()) == 1
    expect(desk.trouble).to_be_empty()


def test_an_ended_sign_in_is_said(desk):
    desk.answers = [{"status": 401}]
    desk.choose(("a.jpg", JPG, jpeg()))
    expect(desk.trouble).to_contain_text("Sesi Anda sudah berakhir")


def test_a_cut_line_is_said(desk):
    desk.held = []
    desk.choose(("a.jpg", JPG, jpeg()))
    for _ in range(200):
        if desk.held:
            break
        desk.page.wait_for_timeout(20)
    desk.held[0].abort()
    expect(desk.trouble).to_contain_text("Berkas tidak sampai")


def test_sending_can_be_cancelled(desk):
    desk.held = []
    desk.choose(("a.jpg", JPG, jpeg()))
    desk.page.get_by_role("button", name="Batalkan").click()
    expect(desk.status).to_have_text("Pengiriman dibatalkan.")
    expect(desk.page.get_by_role("progressbar")).to_be_hidden()
    assert desk.page.evaluate("() => window.handed") == []


def test_the_answer_ends_the_waiting(desk):
    desk.choose(("a.jpg", JPG, jpeg()))
    assert desk.handed()
    desk.page.evaluate("() => { document.querySelector('[data-paper]').dataset.stored = 'x' }")
    expect(desk.status).to_be_empty()
    expect(desk.page.get_by_role("progressbar")).to_be_hidden()


def test_a_refusal_of_the_handler_ends_the_waiting(desk):
    desk.choose(("a.jpg", JPG, jpeg()))
    assert desk.handed()
    desk.page.evaluate(
        "() => { document.getElementById('id_card-error').textContent = 'Berkas ini rusak.' }"
    )
    expect(desk.status).to_be_empty()
    expect(desk.page.locator("#id_card-error")).to_be_visible()


def test_the_camera_button_asks_for_the_camera(desk):
    with desk.page.expect_file_chooser() as chooser:
        desk.page.get_by_role("button", name="Ambil Foto").click()
    expect(desk.chooser).to_have_attribute("capture", "environment")
    chooser.value.set_files({"name": "a.jpg", "mimeType": JPG, "buffer": jpeg()})
    assert desk.handed()
    expect(desk.chooser).not_to_have_attribute("capture", "environment")


def test_a_file_can_be_dropped(desk):
    desk.drop("a.pdf", PDF, 9)
    assert desk.handed()
    assert desk.arrived[0][1:] == ("a.pdf", bytes(9))


def test_the_script_and_the_field_know_the_same_parts():
    asked = set(re.findall(r'part\(field, "(\w+)"\)', SCRIPT))
    asked |= set(re.findall(r'dataset\.part === "(\w+)"', SCRIPT))
    drawn = set(re.findall(r'_part\("(\w+)"\)', FIELD))
    on_page = set(re.findall(r'data-part="(\w+)"', PAGE))
    assert asked == drawn == on_page


def test_the_script_is_light():
    assert len(SCRIPT.encode()) < 8 * 1024
