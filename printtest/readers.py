"""Runs the print test's two QR decoders on pictures: zbar (a program), zxing-cpp (a library)."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import zxingcpp
from PIL import Image

BATCH = 60  # pictures for one start of zbarimg
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def by_zxing(pictures: Sequence[Image.Image]) -> list[str]:
    """The text found in each picture, or nothing."""
    found = []
    for picture in pictures:
        read = zxingcpp.read_barcodes(picture, formats=QR)
        found.append(read[0].text if read else "")
    return found


def by_zbar(pictures: Sequence[Image.Image]) -> list[str]:
    found: list[str] = []
    for start in range(0, len(pictures), BATCH):
        found += _one_batch(pictures[start : start + BATCH])
    return found


def _one_batch(pictures: Sequence[Image.Image]) -> list[str]:
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.png" for number in range(len(pictures))]
        for picture, path in zip(pictures, paths, strict=True):
            picture.save(path, compress_level=1)
        command = ["zbarimg", "-q", "--xml", "--nodbus", "-Sdisable", "-Sqrcode.enable", *paths]
        said = subprocess.run(command, capture_output=True, text=True).stdout
    return [_text_of(said, path) for path in paths]


def _text_of(xml: str, path: Path) -> str:
    """zbar gives each picture it read an element of its own, named by its path."""
    _, _, after = xml.partition(f"href='{path}'")
    mine = after.partition("</source>")[0]
    return mine.partition("<data><![CDATA[")[2].partition("]]>")[0]
