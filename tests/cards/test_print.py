"""A small fixed sample of the print test; `python -m printtest` measures the whole table."""

from dataclasses import replace

import pytest

from barut_reflex.cards.pdf import paper
from barut_reflex.core import qr
from printtest import paper as printed
from printtest import rows, table

COARSEST = next(row for row in rows.ROWS if row.dpi == (150,) and row.is_gated)


@pytest.fixture
def fresh():
    """No picture of another test's drawing."""
    yield printed.page.cache_clear, printed.picture.cache_clear
    printed.page.cache_clear()
    printed.picture.cache_clear()


def test_a_worn_card_of_25_mm_is_read_by_both_at_150_dpi():
    result = rows.measure(COARSEST, 3)
    assert (result.zbar.read, result.zxing.read, result.zbar.of) == (12, 12, 12)
    assert table.passes(result)


def test_drawn_run_by_run_it_would_not_be(fresh, monkeypatch):
    def old(pdf, x, y, module, qr):
        for row, modules in enumerate(qr):
            for run in paper.DARK.finditer(bytes(modules)):
                left, top = x + run.start() * module, pdf.h - y - (row + 1) * module
                width = (run.end() - run.start()) * module
                box = [side * paper.POINTS_PER_MM for side in (left, top, width, module + 0.01)]
                pdf._out("0 g {} {} {} {} re f".format(*box))

    for clear in fresh:
        clear()
    monkeypatch.setattr(paper.Paper, "draw_qr", old)
    result = rows.measure(COARSEST, 3)
    assert not table.passes(result) and result.zxing.read < 12


def test_the_same_seed_gives_the_same_picture():
    one, other = (next(iter(rows.pictures(COARSEST, 150, 1)))[0] for _ in range(2))
    assert one.tobytes() == other.tobytes()


def test_what_nobody_can_read_is_not_counted_as_read():
    gone = replace(COARSEST, wear=replace(COARSEST.wear, blur=9))
    result = rows.measure(gone, 1)
    assert (result.zbar.read, result.zxing.read, result.zbar.wrong) == (0, 0, 0)
    assert not table.passes(result)


def test_the_gates_are_those_of_the_issue():
    wear = rows.ORDINARY
    assert (wear.blur, wear.noise, wear.contrast, wear.angle) == (0.7, 8, 0.8, 20)
    gated = [row for row in rows.ROWS if row.is_gated and row.wear == wear]
    assert {row.side for row in gated} >= {25, 30}
    assert rows.DPI[0] == 150 and rows.DPI[-1] == 300 and rows.GATE == 0.99


def test_both_sizes_of_code_are_among_the_cards():
    sides = {len(qr.matrix_of(printed.code(number))) for number in range(rows.CARDS)}
    assert sides == {49, 53}


def test_the_link_over_the_qr_says_what_the_qr_says():
    assert f"/URI ({printed.code(0)})".encode() in printed.page(0, 25)
