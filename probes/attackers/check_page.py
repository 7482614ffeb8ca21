"""The public check page attacked: fields it leaks, guessed codes, views of one code (row 38)."""

import json
import os
import random
import struct
import time
from base64 import b32encode
from html import escape

from barut_reflex.core.indonesian import local_phone, long_date, parse_date
from barut_reflex.core.settings import settings
from barut_reflex.profiles.rules.facts import Facts
from barut_reflex.seal import codes, keys
from barut_reflex.verify.web import check
from probes import served

OPEN_FIELDS = {"name", "education", "major", "graduation_year", "skills"}
SHORT = 3  # a shorter value, such as RT 1, would be found in any page


def leaks(cards: int) -> tuple[int, list[str]]:
    """Facts on the pages of so many cards that no attacker may read; how many were read."""
    office, found = served.running_office(), []
    served.wait_for_people(office)
    rows = served.query(
        office,
        "SELECT code, facts, person.email FROM card JOIN code ON kind = 'AK1' AND "
        "subject_id = card.id JOIN person ON person.id = holder_id ORDER BY card.id DESC LIMIT ?",
        (cards,),
    )
    for number, (code, facts, email) in enumerate(rows):
        page = served.Browser(office, f"127.0.1.{number % 200 + 1}").get(f"/v/{code}")
        assert page.status_code == 200, page.status_code
        for name, value in hidden(Facts(**json.loads(facts)), email).items():
            found += [f"{name} of a card"] if _stands_in(value, page.text) else []
        for header, value in (("x-robots-tag", "noindex"), ("cache-control", "no-store")):
            found += [] if value in page.headers.get(header, "") else [f"no {value}"]
    return len(rows), found


def hidden(facts: Facts, email: str) -> dict[str, str]:
    """What a attacker may not read, as it would be written on a page."""
    open_words = " ".join([facts.name, facts.major, *facts.skills, frame()])
    fields = {k: v for k, v in facts.model_dump().items() if k not in OPEN_FIELDS}
    fields |= {"local phone": local_phone(facts.phone), "email": email}
    born = parse_date("/".join(reversed(facts.birth_date.split("-"))))
    fields |= {"birth": long_date(born) if born else ""}
    words = {name: str(value) for name, value in fields.items()}
    return {n: w for n, w in words.items() if len(w) > SHORT and w not in open_words}


def frame() -> str:
    """What stands on every check page, whoever it is about."""
    return f"{check.unknown_page()} {settings.office_name} {settings.regency}"


def _stands_in(value: str, page: str) -> bool:
    return escape(value) in page or value in page


def guess_codes(many: int, well_formed: int) -> tuple[int, float]:
    """How many of `many` guessed codes are taken for ours, and the seconds it took.

    `well_formed` of them are right in everything but the signature: a number that was given
    out, a known key, a name; the others are random text of the right length.
    """
    keys.ensure_key()
    real = codes.encode(codes.Payload(codes.new_code_id(), "620500000320042026", "Budi", *_days()))
    began, hits, chance = time.monotonic(), 0, random.Random(38)
    for number in range(many):
        code = _forged(real, chance) if number < well_formed else _random(len(real))
        try:
            codes.decode(code)
        except codes.InvalidCode:
            continue
        hits += 1
    assert codes.decode(real).name == "Budi", "not even a real code is taken"
    return hits, time.monotonic() - began


def _days():
    first = parse_date("20/04/2026")
    last = parse_date("20/04/2028")
    assert first and last
    return first, last


def _random(length: int) -> str:
    return b32encode(os.urandom(length)).decode()[:length]


def _forged(real: str, chance: random.Random) -> str:
    """A real code with another id and number, or another signature, or one bit turned."""
    raw = bytearray(codes.bytes_of(real))
    way = chance.randrange(3)
    if way == 0:
        raw[3:13] = os.urandom(10)
        struct.pack_into(">Q", raw, 13, chance.randrange(10**18))
    elif way == 1:
        raw[-64:] = os.urandom(64)
        raw[-32] &= 0x7F  # a low s, as ours is, so that the key is really asked
    else:
        place = chance.randrange(3, len(raw))
        raw[place] ^= 1 << chance.randrange(8)
    return b32encode(bytes(raw)).decode().rstrip("=")


def count_views() -> int:
    """How often one code was shown within a minute to many concurrent scans from everywhere."""
    office = served.running_office()
    code = served.query(office, f"{served.CODES} ORDER BY id LIMIT 1 OFFSET 12")[0][0]
    answers = [
        served.Browser(office, f"127.0.2.{number + 1}").get(f"/v/{code}").status_code
        for number in range(40)
    ]
    assert set(answers) <= {200, 429}, answers
    return answers.count(200)


def unknown_answers() -> list[str]:
    """Kinds of codes that are not ours yet answered differently; empty when all are alike."""
    office = served.running_office()
    code, number, card = served.query(
        office,
        "SELECT code, number, public_id FROM card JOIN code ON kind = 'AK1' AND "
        "subject_id = card.id",
    )[0]
    kinds = {
        "random": _random(len(code)),
        "number": number,
        "public id": card,
        "edited": code[:20] + ("A" if code[20] != "A" else "B") + code[21:],
        "cut": code[:-8],
        "longer": code + "AAAAAAAA",
        "padded": code + "=",
        "empty-ish": "x",
        "foreign letters": code[:-1] + "ı",
    }
    browser = served.Browser(office, "127.0.3.1")
    answers = {kind: browser.get(f"/v/{text}") for kind, text in kinds.items()}
    first = answers["random"]
    same = (first.status_code, first.content)
    odd = [kind for kind, answer in answers.items() if (answer.status_code, answer.content) != same]
    return [f"another answer to: {kind}" for kind in odd]
