"""Security headers of plain responses: the whole policy for pages, nothing allowed otherwise."""

import pytest

from barut_reflex.core import headers


async def answered(path: str, kind: bytes, status: int = 200) -> dict[bytes, bytes]:
    async def app(scope, receive, send):
        headers = [(b"content-type", kind)] if kind else []
        await send({"type": "http.response.start", "status": status, "headers": headers})

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


async def test_a_page_that_did_not_change_keeps_its_policy():
    """The headers of a 304 replace those of the page in the browser's store."""
    page, file = await answered("/beranda/", b"", 304), await answered("/ui.js", b"", 304)
    assert b"script-src 'self'" in page[b"content-security-policy"]
    assert file[b"content-security-policy"].startswith(b"default-src 'none'")
