"""Health checks for proxies and monitoring: `/sehat` (process is alive), `/siap` (is ready).

Open to everybody, so the answers name only the part and whether it is well.
"""

import asyncio
import logging
import os

import redis.asyncio as redis
from sqlalchemy import text
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ...core import desks, routes
from ...core.settings import settings
from ...gate.access import access
from ...gate.doors import look_as_guest

CHECK_TIMEOUT = 4  # seconds; a check that takes longer has failed
NO_STORE = {"cache-control": "no-store"}
log = logging.getLogger(__name__)


@access(first_password=True)
async def is_alive(request: Request) -> Response:
    """Answers as long as the process runs; checks nothing."""
    return PlainTextResponse("hidup", headers=NO_STORE)


@access(first_password=True)
async def is_ready(request: Request) -> Response:
    """Checks the database, Redis and the `health` of each desk; 503 unless all are well."""
    checks = {
        "database": look_as_guest(request, _ask_database),
        **{name: ask() for name, ask in desks.merge(lambda desk: desk.health).items()},
        "redis": _ask_redis(),
    }
    found = await asyncio.gather(*(_is_well(name, check) for name, check in checks.items()))
    answers = dict(zip(checks, ("baik" if well else "terganggu" for well in found), strict=True))
    # Tells tools/serve.py that this process answered, not another one on the same port.
    own = {"barut-process": os.getenv("BARUT_PROCESS", "")}
    return JSONResponse(answers, 200 if all(found) else 503, headers=NO_STORE | own)


async def _is_well(name: str, check) -> bool:
    try:
        return bool(await asyncio.wait_for(check, CHECK_TIMEOUT))
    except Exception as error:  # whatever it is, the check has failed
        log.warning("not ready: %s (%s)", name, type(error).__name__)
        return False


def _ask_database(session: Session) -> bool:
    return session.execute(text("SELECT 1")).scalar_one() == 1


async def _ask_redis() -> bool:
    if not settings.redis_url:
        return True
    async with redis.from_url(settings.redis_url, socket_timeout=CHECK_TIMEOUT) as client:
        await client.execute_command("PING")
    return True


ROUTES = [Route(routes.ALIVE, is_alive), Route(routes.READY, is_ready)]
