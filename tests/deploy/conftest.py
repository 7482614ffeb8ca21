"""Fixtures for production sites; the browser's long paths run in `make test-scale` only."""

import os

import pytest

from .own_redis import OwnRedis
from .site import Site

collect_ignore = (
    [] if os.getenv("BARUT_TEST_PRODUCTION") else ["test_production.py", "test_outage.py"]
)


@pytest.fixture(scope="session")
def production(tmp_path_factory):
    folder = tmp_path_factory.mktemp("production")
    redis = OwnRedis(folder / "redis")
    with Site(folder, has_pages=True, BARUT_REDIS_URL=redis.url) as site:
        site.redis = redis
        yield site
    redis.stop()


@pytest.fixture
def browsing(production, chromium):
    """A fresh browser on the production site; what goes wrong in it fails the test."""
    contexts, troubles = [], []

    def open_browser(width=1280, height=900, cookie="", **options):
        context = chromium.new_context(
            base_url=production.address,
            viewport={"width": width, "height": height},
            ignore_https_errors=True,
            **options,
        )
        if cookie:
            name, _, value = cookie.partition("=")
            asked = {"name": name, "value": value, "url": production.address}
            context.add_cookies([asked | {"secure": True, "httpOnly": True}])
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert troubles == []
