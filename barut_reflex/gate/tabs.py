"""Memory limits of browser tabs: how many closed ones keep their state, how long addresses may be.

A tab that comes back after its state was dropped starts anew from the database; nothing is lost.
With several workers the states are in Redis, which has its own limit (docs/operations.md 5).
"""

from collections.abc import Awaitable, Callable, Collection
from heapq import nsmallest

from reflex import App
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import StateToken

MAX_CLOSED_TABS = 600  # tabs without a websocket; each takes up to 100 KB
EVICTION_BATCH = 60  # dropped at a time, so that not every new tab sorts all of them
MAX_ROUTER_BYTES = 4 * 1024  # of the address data a tab sends
MAX_PATH_BYTES = 256  # Reflex caches the last 4,096 paths


class TabStates(StateManagerMemory):
    """Reflex's states in memory: an LRU cache for tabs without a websocket."""

    def __init__(self, open_tabs: Collection[str], max_closed: int = MAX_CLOSED_TABS):
        super().__init__()
        self.open_tabs, self.max_closed = open_tabs, max_closed

    def _track_token(self, token: StateToken) -> None:
        super()._track_token(token)
        if len(self.states) - len(self.open_tabs) > self.max_closed:
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        """Drop the least recently used closed tabs, to `EVICTION_BATCH` below the limit."""
        seen = self._token_expires_at.values()
        gone = [(when, token) for when, token in seen if not self._is_used(token)]
        many = len(gone) - self.max_closed
        if many > 0:
            for _, token in nsmallest(many + EVICTION_BATCH, gone, key=lambda one: one[0]):
                self._purge_token(token)

    def _is_used(self, token: StateToken) -> bool:
        lock = self._states_locks.get(token.lock_key)
        return token.ident in self.open_tabs or (lock is not None and lock.locked())


def limit_tab_memory(app: App) -> None:
    """Apply the limits of this module; called once, when the app is composed."""
    namespace = app.event_namespace
    if namespace is None:
        return
    vars(namespace)["on_event"] = _limit_address(namespace.on_event)
    if isinstance(app._state_manager, StateManagerMemory):
        app._state_manager = TabStates(namespace.token_to_sid)


def _limit_address(on_event: Callable[[str, object], Awaitable[None]]) -> Callable:
    """Event handler that drops an address longer than any of ours, as Reflex stores it."""

    async def on_short_event(sid: str, data: object) -> None:
        if isinstance(data, dict):
            data = {**data, "router_data": _short(data.get("router_data"))}
            await on_event(sid, data)

    return on_short_event


def _short(router: object) -> dict[str, object]:
    if not isinstance(router, dict):
        return {}
    known = {name: router[name] for name in ("pathname", "asPath", "query") if name in router}
    path = known.get("pathname", "")
    if not isinstance(path, str) or not isinstance(known.get("query", {}), dict):
        return {}
    is_short = (
        len(path.encode(errors="replace")) <= MAX_PATH_BYTES
        and len(repr(known)) <= MAX_ROUTER_BYTES
    )
    return known if is_short else {}
