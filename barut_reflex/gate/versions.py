"""Tells a browser tab to reload when it sends an event that this version does not know.

Reflex tells such a tab when it connects; the tab then reloads, or says so if it has just done that.
But an event that the new version does not know is dropped by Reflex without an answer.
"""

from reflex import App
from reflex_base.constants import SocketEvent

# At most one reload in that time: while workers of two versions serve, a page that sends such an
# event by itself would reload endlessly. Instead it then says what to do (assets/ui.js).
RELOAD = {"backend": "", "reload_cooldown_ms": 5000}


def answer_unknown_events(app: App) -> None:
    """Answer unknown events with a reload; called once, when the app is composed."""
    if (namespace := app.event_namespace) is None:
        return
    on_event = namespace.on_event

    async def on_known_event(sid: str, data: object) -> None:
        if isinstance(data, dict) and data.get("name") in app._registration_context.event_handlers:
            return await on_event(sid, data)
        await namespace.emit(str(SocketEvent.STATE_MISMATCH), RELOAD, to=sid)

    vars(namespace)["on_event"] = on_known_event
