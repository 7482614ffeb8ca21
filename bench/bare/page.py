"""What the check page is measured against: a bare Starlette route with the same bytes."""

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

CONTENT = Path(os.environ["BENCH_PAGE"]).read_bytes()


async def show(request: Request) -> HTMLResponse:
    return HTMLResponse(CONTENT)


def app() -> Starlette:
    return Starlette(routes=[Route("/v/{code}", show)])
