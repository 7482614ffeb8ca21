"""What the monitoring asks about papers: does their store answer, has the disk room for them?"""

import asyncio

from ...core import lanes
from ...core.errors import Refusal
from ..storage import store


async def store_is_well() -> bool:
    return await lanes.STORE_CHECKS.run("", store.is_reachable)


async def disk_is_well() -> bool:
    return await asyncio.to_thread(_has_room)


def _has_room() -> bool:
    try:
        store.ensure_room()
    except Refusal:
        return False
    return True
