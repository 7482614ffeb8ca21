"""The caller's address is taken from a header only when our own proxy sent it."""

import pytest

from barut_reflex.core import proxies
from barut_reflex.core.settings import settings

CALLER, PROXY, OTHER = "203.0.113.9", "127.0.0.1", "198.51.100.7"


@pytest.fixture
def seen(monkeypatch):
    """What stands behind the wrapper when a request with these headers comes from `peer`."""

    async def ask(peer, *pairs, trusted=(PROXY, "10.0.0.0/8"), kind="http"):
        monkeypatch.setattr(settings, "trusted_proxies", list(trusted))
        found = {}

        async def app(scope, receive, send):
            found.update(scope)

        headers = [(name.encode(), value.encode()) for name, value in pairs]
        asked = {"type": kind, "client": (peer, 1), "headers": headers, "scheme": "http"}
        await proxies.OwnProxies(app)(asked, None, None)
        return found

    return ask


FORWARDED = "x-forwarded-for"


@pytest.mark.parametrize(
    ("forwarded", "caller"),
    [
        ([CALLER], CALLER),
        ([f"{OTHER}, {CALLER}"], CALLER),  # the caller made the first one up
        ([OTHER, CALLER], CALLER),  # in a header of its own, too
        ([f"{PROXY}, {CALLER}"], CALLER),
        ([f"{CALLER}, 10.1.2.3"], CALLER),  # two proxies of ours
        ([f"{CALLER}, nonsense"], PROXY),
        ([""], PROXY),
        ([], PROXY),
        (["2001:db8::1"], "2001:db8::1"),
        ([f"{OTHER}, 10.9.9.9, {CALLER}, 10.1.2.3"], CALLER),
    ],
)
async def test_the_last_address_that_is_not_ours_is_the_caller(seen, forwarded, caller):
    found = await seen(PROXY, *[(FORWARDED, value) for value in forwarded])
    assert found["client"][0] == caller


@pytest.mark.parametrize("name", [FORWARDED, "forwarded", "x-real-ip"])
async def test_an_unknown_sender_sets_no_address(seen, name):
    found = await seen(CALLER, (name, OTHER), ("x-forwarded-proto", "https"))
    assert (found["client"][0], found["scheme"]) == (CALLER, "http")
    assert found["headers"] == []


async def test_a_proxy_that_is_not_named_is_unknown(seen):
    found = await seen(PROXY, (FORWARDED, OTHER), trusted=("10.0.0.0/8",))
    assert found["client"][0] == PROXY


async def test_a_network_may_be_named_by_an_address_in_it(seen):
    found = await seen("10.7.7.7", (FORWARDED, CALLER), trusted=("10.0.0.1/8",))
    assert found["client"][0] == CALLER


async def test_without_proxies_of_ours_the_headers_stay_for_the_demo_to_refuse(seen):
    found = await seen(PROXY, (FORWARDED, OTHER), trusted=())
    assert found["client"][0] == PROXY
    assert found["headers"] == [(b"x-forwarded-for", OTHER.encode())]


async def test_trusting_everybody_would_believe_anybody(seen):
    found = await seen(CALLER, (FORWARDED, OTHER), trusted=("0.0.0.0/0",))
    assert found["client"][0] == OTHER


@pytest.mark.parametrize(("kind", "scheme"), [("http", "https"), ("websocket", "wss")])
async def test_the_proxy_says_that_it_was_tls(seen, kind, scheme):
    found = await seen(PROXY, (FORWARDED, CALLER), ("x-forwarded-proto", "https"), kind=kind)
    assert found["scheme"] == scheme


async def test_nothing_behind_can_read_the_headers_in_another_way(seen):
    pairs = [(name.decode(), OTHER) for name in proxies.FORWARDED]
    found = await seen(PROXY, *pairs, ("host", "x"))
    assert found["headers"] == [(b"host", b"x")]
