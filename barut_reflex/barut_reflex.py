"""The Reflex app: every desk's pages, routes and jobs, the ASGI middleware, the worker thread."""

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import reflex as rx
from starlette.applications import Starlette

from .core import clock_step, desks, lanes, logs, metrics, presence, worker
from .core.headers import SecurityHeaders
from .core.proxies import OwnProxies
from .core.settings import check_production, settings
from .gate import redis_watch, tabs, versions
from .gate.doors import Notice, Who, handle_exception
from .gate.flood import SocketLimits
from .gate.gate import Gate
from .gate.handshake import Handshake
from .gate.office_info import Office
from .gate.payload import log_browser_error
from .site.web.not_found import NotFound
from .ui.feedback import crash_page, error_boundary
from .ui.native import EARLY_EVENTS

logs.configure()
if not settings.is_demo:
    check_production(settings)

SCREENS = [screen for web in desks.all_web().values() for screen in web.screens]
ROUTES = [route for web in desks.all_web().values() for route in web.routes]

for job in desks.collect(lambda desk: desk.jobs):
    worker.add(job)
for reset in desks.collect(lambda desk: desk.after_clock_step):
    clock_step.after_step(reset)
metrics.show(worker.outbox_figures)


async def run_worker():
    """Lifespan task: run the background worker in a thread as long as the server runs."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(lanes.TOTAL_THREADS))
    lock, stop = presence.mark_open(), threading.Event()
    metrics.serve()
    thread = threading.Thread(target=worker.run_forever, args=(stop,), daemon=True)
    thread.start()
    try:
        await asyncio.Event().wait()
    finally:
        stop.set()
        os.close(lock)


app = rx.App(
    api_transformer=[
        NotFound,
        Starlette(routes=ROUTES),
        SocketLimits,
        redis_watch.RedisGuard,
        Handshake,
        SecurityHeaders,
        OwnProxies,
    ],
    backend_exception_handler=handle_exception,
    frontend_exception_handler=log_browser_error,
    html_lang="id",
    toaster=None,
    stylesheets=["/site.css"],
    head_components=[
        rx.el.link(rel="icon", href="/favicon.ico", sizes="32x32"),
        rx.el.link(rel="icon", href="/logo.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/apple-touch-icon.png"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.script(EARLY_EVENTS),
        *[
            rx.el.script(src=f"/{name}.js", defer=True)
            for name in ("ui", "ticks", "profile", "upload", "desk", "scan")
        ],
    ],
)
app.app_wraps[(55, "ErrorBoundary")] = error_boundary
app.add_middleware(Gate())
app.register_lifespan_task(run_worker)
app.register_lifespan_task(redis_watch.watch_redis, pages=app)
for screen in SCREENS:
    parts = [handler for part in desks.sections_of(screen.route) for handler in part.on_load]
    on_load = [Notice.clear, Office.load, *screen.on_load, *parts, Who.load]
    app.add_page(screen.page, route=screen.route, title=screen.title, on_load=on_load)
app.add_page(crash_page, route="404", title="Halaman tidak ditemukan")
tabs.limit_tab_memory(app)
versions.answer_unknown_events(app)
