"""Access to others' papers, cards and QR codes (IDOR) by a guest and two job seekers (row 3)."""

import re
from typing import Any

import httpx

from probes import inside, served
from probes.tab import Tab

MISSING = "00000000-0000-4000-8000-000000000000"


def addresses(office: Any, owner: int) -> list[str]:
    """The address of every object of this person that has one."""
    papers = served.query(office, "SELECT public_id FROM document WHERE owner_id = ?", (owner,))
    cards = served.query(office, "SELECT public_id FROM card WHERE holder_id = ?", (owner,))
    found = [f"/berkas/{paper}{page}" for (paper,) in papers for page in ("", "?halaman=1")]
    ways = (".pdf", ".pdf/", "/qr.svg")
    return [*found, *(f"/kartu/{card}{way}" for (card,) in cards for way in ways)]


def request_foreign_objects() -> tuple[int, list[str]]:
    """Each object route, each object of two job seekers, three attackers: tries and leaks."""
    office, tried, leaks = served.running_office(), 0, []
    served.wait_for_people(office)
    owners = ("complete", 2), ("approved", 5)
    guest = served.Browser(office)
    attackers = {
        "guest": guest,
        "seeker": served.signed_in("job_seeker", 0),
        "other seeker": served.signed_in("job_seeker", 3),
    }
    for _, nth in owners:
        person = office.one("job_seeker", nth)
        owner = served.query(office, "SELECT id FROM person WHERE email = ?", (person["email"],))
        paths = addresses(office, owner[0][0])
        own = served.Browser(office).sign_in(person)
        assert any(own.get(path).status_code == 200 for path in paths), "not even the owner sees it"
        for name, attacker in attackers.items():
            for path in paths:
                tried += 1
                leaks += leak(attacker, path, name)
    more, found = inside.run(foreign_codes(attackers["seeker"].cookie))
    return tried + more, leaks + found


def leak(attacker: httpx.Client, path: str, name: str) -> list[str]:
    """A foreign object must answer as a missing one does, byte for byte."""
    foreign = attacker.get(path)
    missing = attacker.get(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", MISSING, path))
    is_same = (foreign.status_code, foreign.content) == (missing.status_code, missing.content)
    is_shut = foreign.status_code in (303, 404)
    return [] if is_same and is_shut else [f"{name} got {foreign.status_code} at {path}"]


async def foreign_codes(cookie: str) -> tuple[int, list[str]]:
    """A job seeker renews the QR of other people's cards, by hand, over a socket."""
    office, leaks = served.running_office(), []
    renew = inside.handler_name("home_state.renew_code")
    cards = served.query(office, "SELECT public_id FROM card LIMIT 20")
    codes = served.query(office, "SELECT count(*) FROM code")
    answers = set()
    for public_id in [MISSING, *(card for (card,) in cards)]:
        async with Tab(office, cookie, path="/beranda/") as tab:
            await tab.emit(renew, {"card_id": public_id})
            await tab.until("refusal")
            await tab.quiet(0.05)
            answers.add(str(re.findall(r"refusal[^,]*,", tab.text)))
    if served.query(office, "SELECT count(*) FROM code") != codes:
        leaks.append("a job seeker renewed a foreign code")
    if len(answers) != 1:
        leaks.append(f"{len(answers)} different answers to foreign and missing cards")
    return len(cards), leaks
