"""No sentence contains a hand-typed figure: it is made from the rule with `core/figures.py`."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NUMBERS = "dua tiga empat lima enam tujuh delapan sembilan sepuluh seratus"
UNITS = (
    "detik menit jam hari bulan tahun kartu kode kali huruf karakter angka baris berkas halaman "
    "piksel orang email percobaan"
)
BY_HAND = re.compile(
    rf"\b(?:\d[\d.,]*|(?i:{'|'.join(NUMBERS.split())})) (?:(?i:{'|'.join(UNITS.split())})|MB|KB)\b"
)
# What the state decides (a NIK, a NIP, a year, a telephone, a law), what test_figures.py compares.
NO_RULE = {
    "web/legal.py": {"27 Tahun", "13 Tahun", "18 tahun", "10 menit"},
    "web/staff_new.py": {"18 angka"},
    "web/papers.py": {"Empat angka"},
    "web/schooling.py": {"Empat angka"},
    "web/parts.py": {"16 angka"},
    "core/indonesian.py": {"Delapan angka", "16 angka", "18 angka"},
    "rules/checks.py": {"3 angka", "13 angka", "4 angka"},
    "sharing/rules.py": {"1 jam", "24 jam", "3 hari", "7 hari", "30 hari"},  # each beside its hours
}


def said(source: str) -> list[str]:
    """All texts of a module but its docstrings."""
    tree = ast.parse(source)
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [str(node.value) for node in texts if id(node) not in silent]


def by_hand(source: str) -> set[str]:
    return {found for text in said(source) for found in BY_HAND.findall(text)}


def by_hand_in_script(script: str) -> list[str]:
    return BY_HAND.findall(re.sub(r"//.*", "", script))


def desk_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


SOURCES = sorted((ROOT / "barut_reflex").rglob("*.py"))
SCRIPTS = [
    *(ROOT / "assets").glob("*.js"),
    *(ROOT / "barut_reflex/verify/web/periksa").glob("*.js"),
]


def test_no_sentence_types_a_figure_by_hand():
    typed = {(desk_of(path), found) for path in SOURCES for found in by_hand(path.read_text())}
    assert typed == {(desk, found) for desk, these in NO_RULE.items() for found in these}


def test_no_script_types_a_figure_by_hand():
    assert [found for path in SCRIPTS for found in by_hand_in_script(path.read_text())] == []


@pytest.mark.parametrize("figure", ["3 menit", "5 MB", "lima kali", "1.000 huruf"])
def test_a_typed_figure_would_be_found(figure):
    assert by_hand(f'"""Of 7 hari."""\nLEAD = f"Berlaku {{x}}, {figure}."') == {figure}


def test_a_figure_typed_into_a_script_would_be_found():
    assert by_hand_in_script('say("lewat 60 detik"); // in 5 menit') == ["60 detik"]
