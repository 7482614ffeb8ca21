"""Sample papers of the demo: drawn portraits and specimens, so that none is a real person's."""

import io

from PIL import Image, ImageDraw, ImageFont

from ..documents.rules import Kind

TITLES = {
    Kind.ID_CARD: "KARTU TANDA PENDUDUK",
    Kind.FAMILY_CARD: "KARTU KELUARGA",
    Kind.DIPLOMA: "IJAZAH",
    Kind.SKILL_CERTIFICATE: "SERTIFIKAT KETERAMPILAN",
    Kind.EXPERIENCE_LETTER: "SURAT PENGALAMAN KERJA",
}

PORTRAITS = [  # background, skin, hair, shirt
    ("#a52a2a", "#d9a578", "#1d1512", "#eef3f5"),
    ("#1f4f8f", "#c48a5e", "#241a16", "#dfe9e4"),
    ("#a52a2a", "#e0b48c", "#3a2418", "#e9eef7"),
    ("#1f4f8f", "#b67b52", "#17110f", "#f4efe6"),
]


def portrait(number: int) -> bytes:
    """A 3×4 photo as JPEG."""
    background, skin, hair, shirt = PORTRAITS[number % len(PORTRAITS)]
    image = Image.new("RGB", (600, 800), background)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((70, 590, 530, 900), 170, fill=shirt)
    draw.rounded_rectangle((245, 500, 355, 660), 50, fill=skin)
    draw.ellipse((170, 150, 430, 430), fill=hair)
    draw.ellipse((190, 200, 410, 560), fill=skin)
    if number % 2:
        draw.chord((165, 140, 435, 520), 180, 360, fill=hair)
        draw.ellipse((215, 300, 385, 555), fill=skin)
    for x in (255, 345):
        draw.ellipse((x - 12, 355, x + 12, 375), fill="#20130c")
    draw.arc((260, 420, 340, 490), 20, 160, fill="#7a3b2b", width=6)
    draw.polygon([(262, 600), (300, 690), (338, 600)], fill=skin)
    return _jpeg(image)


def specimen(title: str, lines: list[str]) -> bytes:
    """A paper that says in large letters that it is a specimen."""
    image = Image.new("RGB", (1100, 760), "#eef4f3")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((24, 24, 1076, 736), 36, outline="#2c7a78", width=6)
    draw.text((70, 60), title, fill="#0f3d40", font=_font(54))
    for number, line in enumerate(lines):
        draw.text((70, 170 + 62 * number), line, fill="#16383b", font=_font(36))
    draw.text((560, 610), "CONTOH DEMO", fill="#b98900", font=_font(64))
    return _jpeg(image)


def _font(size: int):
    return ImageFont.load_default(size)


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=82)
    return file.getvalue()
