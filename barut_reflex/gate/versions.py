"""Answers events that this version does not know: the tab is told to load its page anew.

They come from a tab of another version. Reflex tells such a tab when it connects, which then loads
itself anew, or says so if it just did; what it sends meanwhile and nobody knows Reflex drops
without an answer.
"""

from reflex import App
from reflex_base.constants import SocketEvent

# Not again within that time, or a page that sends such an event by itself would never rest while
# workers of two versions serve: it then says what to do (assets/ui.js).
LOAD_ANEW = {"backend": "", "reload_cooldown_ms": 5000}


def answered(app: App) -> None:
    """Let no press go without an answer; once, when the app is composed."""
    if (namespace := app.event_namespace) is None:
        return
    hear = namespace.on_event

    async def on_known_event(sid: str, data: object) -> None:
        if isinstance(data, dict) and data.get("name") in app._registration_context.event_handlers:
            return await hear(sid, data)
        await namespace.emit(str(SocketEvent.STATE_MISMATCH), LOAD_ANEW, to=sid)

    vars(namespace)["on_event"] = on_known_event
