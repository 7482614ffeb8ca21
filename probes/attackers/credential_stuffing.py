"""Credential stuffing: thousands of stolen pairs against the login form, from a hundred addresses.

The real routes behind the real handshake; bcrypt at a reduced cost, since the limits are measured
here and not the hash, on a clock set by hand.
"""

import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
from starlette.applications import Starlette

from barut_reflex.accounts.service import login, reset
from barut_reflex.accounts.web import routes
from barut_reflex.core import clock
from barut_reflex.core.settings import settings
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.gate.handshake import Handshake
from barut_reflex.people.service import sessions
from barut_reflex.people.service.passwords import is_correct
from probes import inside

from .code_guessing import (
    MOMENT,
    PASSWORD,
    account,
    known_codes,
    mailed_token,
    most_within,
    new_flow,
)

ORIGIN = settings.origins[0]


@dataclass
class StuffingResult:
    """What came of it: when each account's and each address's pairs were really compared."""

    pairs: int = 0
    by_account: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    by_address: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    taken: int = 0
    owner: str = ""

    @property
    def evaluated(self) -> int:
        return sum(map(len, self.by_account.values()))

    @property
    def over_limit(self) -> int:
        """Pairs compared beyond 5 in 300 s of an account, or 10 in a minute of an address."""
        five = (most_within(at, timedelta(seconds=300)) - 5 for at in self.by_account.values())
        ten = (most_within(at, timedelta(minutes=1)) - 10 for at in self.by_address.values())
        return sum(max(0, more) for more in [*five, *ten])


def login_client(address: str, **cookies: str) -> httpx.AsyncClient:
    """The login form as somebody at `address` reaches it."""
    app = Handshake(Starlette(routes=routes.ROUTES))
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app, client=(address, 1)),
        base_url=ORIGIN,
        headers={"Origin": ORIGIN},
        cookies=cookies,
    )


async def log_in(client: httpx.AsyncClient, email: str, password: str) -> httpx.Response:
    return await client.post("/masuk", data={"email": email, "password": password})


def run_stuffing(pairs: int, addresses: int, accounts: int, minutes: int) -> StuffingResult:
    """Wrong pairs, evenly over the time; the first account's owner then has to get in."""
    stuffed, chance = StuffingResult(), random.Random(7)
    emails = [f"korban{number}@contoh.id" for number in range(accounts)]
    owner = account(emails[0])
    with inside.clock_at(*MOMENT) as now:
        live = inside.sign_in(owner)
        inside.run(_attack(stuffed, emails, pairs, addresses, minutes, now, chance))
        stuffed.owner = inside.run(_owner_gets_in(emails[0], live, now))
    return stuffed


async def _attack(
    stuffed: StuffingResult,
    emails: list[str],
    pairs: int,
    addresses: int,
    minutes: int,
    now: inside.Clock,
    chance: random.Random,
) -> None:
    compared: list[str] = []
    where = sys.modules[login.check_password.__module__]

    def recorded(password: str, password_hash: str) -> bool:
        compared.append(password)
        return is_correct(password, password_hash)

    clients = [login_client(f"203.0.113.{number}") for number in range(addresses)]
    with inside.patched((where, is_correct.__name__, recorded)):
        for number in range(pairs):
            email, address = chance.choice(emails), number % addresses
            answer = await log_in(clients[address], email, f"Tebakan-{number}!aB3")
            stuffed.pairs += 1
            stuffed.taken += COOKIE in answer.cookies
            if compared:
                stuffed.by_account[email].append(clock.now())
                stuffed.by_address[str(address)].append(clock.now())
                compared.clear()
            now.forward(minutes * 60 / pairs)


async def _owner_gets_in(email: str, live: str, now: inside.Clock) -> str:
    """What locks the owner out; empty when nothing does."""
    if not inside.act(sessions.find_person, live):
        return "the open session ended"
    flow = new_flow()
    with known_codes() as made:
        inside.act(reset.begin_reset, email, flow=flow)
        if flow not in made or inside.act(reset.confirm_reset, made[flow], flow=flow):
            return "no code for a reset"
    link = service_hash(mailed_token(email))
    changed = inside.act(reset.set_new_password, inside.hash_password(PASSWORD), link=link)
    if changed is not None:
        return f"the reset was refused: {changed}"
    answer = await log_in(login_client("198.51.100.7"), email, PASSWORD)
    return "" if COOKIE in answer.cookies else "login refused after the reset"


def service_hash(token: str) -> str:
    from barut_reflex.core.tokens import fingerprint

    return fingerprint(token)


def as_text(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {many}" for name, many in sorted(counts.items()))
