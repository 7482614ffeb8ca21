"""Genuine papers are accepted upright, in their colours, and without camera metadata."""

import io

import pytest
from PIL import Image, ImageStat

from barut_reflex.documents import rules
from barut_reflex.documents.imaging import pages
from barut_reflex.documents.rules import Format
from probes.files.active_content import signs_of_life
from probes.files.genuine import (
    GENUINE,
    GPS_CANARY,
    SERIAL_CANARY,
    camera_scan,
    drawing,
    encoded,
    jpeg,
    png,
    png_16,
)

pytestmark = pytest.mark.slow  # a corpus of files


def rebuilt(name: str, content: bytes) -> tuple[bytes, str, int]:
    found = rules.format_of(content[:16])
    rules.check_name(name, found)
    return pages.rebuild([(content, found)])


def colour_at(content: bytes, position: tuple[float, float]) -> tuple[int, ...]:
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    spot = (int(position[0] * picture.width), int(position[1] * picture.height))
    return picture.getpixel(spot)  # pyright: ignore[reportReturnType]


def is_red(colour) -> bool:
    return colour[0] > 180 and colour[1] < 90 and colour[2] < 90


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("name", GENUINE)
def test_genuine_papers_are_taken_and_tell_nothing(name):
    content, media_type, count = rebuilt(*GENUINE[name](0))
    assert count >= 1
    for canary in (GPS_CANARY, SERIAL_CANARY):
        assert signs_of_life(content, media_type, canary.encode()) == []


def test_camera_metadata_would_be_found():
    assert set(signs_of_life(jpeg(0), "image/jpeg", GPS_CANARY.encode())) > {"exif", "canary"}


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_turned_picture_stands_upright(turn):
    """A phone held any way stores the same pixels turned, and says so in EXIF."""
    turned = drawing(0).transpose(_BACK[turn]) if turn > 1 else drawing(0)
    facts = Image.Exif()
    facts[0x0112] = turn
    content, _, _ = rebuilt("a.jpg", encoded(turned, "JPEG", exif=facts))
    assert Image.open(io.BytesIO(content)).size == (480, 640)
    assert is_red(colour_at(content, (0.1, 0.1)))


_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def test_without_turning_it_would_lie():
    turned = drawing(0).transpose(_BACK[6])
    content, _, _ = rebuilt("a.jpg", encoded(turned, "JPEG"))
    assert not is_red(colour_at(content, (0.1, 0.1)))


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_colours_stay(mode):
    content, _, _ = rebuilt("a.jpg", jpeg(0, mode=mode, quality=95))
    assert is_red(colour_at(content, (0.1, 0.1)))


def test_sixteen_bits_are_scaled_not_cut():
    content, _, _ = rebuilt("a.png", png_16())
    mean = ImageStat.Stat(Image.open(io.BytesIO(content)).convert("L")).mean[0]
    assert 120 < mean < 135


def test_what_is_clear_becomes_white():
    clear = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    content, _, _ = rebuilt("a.png", encoded(clear, "PNG"))
    assert min(colour_at(content, (0.5, 0.5))) > 250


def test_long_side_is_2400_at_most():
    content, _, _ = rebuilt("a.jpg", jpeg(0, size=(3000, 4000)))
    assert Image.open(io.BytesIO(content)).size == (1800, 2400)


def test_several_pictures_become_the_pages_of_one_pdf_in_order():
    parts = [
        (encoded(Image.new("RGB", (300, 400), colour), "JPEG"), Format.JPEG)
        for colour in ("red", "blue")
    ]
    parts.append((png(0), Format.PNG))
    content, media_type, count = pages.rebuild(parts)
    assert (media_type, count) == (Format.PDF, 3)
    assert is_red(colour_at(pages.render_page(content, Format.PDF, 1, 300), (0.5, 0.5)))
    assert colour_at(pages.render_page(content, Format.PDF, 2, 300), (0.5, 0.5))[2] > 180
    assert signs_of_life(content, media_type) == []


def test_a_drawn_page_shows_the_paper():
    content, media_type, _ = rebuilt("a.pdf", camera_scan())
    page = pages.render_page(content, Format(media_type), 1, 600)
    assert max(Image.open(io.BytesIO(page)).size) == 600
    assert is_red(colour_at(page, (0.1, 0.1)))
