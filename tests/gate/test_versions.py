"""An event this version does not know is answered by reloading the page."""

import pytest

from barut_reflex.gate import versions

OLD = "reflex___state____state.barut_reflex___of___another___version.submit"


class Namespace:
    def __init__(self):
        self.heard, self.sent = [], []

    async def on_event(self, sid, data):
        self.heard.append(data)

    async def emit(self, event, about, to):
        self.sent.append((event, about["reload_cooldown_ms"], to))


class App:
    """The app with a socket namespace that notes what it is sent."""

    def __init__(self, app):
        self.app, self.event_namespace = app, Namespace()

    def __getattr__(self, name):
        return getattr(self.app, name)


@pytest.fixture
def office(app):
    return App(app)


@pytest.mark.parametrize("data", [{"name": OLD}, {"name": None}, {}, "x", None])
async def test_what_nobody_knows_loads_the_page_anew(office, data):
    versions.answer_unknown_events(office)
    await office.event_namespace.on_event("tab", data)
    assert office.event_namespace.heard == []
    assert office.event_namespace.sent == [("state_mismatch", 5000, "tab")]


async def test_every_event_of_this_version_goes_on(office, handlers):
    versions.answer_unknown_events(office)
    for name in handlers:
        await office.event_namespace.on_event("tab", {"name": name})
    assert [data["name"] for data in office.event_namespace.heard] == list(handlers)
    assert office.event_namespace.sent == []


async def test_without_it_nothing_would_be_said(office):
    await office.event_namespace.on_event("tab", {"name": OLD})
    assert office.event_namespace.sent == []


def test_the_office_is_composed_with_it(app):
    assert app.event_namespace.on_event.__module__ == versions.__name__
