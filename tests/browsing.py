"""An HTTP test client in front of the plain routes of every desk."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from barut_reflex.core import desks
from barut_reflex.core.settings import settings


def open_browser(**options) -> TestClient:
    """Somebody's browser at the office's own address."""
    routes = [route for web in desks.all_web().values() for route in web.routes]
    return TestClient(Starlette(routes=routes), base_url=settings.address, **options)
