"""Generates QR codes: as SVG for screens, as a matrix of modules for PDFs; error level M."""

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage

QUIET_ZONE = 4  # modules

Matrix = list[list[bool]]


def svg_of(text: str) -> str:
    """`text` as a picture with its quiet zone, black on white in both colour modes."""
    return _coded(text).make_image(SvgPathFillImage).to_string(encoding="unicode")


def matrix_of(text: str) -> Matrix:
    """Whether each module is dark, row by row, without the quiet zone."""
    return _coded(text, border=0).get_matrix()


def _coded(text: str, *, border: int = QUIET_ZONE) -> qrcode.QRCode:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=border)
    code.add_data(text, optimize=0)  # all in one mode: capitals and digits take least in theirs
    return code
