"""The QR an authenticator app scans."""

import qrcode
from qrcode.image.svg import SvgPathFillImage


def svg_of(text: str) -> str:
    """`text` as a QR, black on white in both colour modes."""
    picture = qrcode.make(text, image_factory=SvgPathFillImage, box_size=10, border=4)
    return picture.to_string(encoding="unicode")
