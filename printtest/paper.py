"""Draws a test card as PDF; gives the part with its QR as a grey picture at any resolution.

The QR's text is as long as a signed one, but its signature is random.
"""

import base64
import io
import random
from datetime import date
from functools import cache

import pikepdf
import pypdfium2
from PIL import Image

from barut_reflex.cards.models import Card
from barut_reflex.cards.pdf import draw, front
from barut_reflex.cards.pdf import sheet as card_sheet
from barut_reflex.core import clock, qr
from barut_reflex.profiles.rules.facts import Facts
from barut_reflex.seal import codes, keys

HOST = "https://kerja.baritoutarakab.go.id"
NAMES = ["Agus Wijaya", "Bambang Susilo Hartono", "Siti Nurhaliza Kusumawardhani Prawiradilaga"]
MARGIN = 8.0  # mm around the QR: what else stands there comes along
INCH = 25.4


@cache
def code(number: int) -> str:
    """The text of a QR, as long and as mixed as a signed one; the third name gives the largest."""
    chance = random.Random(number)
    name = NAMES[number % len(NAMES)].encode()[: codes.MAX_NAME_BYTES]
    numbers = int(f"6205{number:06}20042026"), 2301, 3032
    head = codes.HEADER.pack(codes.FORMAT_VERSION, 1, 1, chance.randbytes(10), *numbers, len(name))
    signature = chance.randbytes(keys.SIGNATURE_BYTES)  # a real one would differ each time
    text = base64.b32encode(head + name + signature).decode().rstrip("=")
    return f"{HOST.upper()}/V/{text}"


@cache
def page(number: int, side: float) -> bytes:
    """Both pages of that card with a QR of `side` mm."""
    text = code(number)
    card = Card(
        application_id=1,
        holder_id=1,
        number=f"6205{number:06}20042026",
        nik="6205050707000006",
        facts="",
        signatory_id=1,
        signatory_name="Budi Santoso, S.Sos., M.Si.",
        signatory_position="Kepala Bidang Penempatan",
        signatory_kind="PNS",
        signatory_number="197604121998031004",
        issued=clock.now(),
        valid_until=date(2028, 4, 20),
    )
    facts = Facts(
        nik=card.nik, name=NAMES[number % len(NAMES)], birth_place="Muara Teweh",
        birth_date="2000-07-07", address="Jl. Pangeran Antasari", education="SMA", major="IPA",
    )  # fmt: skip
    sheet = card_sheet.Ak1Sheet.from_card(
        card, facts=facts, qr=qr.matrix_of(text), photo=None, issued=date(2026, 4, 20),
        reports=[], address=text,
    )  # fmt: skip
    usual, front.QR_SIDE = front.QR_SIDE, side
    try:
        return draw.draw(sheet)
    finally:
        front.QR_SIDE = usual


@cache
def picture(number: int, side: float, dpi: int) -> Image.Image:
    """The QR's corner of the first page at `dpi`, as a scanner gives it."""
    content = page(number, side)
    left, bottom, right, top = _place(content)
    sheet = pypdfium2.PdfDocument(content)[0]
    scale, margin = dpi / 72, MARGIN / INCH * dpi
    bitmap = sheet.render(scale=scale, grayscale=True)  # pyright: ignore[reportArgumentType]
    drawn = bitmap.to_pil().convert("L")
    high = sheet.get_height()
    corner = (
        left * scale - margin,
        max(0, (high - top) * scale - margin),
        min(drawn.width, right * scale + margin),
        (high - bottom) * scale + margin,
    )
    return drawn.crop(tuple(map(round, corner)))


def _place(content: bytes) -> tuple[float, float, float, float]:
    """Where the link over the QR lies, in points from below: left, bottom, right, top."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        left, bottom, right, top = map(float, opened.pages[0].Annots[0].Rect)
    return left, bottom, right, top
