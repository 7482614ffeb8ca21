"""Every form for stored facts: two valid values for each field, and how a browser reaches it."""

import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass

from playwright.sync_api import Page, TimeoutError, expect

from barut_reflex.profiles.rules.sections import RULES, EntryField, Section

HOME = {"province": "62", "regency": "62.05", "district": "62.05.05", "village": "62.05.05.1014"}
AWAY = {"province": "62", "regency": "62.04", "district": "62.04.01", "village": "62.04.01.2001"}
PERSONAL = {
    "nik": ("6205050707000006", "6205050707000007"),
    "name": ("Ahmad Noor", "Ahmad Nur"),
    "birth_place": ("Buntok", "Kampung Lama"),
    "birth_date": ("07/07/2000", "17/08/1999"),
    "sex": ("Laki-laki", "Perempuan"),
    "marital_status": ("Belum Kawin", "Kawin"),
    "religion": ("Islam", "Kristen"),
    "address": ("Jalan Satu 1", "Jalan Dua 2"),
    "rt": ("1", "12"),
    "rw": ("3", "4"),
    **{level: (HOME[level], AWAY[level]) for level in HOME},
    "phone": ("082312345678", "081298765432"),
}
SCHOOL = {
    "education": ("S1", "D3"),
    "major": ("Hukum", "Teknik Sipil"),
    "graduation_year": ("2022", "2023"),
}
DOMICILE = {f"domicile_{level}": (AWAY[level], HOME[level]) for level in HOME}
BIODATA = {
    "about": ("Rajin\nJujur", "Teliti"),
    "domicile": ("Dalam Negeri", "Dalam Negeri"),
    "domicile_address": ("Jalan Tiga", "Jalan Empat"),
    **DOMICILE,
    "postcode": ("73811", "73812"),
    "wants_training": ("on", ""),
}


@dataclass(frozen=True)
class Record:
    """One form and its page. `section`: it is the form of an entry in that list."""

    path: str
    fields: dict[str, tuple[str, str]]
    save: str = "Simpan"
    own: str = "title"  # a field that takes any word
    wrong: tuple[str, str] = ("", "")  # a field, and what the office refuses there
    section: Section | None = None

    def open(self, page: Page, *, is_saved: bool = False) -> None:
        """By its address, as somebody types it."""
        page.goto(self.path)
        self.reach(page, is_saved=is_saved)

    def away(self, page: Page) -> None:
        """To another page, by a link; nothing is loaded anew."""
        hub = "/beranda/" if self.path.startswith("/pengajuan/") else "/profil/1/"
        if page.url.endswith(self.path):
            page.locator(f"main a[href='{hub}']").first.click()
        expect(page.locator(f"main a[href='{self.path}']").first).to_be_visible()

    def link(self, page: Page) -> None:
        """Away and back again."""
        self.away(page)
        page.locator(f"main a[href='{self.path}']").first.click()
        page.wait_for_url(re.compile(self.path))
        self.reach(page, is_saved=True)

    def reach(self, page: Page, *, is_saved: bool = False) -> None:
        """The page has come; the entry is opened, or the first one unless there `is_saved` one."""
        expect(page.locator("[data-ready=true]")).to_be_visible()
        if self.section:
            self._open_entry(page, self.section, is_saved=is_saved)
        expect(self.box(page, next(iter(self.fields)))).to_be_visible()

    def _open_entry(self, page: Page, section: Section, *, is_saved: bool) -> None:
        rule = RULES[section]
        title = "Pendidikan lainnya" if section is Section.EDUCATION else rule.title
        part = page.locator("section").filter(
            has=page.get_by_role("heading", name=title, exact=True)
        )
        words = "Ubah" if is_saved else f"Ubah|{rule.add}"
        ways = part.get_by_role("button", name=re.compile(f"^({words})"))
        if is_saved:  # the list of last time may stand there for a moment
            expect(ways.first).to_be_visible()
        expect(ways.or_(part.get_by_label(rule.some or "-")).first).to_be_visible()
        if ways.count():
            ways.first.click()
        else:
            part.get_by_label(rule.some).click()  # answered so, its first form opens

    def press(self, page: Page) -> None:
        """Save, and wait until the office has answered."""
        before = page.url
        page.get_by_role("button", name=self.save, exact=True).click()
        if not self.section:
            page.wait_for_url(lambda now: now != before)
            return
        expect(page.get_by_text("Tersimpan.", exact=True)).to_be_visible()
        if (done := page.get_by_role("button", name="Selesai")).count():
            done.click()

    def box(self, page: Page, name: str):
        return page.locator(f"form #{name}")

    def change(self, page: Page) -> dict[str, str]:
        """Put the other value into every field; gives them."""
        now, kinds = page.evaluate(_NOW, list(self.fields))
        first, values = next(iter(self.fields.items()))
        new = {name: two[now[first] == values[0]] for name, two in self.fields.items()}
        for name, value in new.items():
            box = self.box(page, name)
            put(box, kinds.get(name) or box.evaluate("box => box.type"), value)
        page.keyboard.press("Tab")
        return new

    def stale(self, page: Page, wanted: dict[str, str]) -> dict[str, str]:
        """The fields that do not show what is wanted, once there was time to."""
        with suppress(TimeoutError):
            page.wait_for_function(f"wanted => ({_SHOWN})(wanted).length === 0", arg=wanted)
        return dict(page.evaluate(_SHOWN, wanted))


_NOW = """names => {
  const boxes = names.map((name) => [name, document.querySelector(`form #${name}`)]);
  const shown = (box) => box?.type === "checkbox" ? (box.checked ? "on" : "") : box?.value;
  return [(box) => shown(box), (box) => box?.type].map(
    (of) => Object.fromEntries(boxes.map(([name, box]) => [name, of(box)])));
}"""
_SHOWN = """wanted => Object.entries(wanted).map(([name, value]) => {
  const box = document.querySelector(`form #${name}`);
  return [name, value, box && (box.type === "checkbox" ? (box.checked ? "on" : "") : box.value)];
}).filter(([name, value, now]) => now !== value).map(([name, value, now]) => [name, now])"""


def put(box, kind: str, value: str) -> None:
    """What a person does: type, choose or tick."""
    if kind == "checkbox":
        box.set_checked(value == "on")
    elif kind == "select-one":
        box.select_option(value)
    else:
        box.fill(value)


def may_change_again(var) -> None:
    """A NIK may be changed five times a day; here it is changed more often."""
    with closing(sqlite3.connect(var / "var" / "barut.db", timeout=30)) as database, database:
        database.execute("DELETE FROM limithit")


def _entry(section: Section) -> Record:
    fields = {one.name: _two(one) for one in RULES[section].fields}
    wrong = ("start", "x") if "start" in fields else ("title", "")
    return Record(f"/profil/{RULES[section].step}/", fields, wrong=wrong, section=section)


def _two(one: EntryField) -> tuple[str, str]:
    if one.kind == "tick":  # beside a date of its end it is refused
        return "", ""
    if one.kind == "choice":
        return one.options[0], one.options[1]
    if one.kind == "partial_date":
        return ("03/2019", "2018") if one.name == "start" else ("06/2021", "2022")
    return ("Satu\nDua", "Tiga") if one.kind == "lines" else ("Satu", "Dua dua")


RECORDS = {
    "personal": Record("/pengajuan/data-diri/", PERSONAL, own="address", wrong=("nik", "12")),
    "papers": Record(
        "/pengajuan/berkas/",
        SCHOOL | {"skills": ("las\nlistrik", "desain web")},
        own="skills",
        wrong=("graduation_year", "1800"),
    ),
    "biodata": Record(
        "/profil/2/", PERSONAL | BIODATA, "Selanjutnya", "about", ("postcode", "<x>")
    ),
    "school": Record(
        "/profil/3/",
        SCHOOL | {"school": ("UPR", "UMPR"), "grade": ("3,40", "3,50")},
        "Selanjutnya",
        "school",
        ("graduation_year", "1800"),
    ),
    **{section.value: _entry(section) for section, rule in RULES.items() if rule.fields},
}
