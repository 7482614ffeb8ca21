"""Account enumeration: the same requests for known and unknown addresses, in turns (row 13).

Also many logins at the same moment, for row 14.
"""

import asyncio
import re
import time
from typing import Any

import bcrypt

from probes import inside, served
from probes.tab import ROOT, Tab

Measured = tuple[list[float], list[float], list[str]]
GUESS = "Bukan-Password-9!"


def give_passwords(many: int) -> None:
    """The demo's other people get a real hash, so that a login costs what it costs in life."""
    office = served.running_office()
    served.wait_for_people(office)
    kept = bcrypt.hashpw(b"nobody knows this", bcrypt.gensalt(12)).decode()
    served.execute(office, "UPDATE person SET password_hash = ? WHERE password_hash = '!'", (kept,))


def _known(nth: int) -> str:
    """The address of an account; another one each time, since each has its own limits."""
    office = served.running_office()
    rows = served.query(office, "SELECT email FROM person WHERE role = 'JOB_SEEKER' ORDER BY id")
    return rows[nth % len(rows)][0]


def _unknown(nth: int) -> str:
    return f"bukan{nth:05}@contoh.id"


async def logins(pairs: int) -> Measured:
    """A wrong password: the answer of the form, and the sentence on the next page."""
    return await _in_turns(pairs, _login)


async def _login(email: str, nth: int) -> tuple[float, str]:
    office = served.running_office()
    browser = served.Browser(office, f"127.{10 + nth // 250}.{nth % 250}.1")
    await asyncio.to_thread(browser.get, "/login/")
    form = {"email": email, "password": GUESS}
    began = time.monotonic()
    answer = await asyncio.to_thread(browser.post, "/masuk", data=form)
    took = time.monotonic() - began
    async with Tab(office, browser.cookie, path="/login/") as tab:
        await tab.emit(inside.handler_name("login_state.load"), {})
        await tab.until("refusal")
        await tab.quiet(0.05)
        said = _deltas(tab)
    headers = sorted((k, v) for k, v in answer.headers.items() if k not in ("date", "set-cookie"))
    return took, f"{answer.status_code} {headers} {answer.text} {said}".replace(email, "EMAIL")


async def sign_ups(pairs: int) -> Measured:
    form = {"name": "Dewi Contoh", "password": "Kapuas-Lahei88!", "again": "Kapuas-Lahei88!"}
    form |= {"agreed": True}
    return await _in_turns(
        pairs, lambda email, _: _send("register_state.register", form, email, "_redirect")
    )


async def resets(pairs: int) -> Measured:
    return await _in_turns(
        pairs, lambda email, _: _send("forgot_state.send", {}, email, "_set_focus")
    )


async def _send(name: str, form: dict[str, Any], email: str, last: str) -> tuple[float, str]:
    """One form over a socket of a new browser; until the office's last word (`last`) on it."""
    office = served.running_office()
    flow = f"{served.FLOW}={time.monotonic_ns()}"
    moment = time.monotonic_ns() // 1000  # a network each: codes are counted by it
    address = f"127.{40 + moment // 62500 % 200}.{moment // 250 % 250}.{1 + moment % 250}"
    async with Tab(office, flow, address=address) as tab:
        await tab.send(f"{ROOT}.hydrate", wait=0.1)
        tab.heard.clear()
        began = time.monotonic()
        await tab.emit(inside.handler_name(name), {"form": form | {"email": email}})
        await tab.until(last, seconds=20)
        took = time.monotonic() - began
        await tab.quiet(0.05)
        return took, _deltas(tab).replace(email, "EMAIL")


def _deltas(tab: Tab) -> str:
    """What was heard, without what belongs to the socket itself and to the counter of waiting."""
    text = re.sub(r'"rx_router_\w+": (\{[^{}]*(\{[^{}]*\}[^{}]*)*\}|"[^"]*")', "", tab.text)
    text = re.sub(r'"wait_rx_state_": "\d+/\d+"', "WAIT", text)
    return re.sub(r'"(token|client_token|session_id)": "[^"]*"', "", text)


async def _in_turns(pairs: int, one: Any) -> Measured:
    """Known and unknown in turns, which of them first changing, so that drift hits both."""
    times: dict[bool, list[float]] = {True: [], False: []}
    seen: dict[str, set[bool]] = {}
    for number in range(pairs):
        for is_known in (True, False) if number % 2 else (False, True):
            email = _known(number) if is_known else _unknown(number)
            took, text = await one(email, 2 * number + is_known)
            times[is_known].append(took)
            seen.setdefault(text, set()).add(is_known)
    odd = [text[:200] for text, sides in seen.items() if len(sides) == 1]
    return times[True], times[False], odd


async def log_in_at_once(many: int) -> None:
    """So many people log in at the same moment, each from an address of their own."""
    office = served.running_office()

    def log_in(nth: int) -> None:
        browser = served.Browser(office, f"127.0.5.{nth + 1}")
        browser.get("/login/")
        browser.post("/masuk", data={"email": _known(nth), "password": GUESS}, timeout=120)

    loop = asyncio.get_running_loop()
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(many) as pool:
        work = [loop.run_in_executor(pool, log_in, nth) for nth in range(many)]
        await asyncio.gather(*work)
