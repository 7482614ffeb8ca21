"""Frame of the public pages of `site` (htpy, no Reflex): head, header, footer, text figures."""

import hashlib
from typing import Any

import htpy as h
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...core import desks, routes
from ...core.figures import ANSWERED_WITHIN, CHECKED_WITHIN, duration, in_words
from ...core.headers import BUILD_FOLDER
from ...core.settings import settings
from ...gate.office_info import office_info
from ...gate.shell import FOOT_PAGES
from ...people.rules import IDLE_LIFETIME, MAX_SIGN_IN_LIFETIME, Role
from ...ui import brand, theme
from ...ui.icons import SHAPES

DESK_TEXTS = desks.merge(lambda desk: desk.figure_texts)
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": CONTENT_POLICY, "cache-control": "private, no-cache"}


def answer(page: h.Renderable, status: int = 200) -> HTMLResponse:
    """Response with this page."""
    return HTMLResponse(str(page), status, headers=HEADERS)


def answer_unless_known(request: Request, page: h.Renderable) -> Response:
    """Response with this page, or 304 if the browser has it already (ETag)."""
    html = str(page)
    etag = f'W/"{hashlib.sha256(html.encode()).hexdigest()[:32]}"'  # weak: a proxy may compress it
    headers = HEADERS | {"etag": etag}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(html, headers=headers)


def figures() -> dict[str, str]:
    """Values for the placeholders in the texts of plain pages: figures of rules, office data."""
    office = office_info()
    return DESK_TEXTS | {
        "checked_within": CHECKED_WITHIN,
        "answered_within": ANSWERED_WITHIN,
        "idle": duration(IDLE_LIFETIME[Role.JOB_SEEKER]),
        "longest_sign_in": duration(MAX_SIGN_IN_LIFETIME[Role.JOB_SEEKER]),
        "report_months": str(settings.report_months),
        "report_months_in_words": in_words(settings.report_months),
        "validity_months": str(settings.validity_months),
        "min_age": str(settings.min_age),
        "retention_days": str(office.retention_days),
        "paper_size": office.paper_size,
        "app_name": office.app_name,
        "office": office.name,
        "regency": office.regency,
        "where": f"{office.name} {office.regency}",
        "address": office.address,
        "hours": office.hours,
        "email": office.email,
        "site": settings.address,
    }


def text_page(title: str, *children: h.Node, lead: str = "") -> h.HTMLElement:
    """A page with a heading and text."""
    heading = h.div(class_="flex flex-col gap-2")[
        h.h1(class_=theme.TITLE)[title], lead and h.p(class_=theme.LEAD)[lead]
    ]
    styles = f"{theme.CONTENT} {theme.PAGE}"
    return whole_page(title, h.main("#isi", tabindex="-1", class_=styles)[heading, children])


def whole_page(title: str, main: h.Node) -> h.HTMLElement:
    """Full HTML document around its `<main id="isi">`."""
    return h.html(lang="id")[
        _head(title),
        h.body[
            h.div(class_=theme.FRAME)[
                h.a(".skip", href="#isi")["Langsung ke isi"], _bar(), main, _footer()
            ]
        ],
    ]


def icon(name: str, class_: str = "size-5") -> h.Element:
    """The icon `name` of `ui.icons`, hidden from screen readers."""
    return h.svg(
        viewBox="0 0 24 24",
        fill="none",
        stroke="currentColor",
        stroke_width="1.75",
        stroke_linecap="round",
        stroke_linejoin="round",
        aria_hidden="true",
        focusable="false",
        class_=f"shrink-0 {class_}",
    )[h.path(d=SHAPES[name])]


def button_link(
    label: str, href: str, styles: str = theme.PRIMARY, mark: str = "", **attributes: Any
) -> h.Element:
    """A link styled as a button; `styles` is one of `ui.theme`, `mark` the name of an icon."""
    return h.a(href=href, class_=styles, **attributes)[mark and icon(mark), label]


def _head(title: str) -> h.Element:
    return h.head[
        h.meta(charset="utf-8"),
        h.meta(name="viewport", content="width=device-width, initial-scale=1"),
        h.title[title],
        [h.link(rel="stylesheet", href=f"/assets/{name}") for name in _stylesheets()],
        h.link(rel="icon", href="/favicon.ico", sizes="32x32"),
        h.link(rel="icon", href="/logo.svg", type="image/svg+xml"),
        h.link(rel="apple-touch-icon", href="/apple-touch-icon.png"),
        h.link(rel="manifest", href="/manifest.webmanifest"),
        h.script(src="/ui.js", defer=True),
    ]


def _stylesheets() -> list[str]:
    """The stylesheet of the built front end; its name contains a hash."""
    return sorted(path.name for path in BUILD_FOLDER.glob("assets/__reflex_global_styles-*.css"))


def _bar() -> h.Element:
    return h.header(class_=theme.BAR)[
        h.div(class_=f"{theme.ROW_WIDTH} {theme.BAR_ROW}")[
            h.a(href=routes.WELCOME, class_=theme.BRAND_LINK)[
                h.span(class_="shrink-0 [&>svg]:size-9")[Markup(brand.LOGO)],  # noqa: S704  ours
                h.span[
                    h.span(class_=theme.BRAND)[settings.app_name],
                    h.span(class_=theme.UNDER_BRAND)[settings.office_short_name],
                ],
            ],
            h.div(class_="flex items-center gap-1")[
                h.a(href=f"{routes.HELP}/", class_=f"{theme.QUIET} max-sm:hidden")["Bantuan"],
                h.button(
                    type="button",
                    aria_label="Ganti tema",
                    title="Ganti tema",
                    data_toggles="theme",
                    class_=f"{theme.ICON_BUTTON} noscript:hidden",
                )[icon("moon", "size-5 to-dark"), icon("sun", "size-5 to-light")],
            ],
        ]
    ]


def _footer() -> h.Element:
    office, small = office_info(), f"{theme.SMALL} max-w-prose"
    links = [(name, f"{href}/") for name, href in FOOT_PAGES]
    return h.footer(class_=f"{theme.DIVIDER} mt-auto")[
        h.div(class_=f"{theme.ROW_WIDTH} {theme.FOOT_ROW}")[
            h.div(class_="flex flex-col gap-1")[
                h.p(class_=theme.HEADING)[office.name],
                [h.p(class_=small)[line] for line in (office.place, office.hours, office.contact)],
            ],
            h.nav(aria_label="Tentang layanan", class_=theme.FOOT_NAV)[
                [h.a(href=href, class_=theme.FOOT_LINK)[name] for name, href in links]
            ],
        ]
    ]
