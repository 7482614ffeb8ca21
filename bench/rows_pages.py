"""First page load: bytes of scripts, styles and fonts; Lighthouse scores.

Also whether the landing page can be used without JavaScript.
"""

import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from measure.row import Figure, Scale, at_most
from probes.browser import ARGS, sign_in

from . import offices
from .table import TABLE

CHROMIUM = "/usr/bin/chromium"
COUNTED = ("Script", "Stylesheet", "Font")
PAGES = {
    "landing": ("/", ""),
    "login": ("/login/", ""),
    "applicant's home": ("/beranda/", "job_seeker"),
    "officer's list": ("/admin/pengajuan/", "officer"),
}
LIGHTHOUSE = Path(__file__).parent / "lighthouse"


@contextmanager
def chromium(*args: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = CHROMIUM if Path(CHROMIUM).exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGS, *args])
        yield browser
        browser.close()


@TABLE.row(
    "first-load",
    "First load of three Reflex pages and the plain landing page: JS, CSS and font as they travel",
    against="blank Reflex page, without Radix",
    goal="Reflex pages <= 1.35 ×; landing usable without JavaScript",
)
def first_load(scale: Scale) -> Figure:
    office = offices.office()
    with chromium() as browser:
        blank = _bytes(browser, f"http://localhost:{offices.blank()}", "/")
        loads = {
            name: _bytes(browser, office.address, path, office.one(role) if role else None)
            for name, (path, role) in PAGES.items()
        }
        plain = _usable_without_script(browser, office.address)
    floor = sum(blank.values())
    ratios = {name: sum(load.values()) / floor for name, load in loads.items()}
    alive = {name: ratio for name, ratio in ratios.items() if name != "landing"}
    ours = "; ".join(f"{name} {_said(load)}" for name, load in loads.items())
    detail = "compressed bytes on the wire, empty cache; landing without JavaScript: "
    detail += plain or "text, links to Daftar and Login, and the login form are there"
    return Figure(ours, at_most(1.35, alive) and not plain, detail, _said(blank), ratios)


def _bytes(
    browser: Browser, base: str, path: str, person: dict[str, str] | None = None
) -> Counter[str]:
    """Kilobytes on the wire of each kind, of a page opened with an empty cache."""
    context = browser.new_context(base_url=base, viewport={"width": 360, "height": 780})
    page = context.new_page()
    if person:
        sign_in(page, person["email"], person["password"])
        page.wait_for_url(re.compile("/(beranda|admin)"))
        page.goto("about:blank")
    found, kinds = Counter(), {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))

    def count(event):
        found[kinds.get(event["requestId"], "")] += event["encodedDataLength"] / 1024

    session.on("Network.loadingFinished", count)
    page.goto(path)
    page.wait_for_timeout(2500)
    context.close()
    return Counter({kind: found[kind] for kind in COUNTED})


def _said(load: Counter[str]) -> str:
    parts = [f"{load[kind]:.0f} {kind}" for kind in COUNTED if load[kind]]
    return f"{sum(load.values()):.0f} KB ({', '.join(parts)})"


def _usable_without_script(browser: Browser, base: str) -> str:
    """What of the landing page does not work before its scripts have come; empty: nothing."""
    context = browser.new_context(base_url=base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    missing = [
        name
        for name in ("Daftar", "Login")
        if not page.get_by_role("link", name=name, exact=True).first.is_visible()
    ]
    page.get_by_role("link", name="Login", exact=True).first.click()
    missing += [] if page.get_by_label("Email", exact=True).is_visible() else ["login form"]
    context.close()
    return ", ".join(f"no {name}" for name in missing)


def _lighthouse(path: str) -> dict[str, Any]:
    """Scores of a page, by Lighthouse's own mobile phone on a slow line; faults under `why`."""
    if not (LIGHTHOUSE / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=LIGHTHOUSE, check=True)
    command = ["npx", "lighthouse", f"{offices.office().address}{path}", "--output=json", "--quiet"]
    command += ["--only-categories=performance,accessibility,best-practices"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    env = os.environ | {"CHROME_PATH": CHROMIUM}
    done = subprocess.run(command, cwd=LIGHTHOUSE, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def _scored(path: str, scale: Scale) -> Figure:
    """The median of some runs: the machine's own work disturbs single ones."""
    reports = [_lighthouse(path) for _ in range(scale.of(1, 3))]
    reports.sort(key=lambda report: report["categories"]["performance"]["score"])
    report = reports[len(reports) // 2]
    scores = {n: round(100 * c["score"]) for n, c in report["categories"].items()}
    metrics = {
        name: report["audits"][audit]["displayValue"]
        for name, audit in (
            ("first paint", "first-contentful-paint"),
            ("largest paint", "largest-contentful-paint"),
            ("blocking", "total-blocking-time"),
            ("shift", "cumulative-layout-shift"),
        )
    }
    passed = scores["performance"] >= 90 and scores["accessibility"] == 100
    passed = passed and scores["best-practices"] == 100
    said = ", ".join(f"{name.replace('-', ' ')} {score}" for name, score in scores.items())
    detail = ", ".join(f"{name} {value}" for name, value in metrics.items())
    return Figure(said, passed, "; ".join([detail, *_faults(report)]), numbers=dict(scores))


def _faults(report: dict) -> list[str]:
    """Names of what cost points, where every point counts."""
    names = [
        reference["id"]
        for category in ("accessibility", "best-practices")
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"]
    ]
    return [name for name in names if report["audits"][name]["score"] not in (1, None)]


def _check_path() -> str:
    from probes import served

    code = served.query(offices.office(), f"{served.CODES} ORDER BY id LIMIT 1")[0][0]
    return f"/v/{code}"


for _name, _path in (("landing", "/"), ("login", "/login/"), ("check", "")):

    @TABLE.row(
        f"lighthouse-{_name}",
        f"Lighthouse of the {_name} page, mobile, throttled",
        goal="performance >= 90, accessibility 100, best practices 100",
    )
    def lighthouse(scale: Scale, path: str = _path) -> Figure:
        offices.office()
        return _scored(path or _check_path(), scale)
