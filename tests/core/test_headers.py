import pytest

from barut_reflex.core import headers


async def answered(path: str, kind: bytes) -> dict[bytes, bytes]:
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "headers": [(b"content-type", kind)]})

    sent = []

    async def send(message):
        sent.append(message)

    await headers.SecurityHeaders(app)({"type": "http", "path": path}, None, send)
    return dict(sent[0]["headers"])


async def test_a_page_gets_the_whole_policy():
    found = await answered("/login/", b"text/html; charset=utf-8")
    assert b"script-src 'self'" in found[b"content-security-policy"]


@pytest.mark.parametrize("kind", [b"text/javascript", b"font/woff2", b"image/svg+xml", b""])
async def test_what_is_no_page_may_do_nothing(kind):
    found = await answered("/assets/root.js", kind)
    assert found[b"content-security-policy"].startswith(b"default-src 'none'")
    assert found[b"x-content-type-options"] == b"nosniff"  # so that it never becomes a page


async def test_a_worker_keeps_the_policy_of_pages():
    found = await answered("/sw.js", b"text/javascript")
    assert b"connect-src 'self'" in found[b"content-security-policy"]
