"""Host header poisoning: are foreign hosts served, do they get into reset emails (row 17)?"""

import re

from probes import inside, served
from probes.tab import ROOT, Tab, is_refused

FOREIGN = [
    "evil.example",
    "evil.example:80",
    "localhost",
    "localhost:80",
    "localhost:{port}.evil.example",
    "evil.example#localhost:{port}",
    "evil.example/localhost:{port}",
    "localhost@evil.example",
    "127.0.0.1",
    "127.0.0.1.nip.io",
    "[::1]",
    "",
    "LOCALHOST.",
    "xn--lcalhost-11a:{port}",
]
FORWARDED = ["X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"]
OVERRIDE = ["X-Host", "X-Original-URL", "X-Rewrite-URL", "Host-Override"]
LINK = re.compile(r"https?://\S+?/reset-password/")


def poisoned() -> tuple[int, list[str]]:
    """How many poisoned requests were tried, and which of them were served or poisoned a mail."""
    office, bad = served.running_office(), []
    headers = [{"Host": host.format(port=office.port)} for host in FOREIGN]
    headers += [{name: "evil.example"} for name in FORWARDED]
    browser = served.Browser(office)
    for header in headers:
        answers = [browser.get("/lupa-password/", headers=header)]
        answers.append(browser.get(f"/reset-password/{'x' * 43}", headers=header))
        bad += [f"served {header}" for answer in answers if answer.status_code != 421][:1]
        tab = Tab(office, browser.cookie, headers=header)
        bad += [] if inside.run(is_refused(tab)) else [f"socket {header}"]
    bad += [f"mail {link}" for link in inside.run(_links_mailed())]
    return len(headers) * 3 + len(OVERRIDE), bad


async def _links_mailed() -> list[str]:
    """Links that do not lead to us, mailed for resets asked under misleading headers."""
    office = served.running_office()
    person = office.one("job_seeker", 4)
    before = len(office.mailbox.letters(person["email"]))
    extra = dict.fromkeys(OVERRIDE, "evil.example")
    send = inside.handler_name("forgot_state.send")
    verify = inside.handler_name("forgot_state.verify")
    async with Tab(office, f"{served.FLOW}=poison{before}", headers=extra) as tab:
        await tab.send(f"{ROOT}.hydrate")
        await tab.send(send, form={"email": person["email"]})
        code = office.mailbox.code(person["email"], after=before)
        await tab.send(verify, form={"code": code})
        office.mailbox.wait_for(person["email"], r"/reset-password/(\S+)", after=before)
    letters = " ".join(office.mailbox.letters(person["email"])[before:])
    ours = (f"http://localhost:{office.port}/reset-password/",)
    return [link for link in LINK.findall(letters) if link not in ours]
