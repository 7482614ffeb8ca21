"""Memory of tabs: what each may leave behind, and how many that are gone are remembered.

A tab that comes back after it was forgotten begins anew from the database; nothing is lost by it.
On several workers the states lie in Redis, which has a limit of its own (docs/operations.md 5).
"""

from collections.abc import Awaitable, Callable, Collection
from heapq import nsmallest

from reflex import App
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import StateToken

GONE_AT_MOST = 600  # tabs without a socket; each takes up to 100 KB
AT_ONCE = 60  # forgotten together, so that not every new tab looks for the oldest one
PLACE_BYTES = 4 * 1024  # of the address a tab says it is at
PATH_BYTES = 256  # Reflex remembers the last 4,096 paths


class Tabs(StateManagerMemory):
    """Reflex's states in memory, of gone tabs only those seen last."""

    def __init__(self, open_tabs: Collection[str], gone_at_most: int = GONE_AT_MOST):
        super().__init__()
        self.open_tabs, self.gone_at_most = open_tabs, gone_at_most

    def _track_token(self, token: StateToken) -> None:
        super()._track_token(token)
        if len(self.states) - len(self.open_tabs) > self.gone_at_most:
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        """Down to the limit and some below, so that not every new tab looks for the oldest."""
        seen = self._token_expires_at.values()
        gone = [(when, token) for when, token in seen if not self._is_used(token)]
        many = len(gone) - self.gone_at_most
        if many > 0:
            for _, token in nsmallest(many + AT_ONCE, gone, key=lambda one: one[0]):
                self._purge_token(token)

    def _is_used(self, token: StateToken) -> bool:
        lock = self._states_locks.get(token.lock_key)
        return token.ident in self.open_tabs or (lock is not None and lock.locked())


def bound(app: App) -> None:
    """Set the limits of this module; once, when the app is composed."""
    namespace = app.event_namespace
    if namespace is None:
        return
    vars(namespace)["on_event"] = _at_a_short_address(namespace.on_event)
    if isinstance(app._state_manager, StateManagerMemory):
        app._state_manager = Tabs(namespace.token_to_sid)


def _at_a_short_address(on_event: Callable[[str, object], Awaitable[None]]) -> Callable:
    """Reflex keeps where a tab says it is; an address longer than any of ours is none."""

    async def on_short_event(sid: str, data: object) -> None:
        if isinstance(data, dict):
            data = {**data, "router_data": _short(data.get("router_data"))}
            await on_event(sid, data)

    return on_short_event


def _short(place: object) -> dict[str, object]:
    if not isinstance(place, dict):
        return {}
    kept = {name: place[name] for name in ("pathname", "asPath", "query") if name in place}
    path = kept.get("pathname", "")
    if not isinstance(path, str) or not isinstance(kept.get("query", {}), dict):
        return {}
    is_short = len(path.encode(errors="replace")) <= PATH_BYTES and len(repr(kept)) <= PLACE_BYTES
    return kept if is_short else {}
