"""Denial of service: one person loads the most expensive paper page over many connections.

Meanwhile others do what they came for: is the office ready, is a card good, sign in, look at a
paper; their waiting times are measured (row 45 of the bar).
"""

import hashlib
import io
import itertools
import math
import secrets
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import httpx
import pikepdf
from pikepdf import Array, Dictionary, Name

from barut_reflex.core.errors import Refusal
from barut_reflex.documents import jail
from probes import served

PAGE = 600  # points
PAPER = "/berkas/{}?halaman={}"
ANSWER_TIMEOUT = 120  # seconds; who has no answer then counts as having waited so long


@dataclass
class WaitingTimes:
    """How long one kind of honest request took, and what was answered."""

    seconds: list[float] = field(default_factory=list)
    answers: Counter = field(default_factory=Counter)

    @property
    def p95(self) -> float:
        ordered = sorted(self.seconds)
        return ordered[math.ceil(len(ordered) * 0.95) - 1] if ordered else math.inf


def heavy_pdf(shadings: int) -> bytes:
    """Page 1 says nothing; page 2 is painted over by so many radial shadings."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(PAGE, PAGE))
    sheet = pdf.add_blank_page(page_size=(PAGE, PAGE))
    named = Dictionary()
    for number in range(shadings):
        named[f"/S{number}"] = _shading(number)
    sheet.obj.Resources = Dictionary(Shading=named)
    painted = " ".join(f"/S{number} sh" for number in range(shadings))
    sheet.obj.Contents = pdf.make_stream(painted.encode())
    return _saved(pdf)


def _shading(number: int) -> Dictionary:
    middle = PAGE / 2
    return Dictionary(
        ShadingType=3,
        ColorSpace=Name.DeviceRGB,
        Coords=Array([middle, middle, 0, middle + number % 7, middle, 2 * PAGE]),
        Function=Dictionary(
            FunctionType=2,
            Domain=Array([0, 1]),
            C0=Array([1, number % 2, 0]),
            C1=Array([0, 0, 1]),
            N=1,
        ),
        Extend=Array([True, True]),
    )


def light_pdf() -> bytes:
    """One plain page that no other file equals."""
    pdf = pikepdf.new()
    sheet = pdf.add_blank_page(page_size=(PAGE, PAGE))
    sheet.obj.Contents = pdf.make_stream(f"% {secrets.token_hex(8)}\n0 0 9 9 re f".encode())
    return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    saved = io.BytesIO()
    pdf.save(saved)
    return saved.getvalue()


def most_expensive_accepted(shadings: int) -> tuple[int, bytes]:
    """The most shadings the office's own check takes, to a half, and the paper as it is stored."""
    while shadings:
        with suppress(Refusal):
            return shadings, jail.rebuild([heavy_pdf(shadings)]).content
        shadings //= 2
    raise LookupError


def plant_paper(owner: int, content: bytes, pages: int) -> str:
    """A stored paper with its row, as an older office would have taken it; gives its id."""
    office, name, public_id = (
        served.running_office(),
        f"{secrets.token_hex(16)}.pdf",
        str(uuid.uuid4()),
    )
    folder = office.var / "uploaded_files" / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    served.execute(
        office,
        "INSERT INTO document (public_id, owner_id, kind, proves, file, media_type, size, pages,"
        " sha256, original_name, at) VALUES (?, ?, 'PROOF', ?, ?, 'application/pdf', ?, ?, ?,"
        " 'lama.pdf', '2026-01-02 03:04:05.000000')",
        (public_id, owner, str(uuid.uuid4()), name, len(content), pages, sha256),
    )
    return public_id


def person_id(person: dict[str, str]) -> int:
    office = served.running_office()
    return served.query(office, "SELECT id FROM person WHERE email = ?", (person["email"],))[0][0]


def load_page(
    papers: list[str], connections: int, seconds: float
) -> tuple[dict[str, WaitingTimes], Counter]:
    """What honest people waited while one person pulled at page 2 of `papers`."""
    office, end = served.running_office(), time.monotonic() + seconds
    cookies, pulled = served.signed_in("job_seeker", 0).cookies, Counter()
    honest = _honest_people()
    waits = {name: WaitingTimes() for name in honest}

    def pull(nth: int) -> None:
        with served.Browser(office, cookies=cookies) as browser:
            while time.monotonic() < end:
                address = PAPER.format(papers[(nth := nth + 1) % len(papers)], 2)
                pulled[_answer(partial(browser.get, address, timeout=ANSWER_TIMEOUT))] += 1

    def ask(name: str) -> None:
        time.sleep(1)  # the rush is on
        while time.monotonic() < end:
            began = time.monotonic()
            waits[name].answers[_answer(honest[name])] += 1
            waits[name].seconds.append(time.monotonic() - began)
            time.sleep(0.3)

    threads = [threading.Thread(target=pull, args=(nth,)) for nth in range(connections)]
    threads += [threading.Thread(target=ask, args=(name,)) for name in honest]
    [one.start() for one in threads]
    [one.join() for one in threads]
    return waits, pulled


def _answer(ask: Callable[[], httpx.Response]) -> str:
    try:
        return str(ask().status_code)
    except httpx.HTTPError as error:
        return type(error).__name__


def _honest_people() -> dict[str, Callable[[], httpx.Response]]:
    """One request each, asked again and again; the officer's paper is another one each time."""
    office = served.running_office()
    anybody, officer = served.Browser(office), served.signed_in("officer", 0)
    known = served.query(office, f"{served.CODES} AND replaced IS NULL LIMIT 20")
    codes = itertools.cycle(code for (code,) in known)  # one may be looked at 30 times a minute
    other, person = person_id(office.one("job_seeker", 2)), office.one("officer", 1)
    form = {"email": person["email"], "password": person["password"]}
    papers = iter([plant_paper(other, light_pdf(), 1) for _ in range(400)])

    def sign_in() -> httpx.Response:
        with served.Browser(office, "127.9.0.1") as browser:
            return browser.post("/masuk", data=form, timeout=ANSWER_TIMEOUT)

    return {
        "/siap": lambda: anybody.get("/siap", timeout=ANSWER_TIMEOUT),
        "check page": lambda: anybody.get(f"/v/{next(codes)}", timeout=ANSWER_TIMEOUT),
        "login": sign_in,
        "officer's paper": lambda: officer.get(
            PAPER.format(next(papers), 1), timeout=ANSWER_TIMEOUT
        ),
    }
