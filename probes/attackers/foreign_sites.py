"""Foreign origins on sockets and POST routes; GETs that change state; security headers."""

from typing import Any
from uuid import uuid4

import httpx

from barut_reflex.core import routes
from barut_reflex.core.views import ViewKind
from probes import inside, served
from probes.tab import ROOT, Tab, is_refused
from tools import frontend

POSTS = ("/masuk", "/keluar", "/berkas/photo")
GUEST_PAGES = (
    routes.WELCOME,
    routes.REGISTER,
    routes.VERIFY,
    routes.LOGIN,
    routes.FORGOT_PASSWORD,
    routes.RESET_PASSWORD,
    routes.TERMS,
    routes.PRIVACY,
    routes.HELP,
)
VIEW_ACTS = {seen.value for seen in ViewKind}
APPENDED = ("auditentry", "cardview", "cardprint")
IGNORED_TABLES = {"signin", "limithit", "counter", "outboxmail", "flash", *APPENDED}


def foreign_origins(port: int) -> list[str]:
    """Origins that look like ours, and some that do not."""
    return [
        "https://evil.example",
        "null",
        f"https://localhost:{port}",
        f"http://localhost:{port}.evil.example",
        f"http://evil-localhost:{port}",
        f"http://localhost:{port}0",
        "http://localhost",
        f"http://localhost:{port + 1}",
        f"http://localhost:{port}@evil.example",
        f"http://[::1]:{port}",
        f"http://127.0.0.1.nip.io:{port}",
        "file://",
        "chrome-extension://abcdefghijklmnop",
        f"http://localhost:{port}/",
    ]


def try_foreign_origins() -> tuple[int, list[str]]:
    """Sockets, long polling and each POST route under foreign origins: tries, what got in."""
    office, tried, accepted = served.running_office(), 0, []
    seeker = served.signed_in("job_seeker", 0)
    assert not inside.run(is_refused(Tab(office, seeker.cookie))), "our own origin is refused"
    for origin in foreign_origins(office.port):
        tab = Tab(office, seeker.cookie, headers={"Origin": origin})
        tried += 1
        accepted += [] if inside.run(is_refused(tab)) else [f"socket from {origin}"]
        polling = "/_event/?EIO=4&transport=polling"
        accepted += _unless_shut(seeker.get(polling, headers={"Origin": origin}), origin)
        for path in POSTS:
            tried += 1
            accepted += _unless_shut(_post(seeker, path, {"Origin": origin}), f"{origin} {path}")
    for path in POSTS:
        for header in (
            {"Origin": ""},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "none"},
        ):
            tried += 1
            accepted += _unless_shut(_post(seeker, path, header), f"{header} {path}")
    assert seeker.get("/berkas/x").status_code == 404, "a foreign POST signed the person out"
    return tried, accepted


def _post(browser: httpx.Client, path: str, headers: dict[str, str]) -> httpx.Response:
    return browser.post(path, content=b"email=a&password=b", headers=headers)


def _unless_shut(answer: httpx.Response, what: str) -> list[str]:
    lets_read = answer.headers.get("access-control-allow-origin", "") in ("*", what.split()[0])
    return [] if answer.status_code in (400, 403) and not lets_read else [what]


def pages_of(office: Any) -> dict[str, list[str]]:
    """The main pages of each role and the objects it may ask for, with ids that exist."""
    (case,) = served.query(office, "SELECT public_id FROM application WHERE status <> 'DRAFT'")[0]
    (paper,) = served.query(office, "SELECT public_id FROM document")[0]
    (card, code) = served.query(
        office,
        "SELECT card.public_id, code FROM card JOIN code ON kind = 'AK1' AND subject_id = card.id",
    )[0]
    own = [f"/berkas/{paper}", f"/berkas/{paper}?halaman=1", f"/kartu/{card}.pdf"]
    objects = [*own, f"/kartu/{card}/qr.svg", f"/v/{code}", f"/V/{code.lower()}/"]
    rest = ["/demo/surat", "/.well-known/ak1-keys.json", f"/reset-password/{uuid4()}", "/ping"]
    guest = [*GUEST_PAGES, *objects, *rest]
    seeker = [routes.SEEKER_HOME, routes.PERSONAL, routes.PAPERS, routes.MY_CARD, *objects]
    staff = [routes.DESK, routes.INBOX, f"{routes.INBOX}/{case}", *objects]
    return {
        "guest": guest,
        "job_seeker": seeker,
        "officer": staff,
        "administrator": [*staff, routes.STAFF, routes.ADD_STAFF],
    }


def load_every_page() -> tuple[int, list[str]]:
    """GET and HEAD of all of `pages_of`, with queries, and each page's own load event.

    Gives how many, and which tables changed but for those that views are appended to.
    """
    office, visited = served.running_office(), 0
    served.wait_for_people(office)
    browsers = {role: served.signed_in(role, 5) for role in ("job_seeker",)}
    browsers |= {role: served.signed_in(role) for role in ("officer", "administrator")}
    browsers["guest"] = served.Browser(office)
    browsers["guest"].get("/")
    before = served.snapshot(office, IGNORED_TABLES)
    trail = served.query(office, "SELECT max(id) FROM auditentry")[0][0]
    for role, paths in pages_of(office).items():
        for path in paths:
            query = "&" if "?" in path else "?"
            browsers[role].get(path)
            browsers[role].get(f"{path}{query}status=approved&approve=1&_method=POST&role=admin")
            browsers[role].head(path)
            visited += 3
        inside.run(_load_pages(browsers[role].cookie, paths))
    changed = served.changed_tables(before, served.snapshot(office, IGNORED_TABLES))
    acts = served.query(office, "SELECT DISTINCT act FROM auditentry WHERE id > ?", (trail,))
    return visited, changed + [act for (act,) in acts if act not in VIEW_ACTS]


async def _load_pages(cookie: str, paths: list[str]) -> None:
    for path in paths:
        if path.startswith(("/berkas/", "/kartu/", "/v/", "/V/", "/demo", "/ping", "/.well")):
            continue
        async with Tab(served.running_office(), cookie, path=path) as tab:
            await tab.send(f"{ROOT}.hydrate_and_load", wait=0.1, vars={}, hashes=[])


REQUIRED = {
    "content-security-policy": "",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "",
    "permissions-policy": "",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "",
}


def faults_of(answer: httpx.Response) -> list[str]:
    """Which headers this answer lacks."""
    headers, where = answer.headers, answer.request.url.path
    lacking = [name for name, value in REQUIRED.items() if value not in headers.get(name, "-")]
    lacking += [name for name in REQUIRED if name not in headers]
    csp = headers.get("content-security-policy", "")
    scripts = next((part for part in csp.split(";") if "script-src" in part), "default-src 'none'")
    lacking += ["strict scripts"] if "unsafe" in scripts else []
    return [f"{answer.status_code} {where}: {name}" for name in dict.fromkeys(lacking)]


def answers() -> list[httpx.Response]:
    """One answer of every kind: pages, files, refusals, mistakes, for every role."""
    office = served.running_office()
    got: list[httpx.Response] = []
    for role, paths in pages_of(office).items():
        browser = served.Browser(office) if role == "guest" else served.signed_in(role)
        got += [browser.get(path) for path in paths]
    guest = served.Browser(office)
    root = frontend.web_folder() / "build" / "client"
    files = [f"/{path.relative_to(root)}" for path in root.rglob("*") if path.is_file()]
    got += [guest.get(path) for path in files if not path.endswith((".gz", ".map"))]
    for path in ("/no-such-page", "/assets/none.js", "/v/x", "/berkas/x", "/_upload/x", "/_health"):
        got += [guest.get(path), guest.request("DELETE", path), guest.request("TRACE", path)]
    got += [guest.post(path) for path in (*POSTS, "/_upload", "/ping", "/_all_routes")]
    got += [guest.get("/", headers={"Host": "evil.example"})]
    got += [guest.get("/_event/?EIO=4&transport=polling")]
    got += [guest.post("/masuk", content=b"x" * 20_000), guest.options("/masuk")]
    return got
