"""Reads a plain page as a tree of elements, as `tests.ui.drawing` reads a Reflex component."""

from html.parser import HTMLParser

from ..ui.drawing import Drawn

VOID = {"meta", "link", "br", "img", "input", "hr"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Drawn("")]

    def handle_starttag(self, tag, attrs):
        self.open[-1].children.append(
            one := Drawn(tag, {name: value or "" for name, value in attrs})
        )
        if tag not in VOID:
            self.open.append(one)

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag, tag

    def handle_data(self, data):
        self.open[-1].children.append(Drawn("", words=data))


def read(html: str) -> Drawn:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]
