"""Hostile PDFs: encrypted, with too many pages, corrupt, or decompression bombs."""

import io
import random
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from .active_pdfs import changed
from .genuine import letter, scan


def _encrypted(seed: int, **options) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(seed))) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(**options))
    return file.getvalue()


def _blank(pages: int) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def _without_end(seed: int) -> bytes:
    return letter(seed).replace(b"%%EOF", b"")


def _unknown_filter(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"KANARI", Filter=Name.KanariDecode)


def _torn_stream(pdf: Pdf) -> None:
    image = pdf.make_stream(b"\xff\xd8\xff\xe0KANARI", Filter=Name.DCTDecode)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 9, 9
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)


def _torn_scan(_: int) -> bytes:
    """A scan whose picture can't be read: nothing of it would be seen."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj.Resources = Dictionary()
    _torn_stream(pdf)
    page.obj.Contents = pdf.make_stream(b"100 0 0 100 0 0 cm /Im0 Do")
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def _strange_box(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 10**9, 10**9])


def _named_box(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([Name.A, 0, Name.B, 1])


def _no_crypt(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"KANARI", Filter=Name.Crypt)


MENDED: dict[str, Callable[[int], bytes]] = {  # what the reader can't draw is not there
    "with odd sheet": changed(_named_box),
    "with unknown filter": changed(_unknown_filter),
    "with torn picture": changed(_torn_stream),
    "with rights that say nothing": changed(_no_crypt),
}
BROKEN_PDFS: dict[str, Callable[[int], bytes]] = {
    "locked, RC4 40": lambda seed: _encrypted(
        seed, user="a", owner="b", R=2, metadata=False, aes=False
    ),
    "locked, RC4 128": lambda seed: _encrypted(
        seed, user="a", owner="b", R=3, metadata=False, aes=False
    ),
    "locked, AES 128": lambda seed: _encrypted(seed, user="a", owner="b", R=4),
    "locked, AES 256": lambda seed: _encrypted(seed, user="a", owner="b", R=6),
    "with rights, AES 256": lambda seed: _encrypted(seed, user="", owner="b", R=6),
    "with rights, RC4 128": lambda seed: _encrypted(
        seed, user="", owner="b", R=3, metadata=False, aes=False
    ),
    "of 21 pages": lambda seed: scan(seed, 21, "L"),
    "of 22 letters": lambda seed: letter(seed, 22),
    "of 400 pages": lambda _: _blank(400),
    "of no page": lambda _: _blank(0),
    "head alone": lambda seed: b"%PDF-1.7\n" + random.Random(seed).randbytes(30),
    "head and end": lambda _: b"%PDF-1.7\n%%EOF\n",
    "noise between": lambda seed: b"%PDF-1.4\n" + random.Random(seed).randbytes(4000) + b"\n%%EOF",
    "without end": _without_end,
    "with nothing but a torn picture": _torn_scan,
    "with huge sheet": changed(_strange_box),
}


@cache
def _zeros(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()


def _bomb(size: int, times: int = 1, *, as_page: bool = True) -> bytes:
    """A stream that inflates to `size` bytes, packed so many times."""
    content = _zeros(size)
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    bomb = pdf.make_stream(content)
    bomb.Filter = Name.FlateDecode if times == 1 else Array([Name.FlateDecode] * times)
    if as_page:
        page.obj.Contents = bomb
    else:
        bomb.Type, bomb.Subtype = Name.XObject, Name.Image
        bomb.Width = bomb.Height = 9
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=bomb))
    file = io.BytesIO()
    pdf.save(file, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return file.getvalue()


def _many_bombs() -> bytes:
    """Each small enough, all together too much."""
    pdf = pikepdf.new()
    packed = _zeros(100 << 20)
    for _ in range(5):
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(packed, Filter=Name.FlateDecode)
    file = io.BytesIO()
    pdf.save(file, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return file.getvalue()


def _deep_tree(depth: int) -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    for level in range(depth):
        objects.append(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (level + 3))
    objects.append(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % (depth + 1))
    return _written(objects)


def _round_tree() -> bytes:
    branch = b"<</Type/Pages/Count 1/Kids[%d 0 R]/Parent %d 0 R>>"
    return _written([b"<</Type/Catalog/Pages 2 0 R>>", branch % (3, 3), branch % (2, 2)])


def _deep_array(depth: int) -> bytes:
    font = b"<</Type/Font/Widths " + b"[" * depth + b"]" * depth + b">>"
    return _written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 4 0 R>>>>>>",
            font,
        ]
    )


def _written(objects: list[bytes]) -> bytes:
    file, places = io.BytesIO(b"%PDF-1.4\n"), []
    file.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj%b endobj\n" % (number, body))
    content = file.getvalue()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return content + head + table + trailer % (len(objects) + 1, len(content))


def _many_objects(count: int) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    fonts = {f"/F{n}": Dictionary(Type=Name.Font, Name=Name.X) for n in range(count)}
    page.obj.Resources = Dictionary(Font=Dictionary(fonts))
    file = io.BytesIO()
    pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def _huge_picture(seed: int) -> bytes:
    """A picture that says it is 60,000 pixels wide."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    image = pdf.make_stream(zlib.compress(bytes(1000 + seed)), Filter=Name.FlateDecode)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 60000, 60000
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
    page.obj.Contents = pdf.make_stream(b"/Im0 Do")
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


MENDED_HEAVY: dict[str, Callable[[int], bytes]] = {
    "array 200000 deep": lambda _: _deep_array(200_000),
}
HEAVY_PDFS: dict[str, Callable[[int], bytes]] = {
    "bomb of 300 MB": lambda _: _bomb(300 << 20),
    "bomb of 140 MB in a picture": lambda _: _bomb(140 << 20, as_page=False),
    "bomb in a bomb": lambda _: _bomb(140 << 20, 2),
    "bomb three deep": lambda _: _bomb(140 << 20, 3, as_page=False),
    "five smaller bombs": lambda _: _many_bombs(),
    "tree 5000 deep": lambda _: _deep_tree(5_000),
    "tree 100000 deep": lambda _: _deep_tree(100_000),
    "tree in a circle": lambda _: _round_tree(),
    "array 400 deep": lambda _: _deep_array(400),
    "of 70000 fonts": lambda _: _many_objects(70_000),
    "huge picture": _huge_picture,
}
