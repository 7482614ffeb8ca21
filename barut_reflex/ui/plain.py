"""The head of a page written without Reflex that no search engine may list."""

import htpy as h


def unlisted_head(title: str, *parts: h.Node) -> h.Element:
    """`parts` are what the page brings besides: its style, icons, other `<meta>`."""
    return h.head[
        h.meta(charset="utf-8"),
        h.meta(name="viewport", content="width=device-width,initial-scale=1"),
        h.meta(name="robots", content="noindex,nofollow"),
        h.meta(name="color-scheme", content="light dark"),
        h.title[title],
        parts,
    ]
