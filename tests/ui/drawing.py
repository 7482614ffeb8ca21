"""Reads what a component draws, without a browser: its elements, attributes and words."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import reflex as rx


@dataclass
class Drawn:
    """One element of a drawn component."""

    tag: str
    marks: dict[str, str] = field(default_factory=dict)
    children: list["Drawn"] = field(default_factory=list)
    words: str = ""

    def all(self, tag: str = "", **marks: str) -> list["Drawn"]:
        """Every element below (or this one) of that tag whose marks have these values."""
        return [
            one
            for one in self._elements()
            if (not tag or one.tag == tag)
            and all(one.marks.get(key.replace("_", "-")) == value for key, value in marks.items())
        ]

    def one(self, tag: str = "", **marks: str) -> "Drawn":
        found = self.all(tag, **marks)
        assert len(found) == 1, f"{len(found)} of <{tag}> {marks}"
        return found[0]

    def text(self) -> str:
        return "".join(one.words for one in self._elements())

    def _elements(self) -> Iterator["Drawn"]:
        yield self
        for child in self.children:
            yield from child._elements()


def draw(component: rx.Component) -> Drawn:
    """What the component would put on the page; of a condition, both sides."""
    return _drawn(component.render())


def _drawn(node: dict[str, Any]) -> Drawn:
    if "contents" in node:
        return Drawn("", words=_literal(node["contents"]))
    if "cond_state" in node:
        return Drawn("", children=[_drawn(node["true_value"]), _drawn(node["false_value"])])
    children = [_drawn(child) for child in node.get("children", []) if isinstance(child, dict)]
    marks = dict(_mark(prop) for prop in node.get("props", []))
    return Drawn(_literal(node.get("name", "")), marks, children)


def _mark(prop: str) -> tuple[str, str]:
    found = re.match(r'(?:"([^"]+)"|([\w$]+)):(.*)', prop, re.S)
    if not found:
        return prop, ""
    return found[1] or found[2], _literal(found[3])


def _literal(source: str) -> str:
    try:
        return str(json.loads(source))
    except ValueError:
        return source
