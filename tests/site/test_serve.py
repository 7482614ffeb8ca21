"""Serving the plain pages: to whom, with which headers, and what is not found."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from barut_reflex.core import routes
from barut_reflex.core.headers import SecurityHeaders
from barut_reflex.core.settings import settings
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.people.rules import Role
from barut_reflex.people.service import sessions
from barut_reflex.site.web import parts
from barut_reflex.site.web.not_found import NotFound

from ..browsing import open_browser

PLAIN = sorted(routes.PLAIN)


def page_for(token: str = "") -> str:
    cookies = {COOKIE: token} if token else {}
    return open_browser(cookies=cookies).get("/").text


@pytest.mark.parametrize("path", PLAIN)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_is_there_with_and_without_its_slash(path, method):
    for address in {path, f"{path.rstrip('/')}/"}:
        answer = open_browser().request(method, address, follow_redirects=False)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "sha256" not in policy
        assert answer.headers["cache-control"] == "private, no-cache"


def test_the_shell_of_the_export_is_no_page():
    answer = open_browser().get("/index.html", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, routes.WELCOME)


@pytest.mark.parametrize("path", PLAIN)
def test_a_page_that_the_browser_has_is_not_sent_again(path, monkeypatch):
    first = open_browser().get(path)
    known = {"if-none-match": first.headers["etag"]}
    again = open_browser().get(path, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    for header in ("etag", "content-security-policy", "cache-control"):
        assert again.headers[header] == first.headers[header]
    monkeypatch.setattr(settings, "office_hours", "Senin, jam 9")
    changed = open_browser().get(path, headers=known)
    assert (changed.status_code, "Senin, jam 9" in changed.text) == (200, True)


def test_who_signs_in_does_not_keep_the_doors_of_a_guest(signed_in):
    known = {"if-none-match": open_browser().get("/").headers["etag"]}
    browser = open_browser(cookies={COOKIE: signed_in(Role.OFFICER)})
    assert "Buka beranda saya" in browser.get("/", headers=known).text


def test_a_page_drawn_before_there_is_an_export_is_followed_by_whole_ones(monkeypatch, tmp_path):
    monkeypatch.setattr(parts, "BUILD_FOLDER", tmp_path)
    assert 'rel="stylesheet"' not in page_for()
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "__reflex_global_styles-abc.css").touch()
    assert 'href="/assets/__reflex_global_styles-abc.css"' in page_for()


@pytest.mark.parametrize("path", PLAIN)
def test_a_page_takes_nothing(path):
    origin = {"origin": settings.address}
    assert open_browser().post(path, headers=origin).status_code == 405


def test_a_guest_finds_the_doors(file_office):
    assert ">Daftar<" in page_for() and "Buka beranda saya" not in page_for()
    assert ">Daftar<" in page_for("a" * 43)  # a sign-in that nobody knows


@pytest.mark.parametrize(
    ("role", "home"), [(Role.JOB_SEEKER, "/beranda/"), (Role.OFFICER, "/admin/")]
)
def test_who_is_signed_in_finds_the_way_home(signed_in, role, home):
    shown = page_for(signed_in(role))
    assert f'href="{home}"' in shown and "Buka beranda saya" in shown
    assert ">Daftar<" not in shown and "Orang" not in shown


def test_a_sign_in_that_waits_for_its_second_step_is_a_guest(signed_in, monkeypatch):
    token = signed_in(Role.OFFICER)
    monkeypatch.setattr(sessions.LoadedSignIn, "is_complete", False)
    assert ">Daftar<" in page_for(token)


def test_the_manifest_calls_the_site_by_its_name(monkeypatch):
    monkeypatch.setattr(settings, "app_name", 'Layanan "Kerja"')
    answer = open_browser().get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    assert answer.json()["name"] == 'Layanan "Kerja"'


# -- what is found nowhere ------------------------------------------------------------------------

SHELL = Starlette(
    routes=[
        Route("/ada/", lambda request: PlainTextResponse("here")),
        Route("/{rest:path}", lambda request: HTMLResponse("<script>shell</script>", 404)),
    ]
)


def ask(app, path: str, method: str = "GET") -> httpx.Response:
    return TestClient(SecurityHeaders(app), settings.address).request(method, path)


@pytest.mark.parametrize("path", ["/tidak-ada/", "/tidak-ada", "/assets/old.js", "/a/%0Ab"])
def test_an_unknown_address_gets_our_page(path):
    answer = ask(NotFound(SHELL), path)
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.text and "shell" not in answer.text
    assert answer.headers["content-length"] == str(len(answer.content))
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


def test_who_asks_for_the_head_gets_no_body():
    answer = ask(NotFound(SHELL), "/tidak-ada/", "HEAD")
    assert (answer.status_code, answer.content) == (404, b"")
    whole = ask(NotFound(SHELL), "/tidak-ada/")
    assert whole.content and answer.headers == whole.headers


def test_without_the_wrapper_the_empty_shell_would_come():
    assert "shell" in ask(SHELL, "/tidak-ada/").text


def test_what_is_there_comes_as_it_is():
    assert ask(NotFound(SHELL), "/ada/").text == "here"


def test_the_page_says_nothing_of_the_address():
    assert "rahasia" not in ask(NotFound(SHELL), "/rahasia?rahasia=1").text
