"""docs/architecture.md names the real folders, layers and shares of the package."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "barut_reflex"
LARGEST_SHARE = 0.15  # of all lines: a folder above it holds more than one feature


def layers(config: str) -> list[str]:
    """The folders in the order of the contract, from top to bottom, without the composition."""
    listed = re.search(r"Desks lean downwards.*?layers =\n(.*?)\ncontainers", config, re.DOTALL)
    assert listed
    return [line.strip() for line in listed[1].splitlines() if re.fullmatch(r"\s+[a-z]+", line)]


def folders(page: str) -> list[str]:
    """The folders in the order of the first table."""
    return re.findall(r"^\| `([a-z]+)/` \|", page, re.MULTILINE)


def shares(files: list[Path]) -> dict[str, float]:
    """What part of all lines each folder holds."""
    lines = Counter[str]()
    for path in files:
        lines[path.relative_to(PACKAGE).parts[0]] += len(path.read_text().splitlines())
    return {name: count / lines.total() for name, count in lines.items()}


def test_the_page_lists_the_folders_as_the_contract_does():
    config = (ROOT / ".importlinter").read_text()
    assert folders((ROOT / "docs/architecture.md").read_text()) == layers(config)
    assert len(layers(config)) > 15


def test_another_order_would_show():
    contract = "Desks lean downwards\nlayers =\n    home\n    core\ncontainers = x"
    assert layers(contract) == ["home", "core"]
    assert folders("| `core/` | a |\n| `home/` | b |") == ["core", "home"]


def test_no_folder_holds_more_than_a_feature():
    found = shares(sorted(PACKAGE.rglob("*.py")))
    assert {name: share for name, share in found.items() if share > LARGEST_SHARE} == {}


def test_a_folder_that_grew_too_large_would_show():
    assert shares(sorted((PACKAGE / "cards").rglob("*.py")))["cards"] > LARGEST_SHARE
