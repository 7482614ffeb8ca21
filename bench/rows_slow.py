"""A whole application in a phone-sized browser over a slow, lossy network (row `slow-line`)."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer

from playwright.sync_api import FilePayload, Page, expect

from barut_reflex.demo.people import demo_person
from measure.row import Figure, Scale, at_most
from probes import inside
from probes.browser import button, press, settled, sign_in
from probes.browser import field as named
from probes.ports import free_port

from . import offices
from .line import Line
from .rows_pages import chromium
from .rows_uploads import phone_photo
from .table import TABLE

EMAIL, PASSWORD = "desa{}@contoh.id", "Sungai-Barito7!"
TIMEOUT = 120_000  # milliseconds
CUT = 5  # seconds without a line, in the middle of a photo
PAPERS = ("KTP", "Kartu Keluarga", "Pas Foto", "Ijazah")


@dataclass
class ApplicationPath:
    """Seconds and bytes (sent, received) of each step."""

    line: Line
    steps: dict[str, tuple[float, int, int]] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began, (up, down) = time.monotonic(), self.line.moved
        yield
        now_up, now_down = self.line.moved
        self.steps[name] = (time.monotonic() - began, now_up - up, now_down - down)

    @property
    def said(self) -> str:
        return "; ".join(
            f"{name} {seconds:.0f} s, {up / 1024:.0f} KB up, {down / 1024:.0f} KB down"
            for name, (seconds, up, down) in self.steps.items()
        )


@TABLE.row(
    "slow-line",
    "A full application by phone at 400 kbit/s, 400 ms, 2 % loss, cut once in mid-photo",
    against="the photos as they were taken",
    goal="sent, nothing lost by the cut; photos <= 0.35 × of their bytes",
)
def slow_line(scale: Scale) -> Figure:
    office = offices.office()
    line = Line(free_port(), office.port)
    inside.run(line.start())
    walk = ApplicationPath(line)
    try:
        with chromium(
            f"--host-resolver-rules=MAP localhost:{office.port} 127.0.0.1:{line.port}"
        ) as b:
            context = b.new_context(base_url=office.address, viewport={"width": 360, "height": 780})
            context.set_default_timeout(TIMEOUT)
            context.set_default_navigation_timeout(TIMEOUT)
            expect.set_options(timeout=TIMEOUT)
            _apply(context.new_page(), walk, int(time.time()))
    finally:
        inside.run(line.stop())
    photos = [step for name, step in walk.steps.items() if name in PAPERS]
    before, after = len(phone_photo()), sum(up for _, up, _ in photos) / len(photos)
    ratios = {"bytes of a photo": after / before}
    whole = sum(seconds for seconds, _, _ in walk.steps.values())
    moved = sum(up + down for _, up, down in walk.steps.values()) / 2**20
    ours = f"{after / 1024:.0f} KB a photo; the whole application {whole:.0f} s, {moved:.1f} MB"
    detail = f"{walk.said}. Chromium at 360 px through a proxy of ours with that rate, delay and "
    detail += "loss (a lost segment comes a round trip later); TCP's slow start is not simulated"
    numbers = {f"{name} s": round(step[0], 1) for name, step in walk.steps.items()}
    return Figure(ours, at_most(0.35, ratios), detail, f"{before / 1024:.0f} KB", ratios, numbers)


def _apply(page: Page, walk: ApplicationPath, number: int) -> None:
    person, email = demo_person(7000 + number % 900), EMAIL.format(number)
    with walk.step("first page"):
        page.goto("/daftar/")
        settled(page)
    with walk.step("sign up"):
        _sign_up(page, person.name, email)
    with walk.step("log in"):
        sign_in(page, email, PASSWORD)
        page.wait_for_url(re.compile("/beranda"))
        expect(page.get_by_text("Tidak Pernah Melakukan Pengajuan")).to_be_visible()
    with walk.step("personal data"):
        _personal(page, person.personal)
    with walk.step("schooling"):
        press(page, "Tambah Berkas Pengajuan")
        page.wait_for_url(re.compile("/pengajuan/berkas"))
        settled(page)
        named(page, "Pendidikan Terakhir").select_option(label="SMA")
        named(page, "Jurusan").fill("IPA")
        named(page, "Tahun Lulus").fill("2020")
        named(page, "Tahun Lulus").blur()
    for label in PAPERS:
        with walk.step(label):
            _photo(page, label)
        if label == PAPERS[1]:
            with walk.step("cut and again"):
                _cut_photo(page, walk.line, PAPERS[2])
    with walk.step("send"):
        button(page, "Simpan").click()
        page.wait_for_url(re.compile("/beranda"))
        button(page, "Setujui & Kirim").click()
        if page.get_by_role("dialog").is_visible():
            page.get_by_role("dialog").get_by_role("button").last.click()
        expect(page.get_by_text("Dikirim, Menunggu Verifikasi").first).to_be_visible()


def _sign_up(page: Page, name: str, email: str) -> None:
    named(page, "Nama Lengkap").fill(name)
    named(page, "Email").fill(email)
    named(page, "Password").fill(PASSWORD)
    named(page, "Konfirmasi Password").fill(PASSWORD)
    named(page, "Saya menyetujui syarat dan ketentuan yang berlaku").check()
    button(page, "Daftar").click()
    page.wait_for_url(re.compile("/verifikasi"))
    named(page, "Kode OTP").fill(offices.office().mailbox.code(email))
    button(page, "Verifikasi").click()
    page.wait_for_url(re.compile("/login"))


def _personal(page: Page, typed: dict[str, str]) -> None:
    press(page, "Tambah Pengajuan Baru")
    page.wait_for_url(re.compile("/pengajuan/data-diri"))
    settled(page)
    texts = {"NIK": "nik", "Tempat Lahir": "birth_place", "Tanggal Lahir": "birth_date"}
    texts |= {"Alamat": "address", "RT": "rt", "RW": "rw", "Nomor HP": "phone"}
    for label, name in texts.items():
        named(page, label).fill(typed[name])
    for label, name in {
        "Jenis Kelamin": "sex",
        "Status Pernikahan": "marital_status",
        "Agama": "religion",
    }.items():
        named(page, label).select_option(label=typed[name])
    for label, name in {
        "Provinsi": "province",
        "Kabupaten/Kota": "regency",
        "Kecamatan": "district",
        "Kelurahan/Desa": "village",
    }.items():
        named(page, label).select_option(value=typed[name])
    button(page, "Simpan").click()
    page.wait_for_url(re.compile("/beranda"))


def _choose(page: Page, label: str) -> None:
    taken: FilePayload = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": phone_photo()}
    named(page, label).set_input_files(taken)


def _photo(page: Page, label: str) -> None:
    _choose(page, label)
    card = page.locator(f"[data-paper]:has-text('{label}')").first
    expect(card.get_by_text(re.compile("Tersimpan")).first).to_be_visible()


def _cut_photo(page: Page, line: Line, label: str) -> None:
    """The line goes in the middle of a photo; the page says so, and what was there is there."""
    _choose(page, label)
    card = page.locator(f"[data-paper]:has-text('{label}')").first
    expect(card.get_by_text(re.compile("Mengirim"))).to_be_visible()
    time.sleep(3)  # the bar is no measure here: the machine's own buffers took the photo already
    Timer(0, lambda: inside.run(line.cut(CUT))).start()
    expect(card.get_by_text("Berkas tidak sampai")).to_be_visible()
    time.sleep(CUT)
    for kept in PAPERS[:2]:
        stored = page.locator(f"[data-paper]:has-text('{kept}')").first
        expect(stored.get_by_text(re.compile("Tersimpan")).first).to_be_visible()
    expect(named(page, "Tahun Lulus")).to_have_value("2020")
