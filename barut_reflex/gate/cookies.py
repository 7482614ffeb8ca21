"""Hashes of a request's or websocket's cookies (session, flow, reset link); the caller's address.

A cookie only names its owner; what they may do is read from the database each time.
"""

import re
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie

from reflex.state import BaseState
from starlette.requests import Request

from ..core.settings import settings
from ..core.tokens import fingerprint

COOKIE = "__Host-sesi" if settings.is_secure else "sesi"
FLOW_COOKIE = "__Host-alur" if settings.is_secure else "alur"
RESET_COOKIE = "__Host-reset" if settings.is_secure else "reset"

Caller = BaseState | Request


def sign_in_of(caller: Caller) -> str:
    """The hash of the caller's session token; empty if there is none."""
    return _hashed_cookie(caller, COOKIE)


def flow_of(caller: Caller) -> str:
    """The hash of the browser's flow cookie, which ties codes to their browser."""
    return _hashed_cookie(caller, FLOW_COOKIE)


def reset_link_of(caller: Caller) -> str:
    """The hash of the reset link this browser opened; empty if none."""
    return _hashed_cookie(caller, RESET_COOKIE)


def address_of(caller: Caller) -> str:
    """The caller's network address, for limits only."""
    if isinstance(caller, Request):
        return caller.client.host if caller.client else ""
    return caller.router.session.client_ip


def _hashed_cookie(caller: Caller, name: str) -> str:
    """Hash of a cookie. On websockets `handshake.py` has already replaced values by hashes."""
    if isinstance(caller, Request):
        value = read_cookie(caller.headers.get("cookie", ""), name)
        return fingerprint(value) if value else ""
    return _hash_in(caller.router.headers.cookie, name)


@lru_cache(maxsize=4000)
def _hash_in(header: str, name: str) -> str:
    """Cached, as every event of a websocket has the same header."""
    value = read_cookie(header, name)
    return value if re.fullmatch(r"[0-9a-f]{64}", value) else ""


def read_cookie(header: str, name: str) -> str:
    """The value of the cookie `name` in a Cookie header; empty if absent or unreadable."""
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
