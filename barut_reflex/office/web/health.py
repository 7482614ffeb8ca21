"""GET `/sehat`: does this process live? GET `/siap`: can it work? For proxies and monitoring.

Open to everybody, so the answers are terse: a part and whether it is well, no names, no figures.
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

SECONDS = 4  # what takes longer is not well
NEVER_KEPT = {"cache-control": "no-store"}
log = logging.getLogger(__name__)


@access(first_password=True)
async def is_alive(request: Request) -> Response:
    """The process answers; asks nobody else."""
    return PlainTextResponse("hidup", headers=NEVER_KEPT)


@access(first_password=True)
async def is_ready(request: Request) -> Response:
    """Database, Redis and what the desks have to ask, each well or not; 503 unless all are."""
    checks = {
        "database": look_as_guest(request, _ask_database),
        **{name: ask() for name, ask in desks.merge(lambda desk: desk.health).items()},
        "redis": _ask_redis(),
    }
    found = await asyncio.gather(*(_is_well(name, check) for name, check in checks.items()))
    answers = dict(zip(checks, ("baik" if well else "terganggu" for well in found), strict=True))
    own = {
        "barut-process": os.getenv("BARUT_PROCESS", "")
    }  # so that nobody takes a neighbour for it
    return JSONResponse(answers, 200 if all(found) else 503, headers=NEVER_KEPT | own)


async def _is_well(name: str, check) -> bool:
    try:
        return bool(await asyncio.wait_for(check, SECONDS))
    except Exception as trouble:  # whatever it is, this part is not well
        log.warning("not ready: %s (%s)", name, type(trouble).__name__)
        return False


def _ask_database(session: Session) -> bool:
    return session.execute(text("SELECT 1")).scalar_one() == 1


async def _ask_redis() -> bool:
    if not settings.redis_url:
        return True
    async with redis.from_url(settings.redis_url, socket_timeout=SECONDS) as client:
        await client.execute_command("PING")
    return True


ROUTES = [Route(routes.ALIVE, is_alive), Route(routes.READY, is_ready)]
