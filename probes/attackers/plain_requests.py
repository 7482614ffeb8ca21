"""Plain HTTP requests with the worst texts to every route, sent in this process over ASGI."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from sqlmodel import Session
from starlette.applications import Starlette
from starlette.routing import Route

from barut_reflex.attendance.rules import AttendancePurpose
from barut_reflex.core import clock, db
from barut_reflex.core.settings import settings
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.people.service import sessions
from barut_reflex.seal import access
from probes import inside

from . import worst_texts

URL_BYTES = 8 * 1024  # more than the server or a proxy lets through
BODY_BYTES = 128 * 1024  # the largest cap of a plain route


@dataclass
class PlainRequest:
    """One request as ASGI tells it."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def routes() -> list[Route]:
    """Every plain route of the product."""
    from barut_reflex import barut_reflex as composed

    return composed.ROUTES


def site() -> Any:
    """The routes within every layer the product puts around them."""
    site: Any = Starlette(routes=routes())
    layers: Any = inside.app().api_transformer
    for layer in layers:
        site = site if isinstance(layer, Starlette) else layer(site)
    return site


def signed_in(cast: Any) -> dict[str, str]:
    """The session cookie of each principal, by name; a guest has none."""
    with Session(db.engine) as session:
        people = {name: one[2] for name, one in cast.attackers.items()}
        tokens = {
            n: sessions.sign_in(session, p, device="bar") if p else "" for n, p in people.items()
        }
        session.commit()
    return tokens


def requests(
    route: Route, texts: list[worst_texts.Text], cookies: dict[str, str], public_id: str
) -> Iterator[tuple[PlainRequest, str]]:
    """This route by each principal with plain ids, then with worst texts wherever text goes."""
    method = "POST" if "POST" in (route.methods or ()) else "GET"
    plain = _path(route, public_id)
    for who, sign_in in cookies.items():
        yield _asked(method, plain, sign_in), f"{who}, plain"
        for text in texts:
            yield _asked(method, _path(route, _part(text)), sign_in), f"{who}, path of {text[0]}"
            query = "&".join(f"{name}={_part(text)}" for name in ("tautan", "halaman", "kepada"))
            yield _asked(method, plain, sign_in, query=query), f"{who}, query of {text[0]}"
            odd = {"user-agent": _latin(text), "x-file-name": _part(text)}
            cookie = f"{COOKIE}={sign_in}; {_cookies(text)}"
            yield (
                _asked(method, plain, sign_in, headers=odd | {"cookie": cookie}),
                f"{who}, headers of {text[0]}",
            )
        if method == "POST":
            for body, kind, what in _bodies(texts):
                sent = _asked(method, plain, sign_in, body=body, headers={"content-type": kind})
                yield sent, f"{who}, {what}"


def _path(route: Route, word: str) -> str:
    path = route.path
    for name in route.param_convertors:
        path = path.replace(f"{{{name}}}", word)
    return path


def _part(text: worst_texts.Text) -> str:
    return quote(worst_texts.filled(text, URL_BYTES // 6), safe="")[:URL_BYTES]


def _latin(text: worst_texts.Text) -> str:
    return worst_texts.filled(text, URL_BYTES).encode().decode("latin-1")


def _cookies(text: worst_texts.Text) -> str:
    """Many small ones: the reader of cookies looks at each."""
    return "; ".join(f'a{n}="{n}' for n in range(600)) + _latin(text)[:2000]


def _bodies(texts: list[worst_texts.Text]) -> Iterator[tuple[bytes, str, str]]:
    plain, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
    for size in (BODY_BYTES, 32 * 1024, 16 * 1024, 8 * 1024):
        room = size - 64
        yield b"a=&" * (room // 3), plain, f"{size} bytes of empty fields"
        yield b"kartu=x&" * (room // 8), plain, f"{size} bytes of cards"
        part = b'--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n'
        yield part * (room // len(part)) + b"--b--\r\n", parts, f"{size} bytes of parts"
        yield b"[" * room, "application/json", f"{size} bytes, deep"
        yield b'{"purpose":"' + b"[" * room, "application/json", f"{size} bytes of a text"
        for code in ("x", _signed()):
            late = _late(code, room)
            yield late, "application/json", f"{size} bytes of late codes of {len(code)} letters"
        for text in texts:
            value = quote(worst_texts.filled(text, size // 6), safe="")[: room // 3]
            form = f"email={value}%40contoh.id&password={value}&code={value}&confirming={value}"
            yield form[:room].encode(), plain, f"{size} bytes of {text[0]}"
            raw = worst_texts.filled(text, room // 2)
            yield f"email={raw}&password={raw}".encode()[:room], plain, f"{size} raw {text[0]}"


def _signed() -> str:
    """An access code of our own signature, which no holder ever made."""
    return access.encode(access.AccessPayload("00112233445566778899", "", "Ahmad", clock.now()))


def _late(code: str, room: int) -> bytes:
    one = f'{{"code":"{code}","at":"2026-04-20T01:00:00+00:00"}}'
    seen = ",".join([one] * ((room - 64) // (len(one) + 1)))
    return f'{{"purpose":"{AttendancePurpose.ATTENDANCE}","event":"x","seen":[{seen}]}}'.encode()


def _asked(
    method: str,
    path: str,
    sign_in: str,
    *,
    query: str = "",
    body: bytes = b"",
    headers: dict[str, str] | None = None,
) -> PlainRequest:
    about = {"host": urlsplit(settings.address).netloc, "origin": settings.address}
    about |= {"content-length": str(len(body)), "cookie": f"{COOKIE}={sign_in}"}
    return PlainRequest(method, path, query, about | (headers or {}), body)


async def send(site: Any, asked: PlainRequest) -> int:
    """The status of the answer; 0 when there is none."""
    status, bodies = 0, [asked.body]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": asked.method,
        "path": unquote(asked.path),
        "raw_path": asked.path.encode(),
        "query_string": asked.query.encode(),
        "root_path": "",
        "headers": [(k.encode("latin-1"), v.encode("latin-1")) for k, v in asked.headers.items()],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> dict[str, Any]:
        if bodies:
            return {"type": "http.request", "body": bodies.pop(), "more_body": False}
        await asyncio.Event().wait()  # nobody goes away
        return {}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    await site(scope, receive, send)
    return status
