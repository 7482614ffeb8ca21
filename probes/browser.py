"""Playwright helpers: sign-in; buttons, links, fields by their text; launch flags of Chromium."""

from playwright.sync_api import expect

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ARGS += ["--disable-dev-shm-usage"]


def sign_in(page, email: str, password: str) -> None:
    page.goto("/login/")
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Login", exact=True).click()


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def link(page, name):
    return page.get_by_role("link", name=name, exact=True)


def field(page, label):
    return page.get_by_label(label, exact=True)


def settled(page):
    """Wait until the page is alive: its socket has brought the first answers."""
    expect(page.locator("[data-ready=true]")).to_be_visible()


def press(page, name):
    """What leads to a page is a link, what acts is a button; staff say its name either way."""
    button(page, name).or_(link(page, name)).first.click()
