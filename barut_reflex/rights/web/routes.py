"""Route `POST /data-saya`: a job seeker downloads the copy of their own data."""

import tempfile

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...core import clock, lanes, routes
from ...core.settings import settings
from ...gate import flash
from ...gate.access import access
from ...gate.cookies import flow_of
from ...gate.doors import act, act_as_guest, slow
from ...gate.gate import guarded
from ...gate.sending import send
from ...people.rules import Role
from .. import service


@access(Role.JOB_SEEKER)
async def copy_my_data(request: Request) -> Response:
    """The copy as a ZIP, written to a temporary file without a name and streamed from there."""
    try:
        await act(request, service.count_copy)
    except service.TooManyCopies as refused:
        await act_as_guest(request, flash.leave_flash, flow_of(request), refused.message)
        return RedirectResponse(f"{routes.MY_DATA}/", 303)
    file = tempfile.TemporaryFile(dir=settings.var)  # noqa: SIM115  closed when it was sent
    await slow(request, lanes.DATA_COPIES, service.pack, file)
    name = f"data-saya-{clock.today():%Y%m%d}.zip"
    return send(file, name, "application/zip")


ROUTES = [guarded(routes.MY_DATA, copy_my_data, ("POST",))]
