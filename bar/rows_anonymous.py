"""Anonymous attackers against others' codes, logins and emails (rows 47, 48 of the bar).

How many honest people are refused or wait, and how many emails attackers can have sent.
"""

from barut_reflex.core.settings import settings
from measure.row import Figure, Scale
from probes.attackers import anonymous_attackers

from .table import TABLE

BAR = "none stopped (slow mode + alarm); none refused; honest code <= 30 s behind 10,000 emails"


@TABLE.row(
    47,
    "Attackers guess codes, passwords: honest codes stopped; logins of a known browser refused",
    goal=BAR,
    points=4,
)
def stopped_and_refused(scale: Scale) -> Figure:
    guessed = anonymous_attackers.guess_codes(scale.of(62, 244, 488))
    logins = anonymous_attackers.fail_logins(scale.of(30, 120, 240))
    passed = not (guessed.stopped or logins.refused) and guessed.is_alarmed
    passed = passed and guessed.honest > 0 and logins.honest > 0
    detail = f"{guessed.wrong} wrong codes at {guessed.attacks} accounts, slow mode "
    detail += f"{'with alarm' if guessed.is_alarmed else 'not reached'}, right codes stopped: "
    detail += f"{guessed.stopped} of {guessed.honest}; {logins.failures} failures of attackers at "
    detail += f"an officer's account, right passwords refused: {logins.refused} of {logins.honest}"
    return Figure(f"{guessed.stopped}; {logins.refused}", passed, detail)


@TABLE.row(
    47,
    "An honest code behind queued emails and a flood from one network, mail server slow",
    goal=BAR,
    points=4,
    timed=True,
)
def waiting_codes(scale: Scale) -> Figure:
    queued = scale.of(1_000, 10_000, 20_000)
    waits = anonymous_attackers.wait_for_codes(queued, seconds=scale.of(8, 40, 60))
    worst = max(waits, default=float("inf"))
    detail = f"{len(waits)} honest codes behind {queued:,} letters, a server that takes 0.3 s for "
    detail += f"each, {settings.smtp_connections} connections; another browser of the same network "
    detail += "asks for codes all the while"
    return Figure(f"{worst:.1f} s", len(waits) > 0 and worst <= 30, detail)


@TABLE.row(
    48,
    "Emails to different addresses an hour: one browser, one network, a known one, the site",
    goal="<= 10, <= 60, <= 300, a setting that slows and stops nobody new",
    points=2,
)
def emails_of_attackers(scale: Scale) -> Figure:
    sent = anonymous_attackers.request_emails(scale.of(1, 2, 4), site=scale.of(60, 600, 600))
    caps = sent.browser <= 10 and sent.network <= 60 and sent.known <= 300
    passed = caps and sent.of_slow <= 10 and sent.newcomer and sent.is_alarmed and not sent.odd
    figure = f"{sent.browser}, {sent.network}, {sent.known}, "
    figure += "newcomers pass" if sent.newcomer else "newcomers stopped"
    detail = f"{sent.tried} addresses tried, half of them with an account: answers that differ "
    detail += f"{sent.odd}; over {sent.site} of the site a network has {sent.of_slow}"
    return Figure(figure, passed, detail)
