"""Only the visible pages of a PDF are stored, and they look as before.

That nothing invisible is stored is tested file by file in `test_hostile.py`.
"""

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from bar.rows_invisible_text import planted_words
from barut_reflex.documents.imaging import pages
from barut_reflex.documents.rules import FileRefused, Format, Reason
from measure.row import Scale
from probes.factories import known
from probes.files.broken_pdfs import BROKEN_PDFS, HEAVY_PDFS
from probes.files.genuine import camera_scan, letter
from probes.files.judge import stored
from probes.files.planted_pdfs import FEW, PLANTS, copy_pages, planted
from probes.files.text_search import places_of

pytestmark = pytest.mark.slow  # a corpus of files

SHEET_KEYS = {"/Type", "/MediaBox", "/Parent", "/Contents", "/Resources", "/XObject", "/P"}
TREE_KEYS = {"/Pages", "/Kids", "/Count"}
PICTURE_KEYS = {"/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter"}
LENGTH = {"/Length", "/DecodeParms"}


def rebuilt(content: bytes) -> bytes:
    return pages.rebuild([(content, Format.PDF)])[0]


def seen(content: bytes, page: int = 1) -> Image.Image:
    drawn = pages.render_page(content, Format.PDF, page, 600)
    return Image.open(io.BytesIO(drawn)).convert("L")


def has_ink(picture: Image.Image) -> bool:
    return picture.getextrema()[0] < 100  # pyright: ignore[reportOperatorIssue]


def sheet(change) -> bytes:
    """A letter after `change`, to be sent."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(0))) as pdf:
        change(pdf)
        pdf.save(file)
    return file.getvalue()


def test_there_are_300_plants():
    assert len(PLANTS) >= 300


def test_each_plant_is_found_before_cleaning():
    unseen = [name for name in PLANTS if not places_of(*planted(name))]
    assert unseen == []


@pytest.mark.parametrize("name", FEW[:20])
def test_with_pages_copied_a_plant_is_stored(name, monkeypatch):
    copy_pages(monkeypatch)
    content, words = planted(name)
    assert places_of(known(stored("a.pdf", content))[0], words) != []


def test_row_49():
    figure = planted_words(Scale.SMALL)
    assert figure.passed, f"{figure.value}: {figure.detail}"


@pytest.mark.parametrize("content", [letter(0, 2), camera_scan()], ids=["letter", "scan"])
def test_a_stored_pdf_is_made_of_sheets_and_pictures(content):
    keys = set()
    with pikepdf.open(io.BytesIO(rebuilt(content))) as pdf:
        for item in pdf.objects:
            inner = item.stream_dict if isinstance(item, pikepdf.Stream) else item
            keys |= set(inner.keys())
        assert {str(key) for key in pdf.trailer} <= {"/Root", "/Size", "/ID", "/Length", "/W"}
    assert keys - LENGTH <= SHEET_KEYS | TREE_KEYS | PICTURE_KEYS


def test_a_letter_looks_as_before_and_keeps_every_tone():
    content = letter(0)
    before, after = seen(content), seen(rebuilt(content))
    assert has_ink(after)
    assert ImageChops.difference(before, after).getextrema()[1] < 128  # pyright: ignore[reportOperatorIssue]
    with pikepdf.open(io.BytesIO(rebuilt(content))) as pdf:
        assert pdf.pages[0].Resources.XObject.P.Filter == Name.FlateDecode


def test_a_turned_sheet_stays_turned():
    def turn(pdf):
        pdf.pages[0].obj.Rotate = 90

    assert seen(rebuilt(sheet(turn))).size == seen(sheet(turn)).size == (600, 424)


def _note(**said):
    def change(pdf):
        appearance = pdf.make_stream(b"0 0 200 200 re f", Type=Name.XObject, Subtype=Name.Form)
        appearance.BBox = Array([0, 0, 200, 200])
        note = Dictionary(Type=Name.Annot, Rect=Array([50, 50, 250, 250]), F=4, **said)
        note.AP = Dictionary(N=appearance)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
        pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)

    return change


@pytest.mark.parametrize(
    "said",
    [{"Subtype": Name.Stamp}, {"Subtype": Name.Widget, "FT": Name.Tx, "T": "a", "V": "b"}],
    ids=["stamp", "filled field"],
)
def test_stamps_and_filled_fields_stay_seen(said):
    corner = seen(rebuilt(sheet(_note(**said)))).crop((60, 440, 150, 540))
    assert corner.getextrema()[1] < 60  # pyright: ignore[reportOperatorIssue]


def test_a_hidden_layer_stays_hidden():
    def change(pdf):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="a"))
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), BaseState=Name.ON)
        )
        pdf.pages[0].obj.Resources.Properties = Dictionary(L=layer)
        pdf.pages[0].contents_add(b"/OC /L BDC 0 0 600 300 re f EMC")

    assert not has_ink(seen(rebuilt(sheet(change))).crop((60, 500, 350, 580)))


@pytest.mark.parametrize(
    "content",
    [
        BROKEN_PDFS["with nothing but a torn picture"](0),
        BROKEN_PDFS["noise between"](0),
        HEAVY_PDFS["tree 5000 deep"](0),
        HEAVY_PDFS["huge picture"](0),
    ],
    ids=["torn picture", "noise", "no such page", "huge picture"],
)
def test_a_paper_that_can_t_be_drawn_is_refused_when_it_arrives(content):
    with pytest.raises(FileRefused) as refused:
        rebuilt(content)
    assert refused.value.reason is Reason.BROKEN


def test_of_twenty_pages_every_one_is_drawn():
    """The last page can't be: the paper is refused, though the first is fine."""

    def change(pdf):
        bad = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 99_999, 99_999]))
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(bad)))

    with pytest.raises(FileRefused):
        rebuilt(sheet(change))


def test_bytes_behind_packed_ones_would_be_found():
    """The search sees what lies behind the end of a Flate stream, and in a chain of filters."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    packed = zlib.compress(zlib.compress(b"q") + b"KANARI")
    pdf.pages[0].obj.Contents = pdf.make_stream(packed, Filter=Array([Name.FlateDecode] * 2))
    file = io.BytesIO()
    level = pikepdf.StreamDecodeLevel.none
    pdf.save(file, compress_streams=False, stream_decode_level=level)
    assert "stream after 1 filters" in places_of(file.getvalue(), b"KANARI")
