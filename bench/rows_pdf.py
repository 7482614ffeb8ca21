"""Speed of the card as PDF: one card against reportlab, and a whole print run in one PDF.

`python -m bench.rows_pdf MANY` draws so many and prints the peak of its memory in KB.
"""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from barut_reflex.cards import imaging
from barut_reflex.cards.models import Card
from barut_reflex.cards.pdf import draw
from barut_reflex.cards.pdf import sheet as card_sheet
from barut_reflex.cards.service.printing_many import MAX_CARDS
from barut_reflex.core import qr
from measure.row import Figure, Scale, at_most
from measure.timing import milliseconds, percentile, side_by_side, timed
from probes.card_factories import FACTS, portrait

from . import reportlab_pdf
from .table import TABLE

CODE = "HTTPS://AK1.CONTOH.GO.ID/V/" + "ABCDEFGHIJKLMNOP234567" * 9
VISITS = [date(2026, 10, 20), date(2027, 4, 20), date(2027, 10, 20)]
SECONDS = 4.0  # for a full print run


@TABLE.row(
    "pdf-one",
    "One AK1 card to PDF bytes: photo, QR, embedded fonts",
    against="reportlab, same facts in the same places",
    goal="<= 0.5 × (p50)",
)
def one(scale: Scale) -> Figure:
    sheet, turns = _sheet(1), scale.of(5, 60)
    theirs = reportlab_pdf.draw(sheet)
    assert theirs.startswith(b"%PDF")
    pair = side_by_side(lambda: draw.draw(sheet), lambda: reportlab_pdf.draw(sheet), turns)
    detail = f"{len(draw.draw(sheet)) // 1024} KB, theirs {len(theirs) // 1024} KB"
    passed = at_most(0.5, {"p50": pair.ratio(50)})
    ours, theirs = pair.said
    return Figure(ours, passed, detail, theirs, pair.ratios)


@TABLE.row(
    "pdf-many",
    f"{MAX_CARDS} cards in one printable PDF, the most of one print run",
    against="–",
    goal=f"<= {SECONDS:.0f} s",
)
def many(scale: Scale) -> Figure:
    sheets = [_sheet(number) for number in range(scale.of(20, MAX_CARDS))]
    took = [timed(lambda: _batch(iter(sheets))) for _ in range(scale.of(1, 5))]
    weight = _batch(iter(sheets)) / len(sheets) / 1024
    detail = (
        f"{weight:.1f} KB of file a card; peak of the process {_peak(len(sheets)) / 1024:.0f} MB"
    )
    return Figure(milliseconds(took), percentile(took, 50) <= SECONDS, detail)


def _batch(sheets: Iterator[card_sheet.Ak1Sheet]) -> int:
    return len(draw.draw_all(sheets, title="Bench"))


def _peak(many: int) -> float:
    """The most memory in KB of a new process that draws so many, each made when it is asked for."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.rows_pdf", str(many)], capture_output=True, check=True
    )
    return float(done.stdout)


@cache
def _photo() -> bytes:
    return imaging.portrait(portrait(), imaging.PRINT_SIZE, quality=88)


def _sheet(number: int) -> card_sheet.Ak1Sheet:
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
    return card_sheet.Ak1Sheet.from_card(
        card,
        facts=FACTS,
        qr=qr.matrix_of(f"{CODE}{number:04}"),
        photo=_photo() + number.to_bytes(4),  # bytes of its own, as each person's are
        issued=date(2026, 4, 20),
        reports=VISITS,
    )


def _most_memory() -> int:
    """KB the process ever held at once, since it was last asked to forget."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


if __name__ == "__main__":
    _batch(map(_sheet, range(1)))  # fonts and modules are loaded by now
    Path("/proc/self/clear_refs").write_text("5")  # forget the most so far
    _batch(map(_sheet, range(int(sys.argv[1]))))
    print(_most_memory())
