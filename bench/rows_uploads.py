"""Upload of a phone photo until the page says it is stored, compared with plain Pillow.

Also makes the photo and sends it for other rows.
"""

import asyncio
import functools
import io
import random
import tempfile
import time
from pathlib import Path

from PIL import Image

from barut_reflex.documents.imaging.pictures import JPEG_QUALITY
from barut_reflex.documents.rules import STORED_LONG_SIDE
from measure.row import Figure, Scale, at_most
from measure.timing import Pair
from probes import inside, served
from probes.tab import ROOT, Tab

from . import offices, people
from .table import TABLE

SIZE = (4000, 3000)
MEGABYTES = 4.2  # at most
EACH = 20  # photos of one person, who may store forty a day


@functools.cache
def phone_photo(seed: int = 1) -> bytes:
    """Twelve million pixels with grain, as a phone's camera writes them: some 4 MB, lying."""
    chance = random.Random(seed)
    small = Image.effect_noise((500, 375), 90).convert("RGB")
    scene = Image.merge("RGB", [band.point(_curve(chance)) for band in small.split()])
    scene = scene.resize(SIZE, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(SIZE, 18).convert("RGB")
    picture, exif = Image.blend(scene, grain, 0.35), Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    taken = (_encoded(picture, quality, exif) for quality in range(96, 40, -2))
    return next(content for content in taken if len(content) <= MEGABYTES * 2**20)


def _encoded(picture: Image.Image, quality: int, exif: Image.Exif) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, exif=exif)
    return file.getvalue()


def _curve(chance: random.Random) -> list[int]:
    low, high = chance.randint(0, 60), chance.randint(180, 255)
    return [low + (high - low) * value // 255 for value in range(256)]


@TABLE.row(
    "upload",
    "A 4 MB phone photo, from the first byte to stored and shown",
    against="plain Pillow: decode, resize, encode",
    goal="<= 1.3 ×",
)
def upload(scale: Scale) -> Figure:
    photo = phone_photo()
    pair = inside.run(_uploads(photo, scale.of(3, 30)))
    ours, theirs = pair.said
    detail = f"{len(photo) / 2**20:.1f} MB, {SIZE[0]} × {SIZE[1]}, to {STORED_LONG_SIDE} pixels at "
    detail += f"quality {JPEG_QUALITY}; ours also travels through the route, quarantine, a jailed "
    detail += "process of its own, the store and a transaction"
    ratios = {"p50": pair.ratio(50)}
    return Figure(ours, at_most(1.3, ratios), detail, theirs, ratios)


async def _uploads(photo: bytes, times: int) -> Pair:
    """Both ways in turn; a new person every so many photos."""
    pair = Pair()
    while len(pair.ours) < times:
        cookie = (await asyncio.to_thread(people.cookies, 1, people.NEW))[0]
        async with Tab(offices.office(), cookie, path="/pengajuan/berkas/") as tab:
            await tab.send(f"{ROOT}.hydrate")
            for turn in range(min(EACH, times - len(pair.ours)) + 1):
                began = time.perf_counter()
                await store(tab, cookie, "photo", photo)
                between = time.perf_counter()
                await asyncio.to_thread(_plain, photo)
                if turn:  # the first one warms up
                    pair.ours.append(between - began)
                    pair.theirs.append(time.perf_counter() - between)
    return pair


async def store(tab: Tab, cookie: str, kind: str, photo: bytes) -> None:
    """Send a photo as the page's script does, and wait until the page says it is stored."""
    ticket = await asyncio.to_thread(_send, cookie, kind, photo)
    receive = inside.handler_name("papers_state.receive")
    tab.heard.clear()
    await tab.emit(receive, {"form": {"kind": kind, "tickets": ticket}})
    await tab.until("tersimpan", seconds=60)


def _send(cookie: str, kind: str, photo: bytes) -> str:
    with served.Browser(offices.office()) as browser:
        headers = {"cookie": cookie, "x-file-name": "IMG_2026.jpg"}
        answer = browser.post(f"/berkas/{kind}", content=photo, headers=headers)
        return answer.json()["ticket"]


def _plain(photo: bytes) -> None:
    picture = Image.open(io.BytesIO(photo))
    picture.thumbnail((STORED_LONG_SIDE, STORED_LONG_SIDE), Image.Resampling.LANCZOS)
    with tempfile.TemporaryDirectory() as folder:
        picture.save(Path(folder) / "stored.jpg", "JPEG", quality=JPEG_QUALITY)
