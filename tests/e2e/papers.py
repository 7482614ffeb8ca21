"""Makes papers as a phone camera or a scanner would."""

import io

from PIL import Image, ImageDraw


def picture(name: str = "foto.jpg", size=(900, 1200), colour="#8d2b2b") -> dict:
    drawn = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(drawn)
    draw.ellipse((size[0] * 0.3, size[1] * 0.2, size[0] * 0.7, size[1] * 0.55), fill="#d8a878")
    draw.rectangle((size[0] * 0.2, size[1] * 0.6, size[0] * 0.8, size[1]), fill="#1f3d4d")
    kind = "PNG" if name.endswith("png") else "JPEG"
    return {"name": name, "mimeType": f"image/{kind.lower()}", "buffer": _bytes(drawn, kind)}


def scan(name: str = "ijazah.pdf", pages: int = 1) -> dict:
    sheets = [Image.new("RGB", (827, 1169), "white") for _ in range(pages)]
    for number, sheet in enumerate(sheets, 1):
        ImageDraw.Draw(sheet).text((100, 100), f"Halaman {number}", fill="black")
    file = io.BytesIO()
    sheets[0].save(file, "PDF", save_all=True, append_images=sheets[1:])
    return {"name": name, "mimeType": "application/pdf", "buffer": file.getvalue()}


def _bytes(drawn: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    drawn.save(file, kind)
    return file.getvalue()
