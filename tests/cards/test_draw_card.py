"""The printed card (PDF): its words, its measures, its fonts and its QR, read by other programs."""

import io
import shutil
import subprocess
from datetime import date

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from barut_reflex.cards.pdf import front, pen
from barut_reflex.cards.pdf import sheet as card_sheet
from barut_reflex.cards.pdf.paper import PAPERS
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import after_issue, printing
from barut_reflex.core.settings import settings
from barut_reflex.profiles.rules.facts import Facts
from barut_reflex.seal import codes
from probes.card_factories import FACTS, LONG_ADDRESS, LONG_NAME, give_card, portrait
from probes.factories import known

pytestmark = pytest.mark.slow  # many drawings, read by other programs
MM = 72 / 25.4
DPI = 200
LONG = FACTS.model_copy(
    update={
        "name": LONG_NAME,
        "address": LONG_ADDRESS,
        "birth_place": "Kabupaten Administrasi Kepulauan Seribu",
        "religion": "Kepercayaan terhadap Tuhan YME",
        "village": "Kampung Lia Kapulauan Mahengetang",
        "district": "Siau Barat Selatan Utara",
        "regency": "Kabupaten Kepulauan Siau Tagulandang Biaro",
        "province": "Daerah Istimewa Yogyakarta",
        "major": "Pendidikan Guru Sekolah Dasar dan Anak Usia Dini Kewilayahan Kepulauan Terluar",
        "skills": [f"{number:02} {'mengelas pipa bertekanan tinggi posisi 6G ' * 2}"[:80]
                   for number in range(1, 21)],
    }
)  # fmt: skip
UNBROKEN = FACTS.model_copy(
    update={"name": "W" * 100, "address": "M" * 200, "skills": ["Q" * 80] * 20, "major": "W" * 100}
)
BARE = Facts(nik=FACTS.nik, name="Aḥmad Ṣāliḥ Ǩo’o‑Ḍ", education="Tidak/Belum Tamat SD")
CASES = {"plain": FACTS, "long": LONG, "unbroken": UNBROKEN, "bare": BARE}


@pytest.fixture
def printed(session, card, rina):
    """Give it facts, get the PDF of ahmad's card with them."""

    def draw(facts=FACTS) -> bytes:
        card.facts = facts.model_dump_json()
        session.add(card)
        return printing.draw_card(session, rina, card.public_id)[1]

    return draw


def raster(content: bytes, page: int, dpi: int = DPI) -> Image.Image:
    page_drawn = pdfium.PdfDocument(content)[page].render(scale=dpi / 72)  # pyright: ignore[reportArgumentType]  any scale
    return page_drawn.to_pil()


def text_of(content: bytes, page: int) -> str:
    return " ".join(PdfReader(io.BytesIO(content)).pages[page].extract_text().split())


@pytest.mark.seed("manual 5.a8")
def test_the_front_says_all_of_the_card(printed):
    text = text_of(printed(), 0)
    for expected in (
        "PENDIDIKAN FORMAL", "S1", "Teknik Informatika", "2023", "KETERAMPILAN",
        "Operator komputer", "Mengemudi mobil (SIM A)", "Muara Teweh, 20 April 2026",
        "Pengantar Kerja", "Rina", "NIP. 198501012010012001", "AK/I",
        "PEMERINTAH KABUPATEN BARITO UTARA", "DINAS TENAGA KERJA DAN TRANSMIGRASI",
        "KARTU TANDA BUKTI PENDAFTARAN PENCARI KERJA", "Bambang Susilo Hartono",
        "Muara Teweh, 7 Juli 2000", "Laki-laki", "Belum Kawin", "Islam", "082312345678",
        "Jl. Pangeran Antasari, RT 001/RW 001", "20 April 2028", "Tanda tangan pemegang",
    ):  # fmt: skip
        assert expected in text
    boxes = text.replace(" ", "")
    assert "620500000120042026" in boxes and FACTS.nik in boxes


@pytest.mark.seed("manual 5.a8")
def test_the_back_says_the_rules_and_the_dates(printed):
    text = text_of(printed(), 1)
    for expected in (
        "KETENTUAN", "Berlaku nasional.", "Berlaku 2 tahun", "setiap 6 bulan sekali", "LAPOR",
        "PERTAMA", "20 OKTOBER 2026", "KEDUA", "20 APRIL 2027", "KETIGA", "20 OKTOBER 2027",
        "DITERIMA DI", "TERHITUNG MULAI TANGGAL", "CANTUMKAN NIP",
    ):  # fmt: skip
        assert expected in text


def test_a_placement_stands_on_the_back(session, card, rina):
    after_issue.mark_placed(session, rina, card.public_id, employer="PT <Maju>", on="20/04/2026")
    text = text_of(printing.draw_card(session, rina, card.public_id)[1], 1)
    assert "PT <Maju>" in text and "20 April 2026" in text


def test_a_pppk_officer_has_a_nippppk(session, card, printed):
    card.signatory_kind = "PPPK"
    assert "NIPPPK. 198501012010012001" in text_of(printed(), 0)


def test_the_sheet_is_facts_before_it_is_drawn(session, card):
    sheet = card_sheet.Ak1Sheet.from_card(
        card, facts=BARE, qr=[[True]], photo=b"x", issued=date(2026, 8, 31), reports=[]
    )
    assert sheet.education == ("Tidak/Belum Tamat SD", "–", "–")
    assert sheet.signed == "Muara Teweh, 31 Agustus 2026"
    assert dict(sheet.person)["Berlaku s.d."] == "20 April 2028"
    assert sheet.photo == b"x"


@pytest.mark.parametrize(
    ("paper", "size", "sheet_height"), [("A4", (297, 210), 105), ("F4", (330, 215), 110)]
)
def test_front_and_back_lie_on_each_other(printed, monkeypatch, paper, size, sheet_height):
    """Turned over the long edge, the top of the paper is at the bottom of the second page."""
    monkeypatch.setattr(settings, "paper_size", paper)
    content = printed()
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 2
    assert tuple(round(float(side) / MM) for side in reader.pages[0].mediabox[2:]) == size
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipLongEdge"  # pyright: ignore[reportIndexIssue]
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/PrintScaling"] == "/None"  # pyright: ignore[reportIndexIssue]
    front, back = ink_of(content, 0), ink_of(content, 1)
    assert front[3] <= sheet_height + 0.5
    assert back[1] >= size[1] - sheet_height - 0.5


def ink_of(content: bytes, page: int) -> tuple[float, ...]:
    """Left, top, right and bottom of all ink, in mm."""
    picture = raster(content, page, dpi=100).convert("L")
    box = picture.point(lambda value: 255 * (value < 250)).getbbox()  # pyright: ignore[reportOperatorIssue]
    return tuple(side / 100 * 25.4 for side in known(box))


@pytest.mark.parametrize(("paper", "case"), [*(("A4", case) for case in CASES), ("F4", "long")])
def test_no_ink_within_six_mm_of_the_edge(printed, monkeypatch, paper, case):
    monkeypatch.setattr(settings, "paper_size", paper)
    content = printed(CASES[case])
    width, height, _ = PAPERS[paper]
    for page in (0, 1):
        left, top, right, bottom = ink_of(content, page)
        assert min(left, top, width - right, height - bottom) >= 6


def letters_of(content: bytes, page: int) -> list[tuple[float, float, float, float]]:
    text = pdfium.PdfDocument(content)[page].get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    return [box for box in boxes if box[2] - box[0] > 0.3 and box[3] - box[1] > 0.3]


def overlaps(boxes) -> int:
    """Pairs of letters that cover a third of each other."""
    found = 0
    boxes = sorted(boxes)
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            if other[0] >= one[2]:
                break
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])
            if wide > 0 and high > 0:
                smaller = min(_area(one), _area(other))
                found += wide * high > smaller / 3
    return found


def _area(box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


@pytest.mark.parametrize("case", CASES)
def test_no_letter_stands_on_another(printed, case):
    content = printed(CASES[case])
    assert overlaps(letters_of(content, 0)) == 0
    assert overlaps(letters_of(content, 1)) == 0


def test_without_shrinking_letters_would_stand_on_another(printed, monkeypatch):
    for module in (pen, front):
        monkeypatch.setattr(module, "wrap_text", lambda text, *_rest: [text])
    assert overlaps(letters_of(printed(LONG), 0)) > 0


@pytest.mark.parametrize("case", CASES)
def test_every_letter_is_there_and_embedded(printed, case):
    content = printed(CASES[case])
    facts = CASES[case]
    text = text_of(content, 0).replace(" ", "")
    assert facts.name.replace(" ", "") in text
    for skill in facts.skills:
        assert skill.replace(" ", "") in text
    assert "\x00" not in text
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():  # pyright: ignore[reportIndexIssue]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"]


def test_names_are_letters_and_never_markup(printed):
    facts = FACTS.model_copy(
        update={"name": "Budi <b> **tebal** __x__", "address": "<img src='/etc/passwd'> {page} &"}
    )
    text = text_of(printed(facts), 0)
    assert "Budi <b> **tebal** __x__" in text
    assert "<img src='/etc/passwd'> {page} &" in text


@pytest.mark.parametrize("case", CASES)
def test_a_reader_that_is_not_ours_reads_the_qr(session, card, printed, case):
    picture = raster(printed(CASES[case]), 0)
    found = zxingcpp.read_barcodes(picture)
    expected = codes.address_of(lookup.current_code(session, card).code)
    assert [code.text for code in found] == [expected]
    place = found[0].position
    side = (place.top_right.x - place.top_left.x) / DPI * 25.4
    assert side >= 25


@pytest.mark.parametrize("poppler_and_zbar", [("pdftoppm", "zbarimg")])
def test_zbar_reads_it_from_popplers_raster(session, card, printed, tmp_path, poppler_and_zbar):
    if not all(map(shutil.which, poppler_and_zbar)):
        assert zxingcpp.read_barcodes(raster(printed(), 0))  # the reader we always have
        return
    (tmp_path / "card.pdf").write_bytes(printed())
    subprocess.run(
        ["pdftoppm", "-r", "200", "-f", "1", "-l", "1", "-png", "card.pdf", "page"],
        cwd=tmp_path,
        check=True,
    )
    page = next(tmp_path.glob("page*.png"))
    said = subprocess.run(["zbarimg", "-q", page], capture_output=True, text=True, check=True)
    expected = codes.address_of(lookup.current_code(session, card).code)
    assert said.stdout.strip() == f"QR-Code:{expected}"


@pytest.mark.parametrize(
    ("size", "mode", "format"),
    [
        ((1200, 700), "RGB", "JPEG"),
        ((20, 20), "RGB", "JPEG"),
        ((300, 1600), "L", "JPEG"),
        ((600, 800), "RGBA", "PNG"),
        ((600, 800), "P", "PNG"),
        ((600, 800), "CMYK", "JPEG"),
    ],
)
def test_odd_photos_are_printed_three_by_four(session, set_clock, siti, rina, size, mode, format):
    photo = portrait(size, mode, format)
    card = give_card(session, holder=siti, officer=rina, photo=photo)
    content = printing.draw_card(session, rina, card.public_id)[1]
    images = PdfReader(io.BytesIO(content)).pages[0].images
    assert [known(image.image).size for image in images] == [(450, 600)]


def test_a_glued_photo_leaves_its_place_empty(printed, monkeypatch):
    monkeypatch.setattr(settings, "photo_mode", "glued")
    content = printed()
    assert "Tempel pas foto 3 × 4" in text_of(content, 0)
    assert not PdfReader(io.BytesIO(content)).pages[0].images
