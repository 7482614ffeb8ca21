"""The bill of materials lists exactly what the lock files list."""

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

import sbom

ROOT = Path(__file__).parent.parent


def named(bill):
    facts = json.loads(bill)
    assert facts["bomFormat"] == "CycloneDX"
    return {(one["name"].lower().replace("_", "-"), one["version"]) for one in facts["components"]}


def test_every_pinned_python_package_is_in_it():
    bill = named(sbom.python_bill("--no-validate"))
    pinned = re.findall(
        r"(?m)^([\w.-]+)(?:\[.*\])?==([\w.]+)", (ROOT / "requirements.in").read_text()
    )
    assert len(pinned) > 10
    assert {(name.lower(), version) for name, version in pinned} <= bill


def test_every_package_of_the_browser_is_in_it():
    bill = named(sbom.web_bill())
    lock = json.loads((ROOT / "reflex.lock" / "package-lock.json").read_text())
    react = lock["packages"]["node_modules/react"]["version"]
    assert ("react", react) in bill
    assert ("react", "0.0.0") not in bill
    assert len(bill) > 100
