"""Generates docs/seeds.md: which page and which tests cover each step of the office's manuals.

Reads the steps from docs/seeds.toml, and `@pytest.mark.seed("KEY STEP", …)` from the tests.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "seeds.md"
HEAD = """# The source documents, step by step

Drawn by `python tools/seeds.py` from `docs/seeds.toml` and the marks in the tests; a test compares.
Each step of the documents the service is built from, the page where it happens, and the tests that
show it. A step without a test names the issue that owes it.
"""


def steps() -> list[dict[str, Any]]:
    """The source documents with their steps, in reading order."""
    return _list()["seed"]


def owed() -> dict[str, str]:
    """The titles of the issues that owe steps, by number."""
    return _list()["owed"]


def _list() -> dict[str, Any]:
    return tomllib.loads((ROOT / "docs" / "seeds.toml").read_text())


def marks(folder: Path = ROOT / "tests") -> dict[str, list[str]]:
    """Which tests show a step: `path::function` by step ("manual 1.1")."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        for name, step in _marked(ast.parse(path.read_text())):
            found.setdefault(step, []).append(f"{path.relative_to(folder.parent)}::{name}")
    return found


def _marked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.seed":
                yield from ((node.name, ast.literal_eval(step)) for step in mark.args)


def drawn() -> str:
    """The page as it should be."""
    shown, issues, lines, counts = marks(), owed(), [], [0, 0]
    for seed in steps():
        lines += ["", f"## {seed['title']}", f"`{seed['key']}`, source `{seed['source']}`", ""]
        lines += ["| step | what | page | shown by |", "|---|---|---|---|"]
        for number, what, page, *issue in seed["steps"]:
            tests = shown.get(f"{seed['key']} {number}", [])
            counts[0] += bool(tests)
            counts[1] += 1
            where = f"`{page}`" if page else ""
            by = "<br>".join(f"`{test}`" for test in tests) or f"owed: {_issue(issue, issues)}"
            lines.append(f"| {number} | {what} | {where} | {by} |")
    total = f"\n**{counts[0]} of {counts[1]} steps are shown by a test.**"
    return HEAD + "\n".join([total, *lines]) + "\n"


def _issue(issue: list[int], titles: dict[str, str]) -> str:
    return f"{issue[0]}, {titles[str(issue[0])]}" if issue else "nobody"


if __name__ == "__main__":
    PAGE.write_text(drawn())
