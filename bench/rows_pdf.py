"""The card as PDF: one at a time, and a thousand in one document."""

import tracemalloc
from datetime import UTC, date, datetime
from unittest import mock

from bar.rows_times import percentile
from barut_reflex.cards import imaging, pdf, qr
from barut_reflex.cards.models import Card
from barut_reflex.cards.pdf import front
from tests.cards.given import FACTS, portrait

from . import reportlab_pdf
from .row import Figure, Scale, at_most, row
from .timing import milliseconds, side_by_side, timed

CODE = "HTTPS://AK1.CONTOH.GO.ID/V/" + "ABCDEFGHIJKLMNOP234567" * 9
VISITS = [date(2026, 10, 20), date(2027, 4, 20), date(2027, 10, 20)]


@row(
    "pdf-one",
    "One AK1 card to PDF bytes: photo, QR, embedded fonts",
    against="reportlab, same facts in the same places",
    goal="<= 0.8 × (p50; 0.5 hoped for)",
)
def one(scale: Scale) -> Figure:
    sheet = _sheet(1)
    with _reportlab():
        theirs = reportlab_pdf.draw(sheet)
    assert theirs.startswith(b"%PDF")

    def by_reportlab() -> None:
        with _reportlab():
            reportlab_pdf.draw(sheet)

    pair = side_by_side(lambda: pdf.draw(sheet), by_reportlab, scale.of(5, 60))
    sizes = f"{len(pdf.draw(sheet)) // 1024} KB, theirs {len(theirs) // 1024} KB"
    return Figure(pair.ratios, at_most(0.8, {"p50": pair.ratio(50)}), *pair.said, detail=sizes)


@row(
    "pdf-many",
    "1,000 cards in one printable PDF, a card",
    against="the same cards one by one",
    goal="<= 0.4 ×; memory flat",
)
def many(scale: Scale) -> Figure:
    sheets = [_sheet(number) for number in range(scale.of(20, 1000))]
    single = [timed(lambda: pdf.draw(sheets[0])) for _ in range(scale.of(5, 60))]
    together = [timed(lambda: pdf.draw_all(sheets)) / len(sheets) for _ in range(scale.of(1, 2))]
    ratios = {"p50": percentile(together, 50) / percentile(single, 50)}
    few, all_of_them = _peak(sheets[: len(sheets) // 4]), _peak(sheets)
    size = len(pdf.draw_all(sheets)) / 2**20
    grown = (all_of_them - few) / (0.75 * len(sheets)) / 1024
    detail = f"{size:.1f} MB; peak {all_of_them / 2**20:.0f} MB, {grown:.0f} KB a card more"
    passed = at_most(0.4, ratios) and grown <= 3 * size * 1024 / len(sheets)
    return Figure(ratios, passed, milliseconds(together), milliseconds(single), detail)


def _peak(sheets: list[pdf.Ak1Sheet]) -> int:
    tracemalloc.start()
    pdf.draw_all(sheets)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _reportlab():
    """The modules of the QR are the one thing our drawing says in PDF's own words."""
    return mock.patch.object(front, "_modules", _modules)


def _modules(paper, x: float, y: float, side: float, rows) -> None:
    paper.modules(x, y, side, [front._runs(row) for row in rows])


def _sheet(number: int) -> pdf.Ak1Sheet:
    card = Card(
        application_id=number,
        holder_id=number,
        signatory_id=1,
        number=f"6205{number:06}20042026",
        nik=FACTS.nik,
        facts=FACTS.model_dump_json(),
        signatory_name="Rina, S.Kom",
        signatory_position="Pengantar Kerja",
        signatory_kind="PNS",
        signatory_number="198501012010012001",
        issued=datetime(2026, 4, 20, 3, tzinfo=UTC),
        valid_until=date(2028, 4, 20),
    )
    return pdf.Ak1Sheet.from_card(
        card,
        facts=FACTS,
        qr=qr.matrix_of(f"{CODE}{number:04}"),
        photo=imaging.portrait(portrait(), imaging.PRINTED, quality=88),
        issued=date(2026, 4, 20),
        reports=VISITS,
    )
