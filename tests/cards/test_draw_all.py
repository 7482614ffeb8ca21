"""Many cards in one PDF: each page equals the same card printed alone."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import ImageChops
from pypdf import PdfReader

from barut_reflex.cards import imaging
from barut_reflex.cards.models import Card
from barut_reflex.cards.pdf import draw, fonts
from barut_reflex.cards.pdf import sheet as card_sheet
from barut_reflex.cards.pdf.paper import Paper
from barut_reflex.core import clock, qr
from probes.card_factories import FACTS, portrait
from probes.factories import known

pytestmark = pytest.mark.slow  # many drawings

NAMES = ["Bambang Susilo", "Siti Aminah", "Aḥmad Ṣāliḥ Ǩo’o", "Dewi Lestari"]
WITHOUT_PHOTO = 3


def sheet_of(number: int) -> card_sheet.Ak1Sheet:
    card = Card(
        application_id=number,
        holder_id=number,
        signatory_id=1,
        number=f"6205{number:06}20042026",
        nik=f"62050507070{number:05}",
        facts="",
        signatory_name="Rina, S.Kom",
        signatory_position="Pengantar Kerja",
        signatory_kind="PNS",
        signatory_number="198501012010012001",
        issued=clock.now(),
        valid_until=date(2028, 4, 20),
    )
    address = f"HTTPS://AK1.CONTOH.GO.ID/V/{'ABCDEFGH234567' * 12}{number:04}"
    portrait_of = imaging.portrait(portrait((600 + number, 800)), imaging.PRINT_SIZE, quality=88)
    return card_sheet.Ak1Sheet.from_card(
        card,
        facts=FACTS.model_copy(update={"name": NAMES[number]}),
        qr=qr.matrix_of(address),
        address=address,
        photo=None if number == WITHOUT_PHOTO else portrait_of,
        issued=date(2026, 4, 20),
        reports=[date(2026, 10, 20), date(2027, 4, 20), date(2027, 10, 20)],
    )


SHEETS = [sheet_of(number) for number in range(len(NAMES))]


def drawn(sheets) -> bytes:
    return draw.draw_all(iter(sheets), title="Kartu hari ini")


@pytest.fixture(scope="module")
def document() -> bytes:
    return drawn(SHEETS)


def raster(content: bytes, page: int):
    page_drawn = pdfium.PdfDocument(content)[page].render(scale=150 / 72)  # pyright: ignore[reportArgumentType]  any scale
    return page_drawn.to_pil()


def test_each_card_has_its_front_and_behind_it_its_back(document):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]
    assert len(pages) == 2 * len(SHEETS)
    for number, sheet in enumerate(SHEETS):
        front, back = pages[2 * number], pages[2 * number + 1]
        assert sheet.number in front.replace("\n", "").replace(" ", "")
        assert [name for name in NAMES if name in front] == [NAMES[number]]
        assert "KETENTUAN" in back and "20 OKTOBER 2027" in back


def test_the_document_asks_the_printer_for_both_sides_and_says_what_it_is(document):
    reader = PdfReader(io.BytesIO(document))
    preferences = reader.trailer["/Root"]["/ViewerPreferences"]  # pyright: ignore[reportIndexIssue]
    assert preferences["/Duplex"] == "/DuplexFlipLongEdge"
    assert known(reader.metadata).title == "Kartu hari ini"


@pytest.mark.parametrize("number", range(len(SHEETS)))
def test_among_many_a_card_looks_as_it_does_alone(document, number):
    alone = draw.draw(SHEETS[number])
    for side in (0, 1):
        one, other = raster(alone, side), raster(document, 2 * number + side)
        assert ImageChops.difference(one, other).getbbox() is None


def test_two_cards_do_not_look_the_same(document):
    assert ImageChops.difference(raster(document, 0), raster(document, 2)).getbbox()


@pytest.mark.parametrize("number", [0, len(SHEETS) - 1])
def test_each_qr_is_its_own(document, number):
    [found] = zxingcpp.read_barcodes(raster(document, 2 * number))
    assert found.text == SHEETS[number].address
    [link] = PdfReader(io.BytesIO(document)).pages[2 * number]["/Annots"]
    assert link.get_object()["/A"]["/URI"] == SHEETS[number].address


def test_a_photo_goes_in_as_it_is(document):
    with pikepdf.open(io.BytesIO(document)) as opened:
        photos = [photo for page in opened.pages for photo in page.images.values()]
        kept = [photo.read_raw_bytes() for photo in photos]
    assert kept == [sheet.photo for sheet in SHEETS if sheet.photo]


def test_the_file_is_whole(document):
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert not opened.check_pdf_syntax()
    cut = document[: len(document) // 2]
    with pikepdf.open(io.BytesIO(cut)) as mended:
        assert mended.check_pdf_syntax()


def fonts_in(content: bytes) -> list[str]:
    """The names of all fonts the document holds."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        named = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
        return [str(one.FontName) for one in named if "/FontFile2" in one]


def test_the_fonts_are_there_once(document):
    ordinary = drawn([SHEETS[0], SHEETS[1], SHEETS[3]])
    assert len(fonts_in(ordinary)) == 2
    assert len(set(fonts_in(document))) == len(fonts_in(document)) > 2  # one name has rare letters


def test_no_cards_are_no_document():
    with pytest.raises(ValueError, match="no card"):
        drawn([])


@pytest.mark.parametrize(("name", "is_kept"), [(NAMES[0], True), (NAMES[2], False)])
def test_all_that_stands_on_every_card_is_in_the_kept_letters(name, is_kept):
    """Else each card would pay for a font of its own."""
    labels = tuple(row._replace(value=name) for row in SHEETS[0].person)
    for photo in (SHEETS[0].photo, None):
        alone = draw.draw(replace(SHEETS[0], person=labels, photo=photo))
        assert (len(fonts_in(alone)) == 2) is is_kept


def test_a_letter_no_font_has_is_an_empty_box():
    assert list(fonts.runs("a\U0001f600b", "")) == [
        (fonts.CACHED_FAMILY, "a"),
        (fonts.CACHED_FAMILY, fonts.NO_LETTER),
        (fonts.CACHED_FAMILY, "b"),
    ]
    paper = Paper("A4", "")
    paper.add_page()
    paper.put_text(20, 20, "\U0001f600", 40, "", (0, 0, 0))
    assert ImageChops.invert(raster(paper.content(), 0).convert("L")).getbbox()
