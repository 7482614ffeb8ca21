"""A sign-in without its second factor counts as no sign-in for every handler and route."""

import hashlib

import pytest
from pyotp.totp import TOTP
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from barut_reflex.accounts.service import second_factor
from barut_reflex.core import db
from barut_reflex.core.settings import settings
from barut_reflex.gate import gate
from barut_reflex.gate.access import permits, rule_of
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.people.rules import Role
from barut_reflex.people.service import passwords, sessions
from probes.factories import make_person
from probes.pipeline import pipeline

from .conftest import snapshot

PASSWORD = "Perahu7!lewat-Jingah"
EMAIL = "rina@contoh.id"


@pytest.fixture
def required(monkeypatch):
    monkeypatch.setattr(settings, "officer_totp", True)


@pytest.fixture
def rina(file_office, required):
    with Session(db.engine, expire_on_commit=False) as session:
        known = passwords.hash_password(session, PASSWORD)
        return make_person(
            session, name="Rina", email=EMAIL, role=Role.ADMINISTRATOR, password_hash=known
        )


@pytest.fixture
def waiting(rina):
    """The hash of a sign-in that gave the password and no more."""
    with db.writing() as session:
        return hashlib.sha256(sessions.sign_in(session, rina.id).encode()).hexdigest()


@pytest.fixture
def browser():
    """A browser before the plain routes of the office."""
    from barut_reflex import barut_reflex

    headers = {"origin": settings.address, "sec-fetch-site": "same-origin"}
    app = Starlette(routes=barut_reflex.ROUTES)
    return TestClient(app, settings.address, headers=headers, follow_redirects=False)


async def test_no_gated_handler_runs(app, handlers, waiting, file_office):
    gated = [
        name
        for name, entry in handlers.items()
        if rule_of(entry.handler.fn) is not None and not permits(rule_of(entry.handler.fn), None)
    ]
    assert len(gated) > 30
    before = snapshot(file_office)
    async with pipeline(app) as (socket, client_of):
        for name in gated:
            await client_of("tab", sign_in=waiting).send(name)
    assert snapshot(file_office) == before
    assert EMAIL not in socket.deltas("tab")


async def test_it_is_led_to_the_second_step(app, handlers, waiting):
    name = next(name for name in handlers if name.endswith("staff_state.load"))
    async with pipeline(app) as (socket, client_of):
        await client_of("tab", sign_in=waiting).send(name)
    assert "/langkah-kedua" in str([update.events for _, update in socket.updates])


async def test_without_the_rule_the_list_of_accounts_would_come(
    app, handlers, waiting, monkeypatch
):
    monkeypatch.setattr(sessions, "requires_second_factor", lambda person: False)
    name = next(name for name in handlers if name.endswith("staff_state.load"))
    async with pipeline(app) as (socket, client_of):
        await client_of("tab", sign_in=waiting).send(name)
    assert EMAIL in socket.deltas("tab")


def log_in(browser):
    return browser.post("/masuk", data={"email": EMAIL, "password": PASSWORD})


def test_every_gated_route_leads_there_too(rina, browser):
    from barut_reflex import barut_reflex

    assert log_in(browser).headers["location"] == "/langkah-kedua/"
    gated = [route for route in barut_reflex.ROUTES if rule_of(route.endpoint)]
    assert len(gated) > 5
    for route in gated:
        path = route.path.format(**dict.fromkeys(route.param_convertors, "x"))
        answer = browser.request("GET" if "GET" in route.methods else "POST", path)
        assert (answer.status_code, answer.headers.get("location")) in [
            (303, "/langkah-kedua/"),
            (401, None),
        ], route.path


def secret_of(browser):
    """What the screen offers to the browser's sign-in."""
    token = browser.cookies[COOKIE]
    with db.writing() as session:
        sign_in = hashlib.sha256(token.encode()).hexdigest()
        return second_factor.offer_secret(session, sign_in=sign_in).replace(" ", "")


def test_from_password_to_desk(rina, browser):
    log_in(browser)
    half = browser.cookies[COOKIE]
    assert browser.get("/langkah-kedua/qr.svg").status_code == 404
    secret = secret_of(browser)
    picture = browser.get("/langkah-kedua/qr.svg")
    assert picture.status_code == 200 and picture.text.startswith("<svg")
    assert picture.headers["cache-control"] == "private, no-store"
    wrong = browser.post("/langkah-kedua", data={"code": "000000"})
    assert wrong.headers["location"] == "/langkah-kedua/"
    assert browser.cookies[COOKIE] == half
    right = browser.post("/langkah-kedua", data={"code": TOTP(secret).now()})
    assert right.headers["location"] == "/langkah-kedua/"  # where the recovery codes are shown
    assert "httponly" in right.headers["set-cookie"].lower()
    assert browser.cookies[COOKIE] != half
    assert browser.get("/langkah-kedua/qr.svg").status_code == 404
    assert browser.post("/konfirmasi", data={"confirming": PASSWORD}).status_code == 204


def test_an_anonymous_visitor_gives_no_code(rina, browser):
    answer = browser.post("/langkah-kedua", data={"code": "123456"})
    assert answer.headers["location"] == "/login/"
    assert browser.get("/langkah-kedua/qr.svg").status_code == 404


@pytest.mark.parametrize("path", ["/langkah-kedua", "/konfirmasi", "/data-saya"])
@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
)
def test_another_site_sends_nothing(rina, browser, path, headers):
    log_in(browser)
    assert browser.post(path, headers=headers).status_code == 403


def test_without_the_check_of_the_site_a_foreign_form_would_be_read(rina, browser, monkeypatch):
    log_in(browser)
    monkeypatch.setattr(gate, "is_own_page", lambda request: True)
    answer = browser.post("/konfirmasi", headers={"origin": "https://evil.example"})
    assert answer.status_code != 403


# -- the password once more -------------------------------------------------------------------


@pytest.fixture
def signed_in(rina, browser, monkeypatch):
    monkeypatch.setattr(settings, "officer_totp", False)
    assert log_in(browser).headers["location"] == "/admin/"
    return browser


def test_a_wrong_password_confirms_nothing(signed_in):
    answer = signed_in.post("/konfirmasi", data={"confirming": "salah"})
    assert (answer.status_code, answer.text) == (409, "Password salah. Ketik lagi.")


def test_confirming_is_limited_like_a_login(signed_in):
    for _ in range(5):
        signed_in.post("/konfirmasi", data={"confirming": "salah"})
    answer = signed_in.post("/konfirmasi", data={"confirming": PASSWORD})
    assert answer.status_code == 409 and "Terlalu banyak percobaan" in answer.text


def test_an_anonymous_visitor_confirms_nothing(rina, browser):
    assert browser.post("/konfirmasi", data={"confirming": PASSWORD}).status_code == 401
