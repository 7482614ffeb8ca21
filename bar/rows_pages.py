"""Cross-site scripting: payloads in text checks, table cells, pages, emails and PDF (row 41).

The cells are read back as guest, job seeker, officer and administrator.
"""

import contextlib
import io
import re
from datetime import date
from typing import Any

import pikepdf
import pypdf
from playwright.sync_api import Browser, Error, Page

from barut_reflex.cards.models import Card, Placement
from barut_reflex.cards.pdf.draw import draw
from barut_reflex.cards.pdf.sheet import Ak1Sheet
from barut_reflex.core import indonesian, mail, routes
from measure.row import Figure, Scale
from probes import served
from probes.attackers import planted_payloads, xss
from probes.browser import sign_in
from probes.card_factories import FACTS
from probes.files.active_content import ACTIVE_KEYS

from .table import TABLE

SETTLE = 500  # milliseconds after the page came alive


@TABLE.row(
    41,
    "XSS payloads x fields x pages x roles, email and PDF: run",
    goal=">= 120 each, 0",
    points=2,
)
def cross_site_scripts(scale: Scale) -> Figure:
    texts = xss.payloads()
    seen = xss.XssSigns()
    taken, fields = taken_by_fields(texts)
    in_pdf = alive_in_pdf(scale.of(texts[::20], texts, texts))
    rows = scale.of(1, None, None)
    office = served.running_office()
    served.wait_for_people(office)
    with xss.browser() as browser, planted_payloads.planted(office, texts, rows=rows) as cells:
        visit_all(browser, seen, few=scale is Scale.SMALL)
        in_mail(browser, texts, seen)
    bad = seen.all + in_pdf
    detail = f"{len(texts)} payloads x {fields} fields ({taken} taken, and shown as typed); laid "
    detail += f"into {cells} cells past all checks, read on {seen.marked} of {seen.pages} pages"
    passed = not bad and seen.marked >= scale.of(4, 20, 20)
    said = "; ".join([detail, *list(dict.fromkeys(bad))[:5]])
    return Figure(f"{len(texts)} each, {len(bad)}", passed, said)


def taken_by_fields(texts: list[str]) -> tuple[int, int]:
    """How many payloads the text checks of eight fields let in, and how many fields."""
    rules: dict[str, Any] = {"name": indonesian.check_name}
    for name, most in (("address", 200), ("major", 100), ("skill", 80), ("note", 1000)):
        rules[name] = lambda text, most=most: indonesian.check_text(text, most)
    for name, most in (("employer", 200), ("reason", 1000), ("position", 100)):
        rules[name] = lambda text, most=most: indonesian.check_text(text, most)
    return sum(check(text) is None for check in rules.values() for text in texts), len(rules)


def pages(office: Any, few: bool) -> dict[str, list[str]]:
    """What each role looks at, `few` or all of it."""
    cases = served.query(
        office, "SELECT public_id FROM application WHERE status <> 'DRAFT' ORDER BY id DESC"
    )
    codes = served.query(office, f"{served.CODES} ORDER BY subject_id DESC")
    count = 1 if few else 5
    checks = [f"/v/{code}" for (code,) in codes[:count]]
    details = [f"{routes.INBOX}/{case}/" for (case,) in cases[: count * 2]]
    lists = [f"{routes.INBOX}/?halaman={page}" for page in range(1, count + 1)]
    staff = [f"{routes.DESK}/", *lists, f"{routes.INBOX}/?cari={xss.MARK}", *details, *checks[:1]]
    own = [routes.SEEKER_HOME, routes.PERSONAL, routes.PAPERS, routes.MY_CARD]
    own = own[:2] if few else own + _newer_pages(own)
    return {
        "guest": [*checks, "/demo/surat", f"{routes.LOGIN}/", f"/{xss.MARK}<script>x</script>"],
        "job_seeker": [f"{path}/" for path in own],
        "officer": staff,
        "administrator": [*staff[:2], f"{routes.STAFF}/", f"{routes.ADD_STAFF}/"],
    }


def _newer_pages(known: list[str]) -> list[str]:
    """Pages for signed-in people that came after these rows were written."""
    from barut_reflex import barut_reflex as composed

    open_ones = {routes.WELCOME, routes.REGISTER, routes.VERIFY, routes.LOGIN, routes.TERMS}
    open_ones |= {routes.FORGOT_PASSWORD, routes.RESET_PASSWORD, routes.PRIVACY, routes.HELP}
    found = [screen.route for screen in composed.SCREENS]
    return [r for r in found if r not in open_ones and r not in known and "/admin" not in r]


def visit_all(browser: Browser, seen: xss.XssSigns, *, few: bool) -> None:
    office = served.running_office()
    stages = range(6) if not few else (5,)
    for role, paths in pages(office, few).items():
        for nth in stages if role == "job_seeker" else (0,):
            context = browser.new_context(base_url=office.address)
            page = context.new_page()
            xss.watch(page, seen, f"localhost:{office.port}")
            if role != "guest":
                person = office.one(role, nth)
                sign_in(page, person["email"], person["password"])
                page.wait_for_url(re.compile("/(beranda|admin)"))
            for path in paths:
                _visit(page, path, seen)
            context.close()


def _visit(page: Page, path: str, seen: xss.XssSigns) -> None:
    with contextlib.suppress(Error):  # a page that leads on meanwhile
        page.goto(path)
        page.wait_for_load_state("load")
        page.wait_for_timeout(SETTLE)
        xss.collect_signs(page, seen)


def in_mail(browser: Browser, texts: list[str], seen: xss.XssSigns) -> None:
    """Every letter is drawn by one function: each payload in each of its parts, in a reader
    that knows no policy at all.
    """
    page = browser.new_page()
    xss.watch(page, seen, "none")
    for start in range(0, len(texts), 30):
        some = texts[start : start + 30]
        letter = mail.Email(some[0], some[1], some, code=some[2], warnings=some)
        page.set_content(mail.render_html(letter))
        page.wait_for_timeout(200)
        xss.collect_signs(page, seen)
    page.close()


def alive_in_pdf(texts: list[str]) -> list[str]:
    """Cards drawn with payloads in every text: what acts in them, or is not there as typed."""
    found = []
    for text in texts:
        content = draw(sheet_with(text))
        found += [f"{sign} in the PDF of {text[:40]}" for sign in active(content)]
        words = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
        if xss.MARK not in re.sub(r"\s", "", words):
            found.append(f"not in the PDF as typed: {text[:40]}")
    return found


def sheet_with(text: str) -> Ak1Sheet:
    """A card on which every text is this one."""
    signed = dict.fromkeys(("signatory_name", "signatory_position"), text[:100])
    signed |= {"signatory_kind": "PNS", "signatory_number": "198501012010012001"}
    until = date(2028, 4, 20)
    card = Card(**signed, number="620500000320042026", nik=FACTS.nik, valid_until=until)  # pyright: ignore[reportArgumentType]
    short = dict.fromkeys(("name", "birth_place", "major", "village", "district"), text[:100])
    facts = FACTS.model_copy(update=short | {"address": text[:200], "skills": [text[:80]] * 4})
    placement = Placement(employer=text[:200], on=date(2026, 5, 1))  # pyright: ignore[reportCallIssue]
    matrix = [[True] * 21] * 21
    return Ak1Sheet.from_card(
        card,
        facts=facts,
        qr=matrix,
        photo=None,
        issued=date(2026, 4, 20),
        reports=[date(2026, 10, 20)],
        placement=placement,
    )


def active(content: bytes) -> list[str]:
    """Keys of a PDF that act, link or attach."""
    keys = {"/JS", "/JavaScript", "/Launch", "/URI", "/EmbeddedFiles", "/AA", "/OpenAction"}
    assert keys <= ACTIVE_KEYS
    with pikepdf.open(io.BytesIO(content)) as pdf:
        dictionaries = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        return [key for item in dictionaries for key in keys if key in item and _acts(item[key])]


def _acts(value: pikepdf.Object) -> bool:
    """An /OpenAction that is an array only says which page to show first."""
    return not isinstance(value, pikepdf.Array)
