"""The corpus of genuine papers, as phones and scanners make them: `GENUINE[name](seed)`."""

import io
import random
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from fpdf import FPDF
from PIL import Image, ImageCms, ImageDraw
from PIL.TiffImagePlugin import TiffImageFile

Maker = Callable[[int], tuple[str, bytes]]
CAMERAS = {
    "samsung": "SM-A145F",
    "Xiaomi": "23076RN4BI",
    "OPPO": "CPH2579",
    "vivo": "V2250",
    "Apple": "iPhone 13",
    "realme": "RMX3834",
    "INFINIX": "X6525",
}
GPS_CANARY = "KANARI-GPS-0057"
SERIAL_CANARY = "KANARI-SERI-8812"


def drawing(seed: int = 0, size: tuple[int, int] = (480, 640), mode: str = "RGB") -> Image.Image:
    """A picture with edges, tones and a coloured corner that shows which way is up."""
    picture = _drawing(seed, size)
    return picture.convert(mode) if mode != "RGB" else picture.copy()


@cache
def _drawing(seed: int, size: tuple[int, int]) -> Image.Image:
    chance = random.Random(seed)
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        colour = tuple(chance.randrange(256) for _ in range(3))
        pen.ellipse((x, y, x + size[0] // 6, y + size[1] // 8), fill=colour)
    pen.rectangle((0, 0, size[0] // 4, size[1] // 4), fill=(230, 20, 20))
    return picture


def encoded(picture: Image.Image, format_: str, **options) -> bytes:
    file = io.BytesIO()
    picture.save(file, format_, **options)
    return file.getvalue()


def exif(orientation: int = 1, maker: str = "samsung") -> Image.Exif:
    """What a camera writes, with a place and a serial number in it."""
    facts = Image.Exif()
    facts[0x0112], facts[0x010F], facts[0x0110] = orientation, maker, CAMERAS[maker]
    facts[0x0131] = "camera"
    facts[0x8825] = {1: "S", 2: (0.0, 57.0, 31.5), 3: "E", 4: (114.0, 53.0, 24.2), 29: GPS_CANARY}
    facts[0x8769] = {0x9003: "2026:04:20 10:42:00", 0xA431: SERIAL_CANARY, 0x9286: GPS_CANARY}
    return facts


def jpeg(seed: int = 0, *, orientation: int = 1, maker: str = "samsung", **options) -> bytes:
    picture = drawing(seed, options.pop("size", (480, 640)), options.pop("mode", "RGB"))
    return encoded(picture, "JPEG", exif=exif(orientation, maker), **options)


def png(seed: int = 0, mode: str = "RGB", **options) -> bytes:
    return encoded(drawing(seed, mode=mode), "PNG", **options)


def png_16(seed: int = 0, channels: int = 1) -> bytes:
    """A 16-bit PNG, written by hand: grey (1) or colours (3)."""
    width, height = 120, 160
    chance = random.Random(seed)
    rows = []
    for y in range(height):
        row = b"".join(
            int(65535 * (x + y) / (width + height)).to_bytes(2, "big") * channels
            for x in range(width)
        )
        rows.append(b"\0" + row)
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    head += bytes([16, 0 if channels == 1 else 2, 0, 0, 0])
    level = chance.randrange(1, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        png_chunk(kind, data)
        for kind, data in (
            (b"IHDR", head),
            (b"IDAT", zlib.compress(b"".join(rows), level)),
            (b"IEND", b""),
        )
    )


def png_chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + kind + data + check


@cache
def scan(seed: int = 0, pages: int = 1, mode: str = "RGB", **options) -> bytes:
    """A scanner's PDF: one picture a page."""
    sheets = [drawing(seed + page, (620, 877), mode) for page in range(pages)]
    file = io.BytesIO()
    sheets[0].save(file, "PDF", save_all=True, append_images=sheets[1:], **options)
    return file.getvalue()


@cache
def letter(seed: int = 0, pages: int = 1, *, picture: bool = False) -> bytes:
    """A typed letter, with a built-in font and perhaps a logo."""
    pdf = FPDF()
    pdf.set_title("Surat")
    pdf.set_author(SERIAL_CANARY)
    for page in range(pages):
        pdf.add_page()
        pdf.set_font("Helvetica", size=12)
        pdf.multi_cell(0, 8, f"Surat Pengalaman Kerja nomor {seed}, halaman {page + 1}")
        if picture:
            pdf.image(drawing(seed, (200, 120)), x=20, y=60, w=80)
    return bytes(pdf.output())


def resaved(content: bytes, **options) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.docinfo["/Author"] = SERIAL_CANARY
        pdf.save(file, **options)
    return file.getvalue()


def camera_scan(seed: int = 0, *, seen_only: bool = False) -> bytes:
    """A scanning app's PDF: the camera's JPEG, place and all, put on a page as it is."""
    pdf = pikepdf.new()
    picture = encoded(drawing(seed), "JPEG") if seen_only else jpeg(seed, quality=80)
    image = pdf.make_stream(
        picture,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=480,
        Height=640,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    return _page_filled_by(pdf, image, 480, 640)


def fax(seed: int = 0) -> bytes:
    """Black and white, packed as by a fax (CCITT group 4)."""
    tiff = encoded(drawing(seed, (624, 880), "1"), "TIFF", compression="group4", strip_size=1 << 24)
    with Image.open(io.BytesIO(tiff)) as opened:
        assert isinstance(opened, TiffImageFile)
        start, size = opened.tag_v2[273][0], opened.tag_v2[279][0]
        is_black_zero = opened.tag_v2[262] == 1
    pdf = pikepdf.new()
    parameters = pikepdf.Dictionary(K=-1, Columns=624, Rows=880, BlackIs1=is_black_zero)
    image = pdf.make_stream(
        tiff[start : start + size],
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=624,
        Height=880,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=1,
        Filter=pikepdf.Name.CCITTFaxDecode,
        DecodeParms=parameters,
    )
    return _page_filled_by(pdf, image, 595, 842)


def _page_filled_by(pdf: pikepdf.Pdf, image: pikepdf.Stream, width: int, height: int) -> bytes:
    """The PDF with one page that the image fills."""
    page = pdf.add_blank_page(page_size=(width, height))
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.obj.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode())
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def twin(seed: int = 0) -> bytes:
    """A phone's JPEG with a second picture behind the first (MPO)."""
    second = drawing(seed + 1, (120, 160))
    return encoded(
        drawing(seed), "MPO", save_all=True, append_images=[second], exif=exif(1, "Apple")
    )


def _profiled(seed: int) -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return jpeg(seed, icc_profile=profile)


def _odd_exif(seed: int) -> bytes:
    plain = encoded(drawing(seed), "JPEG")
    broken = b"Exif\0\0MM\0*\0\0\0\x08\0\xff" + random.Random(seed).randbytes(40)
    return plain[:2] + b"\xff\xe1" + (len(broken) + 2).to_bytes(2, "big") + broken + plain[2:]


GENUINE: dict[str, Maker] = {
    **{
        f"phone {maker}": lambda seed, maker=maker: ("IMG_1.jpg", jpeg(seed, maker=maker))
        for maker in CAMERAS
    },
    **{
        f"orientation {turn}": lambda seed, turn=turn: ("a.jpeg", jpeg(seed, orientation=turn))
        for turn in range(1, 9)
    },
    **{
        f"quality {quality}": lambda seed, quality=quality: ("q.jpg", jpeg(seed, quality=quality))
        for quality in (20, 60, 95)
    },
    **{
        f"subsampling {sub}": lambda seed, sub=sub: ("s.jpg", jpeg(seed, subsampling=sub))
        for sub in (0, 1, 2)
    },
    "large": lambda seed: ("besar.jpg", jpeg(seed, size=(3000, 4000))),
    "wide": lambda seed: ("lebar.jpg", jpeg(seed, size=(4000, 500))),
    "tiny": lambda seed: ("kecil.jpg", jpeg(seed, size=(90, 120))),
    "progressive": lambda seed: ("p.jpg", jpeg(seed, progressive=True)),
    "cmyk": lambda seed: ("c.jpg", jpeg(seed, mode="CMYK")),
    "grey": lambda seed: ("g.JPG", jpeg(seed, mode="L")),
    "with profile": lambda seed: ("i.jpg", _profiled(seed)),
    "with comment": lambda seed: ("k.jpg", jpeg(seed, comment=SERIAL_CANARY)),
    "two in one": lambda seed: ("mpo.jpg", twin(seed)),
    "odd exif": lambda seed: ("odd.jpg", _odd_exif(seed)),
    "jfif": lambda seed: ("unduhan.jfif", jpeg(seed)),
    **{
        f"png {mode}": lambda seed, mode=mode: ("Tangkapan.png", png(seed, mode))
        for mode in ("RGB", "RGBA", "L", "LA", "P", "1")
    },
    "png 16 grey": lambda seed: ("16.png", png_16(seed)),
    "png 16 colour": lambda seed: ("16.PNG", png_16(seed, 3)),
    "png with exif": lambda seed: ("e.png", png(seed, exif=exif(6))),
    "png clear colour": lambda seed: ("t.png", png(seed, transparency=(0, 0, 0))),
    "png palette clear": lambda seed: ("pt.png", png(seed, "P", transparency=0)),
    "scan": lambda seed: ("pindai.pdf", scan(seed)),
    "scan grey": lambda seed: ("pindai.pdf", scan(seed, 2, "L")),
    "scan black": lambda seed: ("pindai.pdf", scan(seed, 1, "1")),
    "scan cmyk": lambda seed: ("pindai.pdf", scan(seed, 1, "CMYK")),
    "scan 20 pages": lambda seed: ("pindai.PDF", scan(seed, 20, "L", resolution=72)),
    "camera scan": lambda seed: ("CamScan.pdf", camera_scan(seed)),
    "fax": lambda seed: ("faks.pdf", fax(seed)),
    "letter": lambda seed: ("surat.pdf", letter(seed, 2)),
    "letter with logo": lambda seed: ("surat.pdf", letter(seed, picture=True)),
    "object streams": lambda seed: ("o.pdf", resaved(letter(seed), object_stream_mode=_GENERATE)),
    "linearised": lambda seed: ("l.pdf", resaved(scan(seed, 3), linearize=True)),
    "old version": lambda seed: ("v.pdf", resaved(scan(seed), force_version="1.3")),
    "newlines at the end": lambda seed: ("n.pdf", letter(seed) + b"\r\n\r\n"),
}
_GENERATE = pikepdf.ObjectStreamMode.generate


def genuine(seeds: int = 1) -> list[tuple[str, str, bytes]]:
    """(class, file name, bytes) of every class for so many seeds."""
    return [(name, *make(seed)) for seed in range(seeds) for name, make in GENUINE.items()]
