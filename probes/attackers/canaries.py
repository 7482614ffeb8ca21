"""Canary data: sends one person's unmistakable values through every screen, then searches for them.

It searches log, State, emails, tables and files for values out of place (row 39).
"""

import asyncio
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from barut_reflex.demo.people import demo_person
from probes import inside, served
from probes.tab import ROOT, Tab

TABLES_WITH_NIK = {"profile", "application", "card", "person"}  # where a NIK or an address belongs
RANDOM = re.compile(r"[0-9a-f]{20,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIMESTAMP = re.compile(r"^\d{4}-\d\d-\d\d[ T]")


@dataclass
class Canaries:
    """What must not be found. `secret` nowhere at all, `personal` only where it belongs."""

    secret: dict[str, str] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)
    received: str = ""
    answered: str = ""


def visit_screens() -> Canaries:
    """Sign up, log in, fill in, fail, reset: all of it by hand, with canaries."""
    return inside.run(_visit_screens())


async def _visit_screens() -> Canaries:
    office, found = served.running_office(), Canaries()
    number = int(time.time()) % 10**7
    email, person = f"kenari{number}@contoh.id", demo_person(5000 + number % 1000)
    found.secret = {"password": f"Kenari-{number}!rahasiA", "second": f"Nuri-{number}!rahasiA"}
    found.personal = {"email": email, "nik": person.personal["nik"]}
    browser = served.Browser(office)
    await asyncio.to_thread(browser.get, "/daftar/")
    async with Tab(office, browser.cookie, path="/daftar/") as tab:
        await _sign_up(tab, found, email)
        await asyncio.to_thread(_fail_on_purpose, browser, found)
        who = {"email": email, "password": found.secret["password"]}
        await asyncio.to_thread(browser.sign_in, who)
        found.received += tab.text
    found.secret |= {c.name: str(c.value) for c in browser.cookies.jar}
    async with Tab(office, browser.cookie, path="/pengajuan/data-diri/") as tab:
        for name in (
            f"{ROOT}.hydrate",
            inside.handler_name("who.load"),
            inside.handler_name("personal_state.load"),
        ):
            await tab.send(name, wait=0.1)
        await tab.send(inside.handler_name("personal_state.save"), form=person.personal)
        assert "data-diri" not in tab.text or "errors" in tab.text
        await _reset(tab, browser, found, email)
        found.received += tab.text
    return found


async def _sign_up(tab: Tab, found: Canaries, email: str) -> None:
    password = found.secret["password"]
    form = {"name": "Kenari Rahasia", "email": email, "password": password, "again": password}
    await tab.send(
        inside.handler_name("register_state.register"), form=form | {"agreed": True}, wait=1.5
    )
    code = await asyncio.to_thread(tab_office(tab).mailbox.code, email)
    found.secret["sign-up code"] = code
    wrong = f"{(int(code) + 1) % 10**6:06}"
    await tab.send(inside.handler_name("verify_state.verify"), form={"code": wrong})
    await tab.send(inside.handler_name("verify_state.verify"), form={"code": code})


def tab_office(_tab: Tab) -> Any:
    return served.running_office()


def _fail_on_purpose(browser: served.Browser, found: Canaries) -> None:
    """Mistakes and malformed requests, which errors and logs might quote."""
    nik, password = found.personal["nik"], found.secret["password"]
    answers = [browser.post("/masuk", data={"email": "x@contoh.id", "password": password})]
    answers.append(browser.post("/masuk", content=password.encode() * 20))
    answers += [browser.get(f"/{nik}?password={password}"), browser.get(f"/v/{nik}")]
    answers.append(browser.get(f"/berkas/{nik}", headers={"X-Forwarded-For": nik}))
    answers.append(browser.request("PUT", f"/masuk?{password}"))
    found.answered += " ".join(answer.text for answer in answers)


async def _reset(tab: Tab, browser: served.Browser, found: Canaries, email: str) -> None:
    """Ganti Password: code, link, new password. The link's token must stay in the cookie."""
    office = served.running_office()
    before = len(office.mailbox.letters(email))
    await tab.send(inside.handler_name("forgot_state.send"), form={"email": email})
    code = await asyncio.to_thread(office.mailbox.code, email, after=before)
    await tab.send(inside.handler_name("forgot_state.verify"), form={"code": code})
    find = office.mailbox.wait_for
    token = await asyncio.to_thread(find, email, r"/reset-password/(\S+)", after=before)
    found.secret |= {"reset code": code, "reset token": token}
    answer = await asyncio.to_thread(browser.get, f"/reset-password/{token}")
    found.answered += answer.headers["location"]
    new = {"password": found.secret["second"], "again": found.secret["second"]}
    async with Tab(office, browser.cookie, path="/reset-password/") as second:
        await second.send(inside.handler_name("reset_state.save"), form=new, wait=1)
        report = f"TypeError at {found.personal['nik']} {email}\nfake log line {email}"
        name = inside.handler_name("handle_frontend_exception")
        await second.send(name, info=report, component_stack=report)
        found.received += second.text


def find_leaks(canaries: Canaries, office: Any) -> list[str]:
    """Where a canary turned up that should not be there."""
    log, everything = served.server_log(office), canaries.secret | canaries.personal
    leaks = [f"{name} in the log" for name, word in everything.items() if word in log]
    leaks += [
        f"{n} sent to a tab" for n, w in canaries.secret.items() if _has(w, canaries.received)
    ]
    leaks += [f"{n} in an answer" for n, w in everything.items() if _has(w, canaries.answered)]
    leaks += (
        leaks_in_tables(canaries, office)
        + leaks_in_files(canaries, office)
        + digits_in_subjects(office)
    )
    return list(dict.fromkeys(leaks))


def _has(word: str, text: str) -> bool:
    """A code is six digits: only where it stands by itself, not by chance in a hash or an id."""
    if word.isdigit() and len(word) == 6:
        return re.search(rf"(?<![\d.]){word}(?!\d)", RANDOM.sub(" ", text)) is not None
    return word in text


def leaks_in_tables(canaries: Canaries, office: Any) -> list[str]:
    leaks = []
    for table, rows in served.snapshot(office).items():
        columns = [column[1] for column in served.query(office, f"PRAGMA table_info({table})")]
        if not columns or not rows:
            continue
        cells = [c for row in served.query(office, f"SELECT * FROM {table}") for c in row]
        text = "\n".join(str(c) for c in cells if c and not TIMESTAMP.match(str(c)))
        for name, word in canaries.secret.items():
            leaks += [f"{name} in table {table}"] if _has(word, text) else []
        if table not in TABLES_WITH_NIK and canaries.personal["nik"] in text:
            leaks.append(f"NIK in table {table}")
    return leaks


def leaks_in_files(canaries: Canaries, office: Any) -> list[str]:
    """Secrets in any file but the demo's own mail folder; state files must not be there at all."""
    leaks = []
    for path in Path(office.var).rglob("*"):
        if not path.is_file() or path.suffix in (".eml", ".db-shm"):
            continue
        content = path.read_bytes()
        for name, word in canaries.secret.items():
            if len(word) > 6 and word.encode() in content:
                leaks.append(f"{name} in {path.name}")
    states = served.ROOT / ".states"
    return leaks + (["state files"] if states.exists() and any(states.iterdir()) else [])


def digits_in_subjects(office: Any) -> list[str]:
    """Numbers in subjects of mails: a code or a NIK would stand there."""
    letters = (path.read_text(errors="replace") for path in office.mailbox.folder.glob("*.eml"))
    subjects = {line for text in letters for line in re.findall(r"^Subject: .*", text, re.M)}
    return [f"digits in {subject}" for subject in subjects if re.search(r"\d{4}", subject)]
