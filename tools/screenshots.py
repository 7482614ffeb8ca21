"""Takes the screenshots of README from the running demo (`make screenshots` beside `make run`)."""

import json
import os
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ADDRESS = f"http://localhost:{os.getenv('PORT', '3000')}"
FOLDER = Path("docs/screenshots")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE, DESK = {"width": 360, "height": 760}, {"width": 1280, "height": 860}
SHOTS = [  # name, who, nth, page, screen, colours
    ("landing", "", 0, "/", DESK, "light"),
    ("landing-phone-dark", "", 0, "/", PHONE, "dark"),
    ("home-phone", "job_seeker", 2, "/beranda/", PHONE, "light"),
    ("papers-phone", "job_seeker", 2, "/pengajuan/berkas/", PHONE, "light"),
    ("card-phone", "job_seeker", 5, "/kartu/", PHONE, "light"),
    ("list", "officer", 0, "/admin/pengajuan/", DESK, "light"),
    ("list-dark", "officer", 0, "/admin/pengajuan/", DESK, "dark"),
    ("detail", "officer", 0, "/admin/pengajuan/?status=submitted", DESK, "light"),
]


def main() -> None:
    people = json.loads(Path("var/demo-accounts.json").read_text())
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        for name, role, nth, where, screen, colours in SHOTS:
            page = _open(browser, screen, colours)
            if role:
                _sign_in(page, [person for person in people if person["role"] == role][nth])
            _show(page, where)
            if name == "detail":
                page.get_by_role("link", name="Lihat Detail", exact=True).first.click()
                page.wait_for_timeout(2500)
            page.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")


def _open(browser: Browser, screen, colours) -> Page:
    return browser.new_context(viewport=screen, color_scheme=colours).new_page()


def _sign_in(page: Page, person: dict[str, str]) -> None:
    page.goto(f"{ADDRESS}/login/")
    page.get_by_label("Email", exact=True).fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Login", exact=True).click()
    page.wait_for_url(re.compile("beranda|admin"))


def _show(page: Page, where: str) -> None:
    page.goto(f"{ADDRESS}{where}")
    page.wait_for_selector("[data-ready=true], body:not(:has([data-ready]))")
    page.wait_for_timeout(1200)


if __name__ == "__main__":
    main()
