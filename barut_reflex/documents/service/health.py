"""Health checks for `/siap`: whether the store of papers answers, and whether the disk has room."""

import asyncio

from ...core import lanes
from ...core.errors import Refusal
from ..storage import store


async def store_is_well() -> bool:
    """Whether the store of papers answers."""
    return await lanes.STORE_CHECKS.run("", store.is_reachable)


async def disk_is_well() -> bool:
    """Whether enough disk is free to accept papers."""
    return await asyncio.to_thread(_has_room)


def _has_room() -> bool:
    try:
        store.ensure_free_space()
    except Refusal:
        return False
    return True
