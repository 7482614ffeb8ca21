"""HTML head of plain pages (htpy) that search engines must not list."""

import htpy as h


def unlisted_head(title: str, *parts: h.Node) -> h.Element:
    """The head with a title; `parts` are added to it: style, icons, other `<meta>`."""
    return h.head[
        h.meta(charset="utf-8"),
        h.meta(name="viewport", content="width=device-width,initial-scale=1"),
        h.meta(name="robots", content="noindex,nofollow"),
        h.meta(name="color-scheme", content="light dark"),
        h.title[title],
        parts,
    ]
