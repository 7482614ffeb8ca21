"""Attacks on one-time codes, passwords, login, reset links; mail bombing (rows 9-12, 15-17)."""

import threading
from collections.abc import Callable
from datetime import timedelta

from barut_reflex.accounts import rules as accounts
from barut_reflex.accounts.rules import Purpose
from barut_reflex.accounts.service import reset
from barut_reflex.core import tokens
from barut_reflex.core.errors import Refusal
from barut_reflex.people.service import sessions as people_sessions
from measure.row import Figure, Scale
from probes import inside
from probes.attackers import code_guessing, credential_stuffing, foreign_host, password_rules

from .table import TABLE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@TABLE.row(
    9,
    "Guessing a code: success per address and hour; of the whole site and hour",
    goal="<= 2.5e-5; <= 6e-4",
    points=4,
)
def guessed_codes(scale: Scale) -> Figure:
    minutes = scale.of(61, 6 * 60, 24 * 60)
    with inside.office():
        code_guessing.account("dewi@contoh.id")
        of_one = code_guessing.guess_for(minutes, ["dewi@contoh.id"])
    site = [
        _at_many(scale.of(30, 60, 200), lambda emails: code_guessing.guess_for(3, emails)),
        _at_many(scale.of(20, 120, 200), code_guessing.guess_collected),
    ]
    of_site = max(_chance(guesses) for guesses in site)
    first_hour = [one for one in of_one if one.at < of_one[0].at + HOUR]
    an_hour = _chance(first_hour)
    meet = code_guessing.most_within([guess.at for guess in of_one], HOUR)
    detail = (
        f"{len(first_hour)} guesses compared in the hour of one address, {len(of_one)} in "
        f"{minutes // 60} h (two batches can meet in one sliding hour: {meet}); of the site "
        f"{len(site[0])} one code after another, {len(site[1])} at codes asked for beforehand, "
        "from a new network each; in slow mode codes have ten digits"
    )
    passed = an_hour <= 2.5e-5 and of_site <= 6e-4
    return Figure(f"{an_hour:.1e}; {of_site:.1e}", passed, detail)


def _chance(guesses: list[code_guessing.Guess]) -> float:
    return round(sum(guess.chance for guess in guesses), 12)


def _at_many(
    many: int, attack: Callable[[list[str]], list[code_guessing.Guess]]
) -> list[code_guessing.Guess]:
    """The guesses of an attack at so many accounts of an office of their own."""
    with inside.office():
        emails = [f"korban{number}@contoh.id" for number in range(many)]
        for email in emails:
            code_guessing.account(email)
        return attack(emails)


@TABLE.row(
    10,
    "Codes reused, for another purpose, person or browser, late: accepted",
    goal=">= 1,000, 0",
    points=2,
)
def misused_codes(scale: Scale) -> Figure:
    with inside.office():
        tried, accepted = code_guessing.misuse(scale.of(10, 130, 300))
    detail = credential_stuffing.as_text(tried)
    return Figure(f"{sum(tried.values()):,}, {len(accepted)}", not accepted, detail)


@TABLE.row(
    11,
    "Parallel guesses at one code: compared",
    goal="200, <= 5",
    points=2,
)
def parallel_guesses(scale: Scale) -> Figure:
    compared, right = guess_in_parallel(scale.of(60, 200, 200))
    many = scale.of(60, 200, 200)
    passed = compared <= 5 and isinstance(right, Refusal)
    detail = f"{many} threads on one file; afterwards the right code: {type(right).__name__}"
    return Figure(f"{many}, {compared}", passed, detail)


def guess_in_parallel(many: int) -> tuple[int, object]:
    """How many of `many` simultaneous guesses were compared, and what the right code got after."""
    with inside.office(), code_guessing.known_codes() as made, code_guessing.comparisons() as at:
        code_guessing.account("dewi@contoh.id")
        flow = code_guessing.new_flow()
        inside.act(reset.begin_reset, "dewi@contoh.id", flow=flow)
        wrong = f"{(int(made[flow]) + 1) % 10**6:06}"
        start = threading.Barrier(many)

        def guess():
            start.wait()
            while True:
                try:
                    return inside.act(reset.confirm_reset, wrong, flow=flow)
                except Exception:  # the database is busy: try again, as a robot would
                    continue

        threads = [threading.Thread(target=guess) for _ in range(many)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(at), inside.act(reset.confirm_reset, made[flow], flow=flow)


@TABLE.row(
    12,
    "Emails to one mailbox under attack, 50 spellings of its address",
    goal="<= 5/h, <= 10/day for each of sign-up and reset",
    points=2,
)
def mail_bombing(scale: Scale) -> Figure:
    worst = []
    requests = scale.of(50, 500, 2000)
    for purpose in Purpose:
        with inside.office():
            at = code_guessing.bomb_mailbox("dewi.lestari@gmail.com", requests, 26, purpose)
            worst.append((code_guessing.most_within(at, HOUR), code_guessing.most_within(at, DAY)))
        with inside.office():
            at = code_guessing.bomb_mailbox("dewi.lestari@gmail.com", requests, 1, purpose)
            worst.append((code_guessing.most_within(at, HOUR), code_guessing.most_within(at, DAY)))
    an_hour, a_day = max(h for h, _ in worst), max(d for _, d in worst)
    figure = f"{an_hour}/h, {a_day}/day"
    detail = f"{requests} requests in 1 h and in 26 h, for each of the two; new browser each time"
    return Figure(figure, 0 < an_hour <= 5 and a_day <= 10, detail)


@TABLE.row(
    15,
    "Common and local passwords refused; 64 and more characters taken; cut off",
    goal=">= 3,000: 100 %; yes; none",
    points=2,
)
def weak_passwords(scale: Scale) -> Figure:
    common = password_rules.common(scale.of(300, 3000, 10_000))
    taken = [word for word in common if password_rules.is_taken(word)]
    local = [word for word in password_rules.local() if password_rules.is_taken(word)]
    long_ones, cut = password_rules.long_ones_taken(), password_rules.cut_off()
    passed = not taken and not local and long_ones and not cut
    refused = 100 * (1 - (len(taken) + len(local)) / (len(common) + len(password_rules.local())))
    figure = f"{len(common):,} + {len(password_rules.local())} local: {refused:.2f} %; "
    figure += f"{'yes' if long_ones else 'no'}; {cut or 'none'}"
    return Figure(figure, passed, "taken: " + ", ".join([*taken, *local][:10]) if taken else "")


@TABLE.row(
    16,
    "Credential stuffing: pairs evaluated over the limit; owner locked out",
    goal="10,000 pairs over 100 addresses: 0; no",
    points=2,
)
def stuffed_logins(scale: Scale) -> Figure:
    pairs, addresses = scale.of(240, 10_000, 10_000), scale.of(10, 100, 100)
    with inside.office():
        done = credential_stuffing.run_stuffing(
            pairs, addresses, scale.of(8, 200, 200), scale.of(2, 30, 30)
        )
    passed = not (done.over_limit or done.owner or done.taken) and done.evaluated > 0
    detail = f"{done.pairs:,} pairs, {done.evaluated:,} looked at; bcrypt cost 4 here"
    detail += f"; the owner: {done.owner or 'session lives, reset and login work'}"
    return Figure(f"{done.over_limit}; {'yes' if done.owner else 'no'}", passed, detail)


@TABLE.row(
    17,
    "Reset link: bits, life, uses, sessions that survive, poisoned hosts in mail",
    goal="256, 600 s, 1, 0, 0",
    points=2,
)
def reset_links(scale: Scale) -> Figure:
    with inside.office():
        bits, life, uses, survive = abused_links(scale.of(8, 24, 64))
    tried, poisoned = foreign_host.poisoned()
    passed = (bits, life, uses, survive, poisoned) == (256, 600, 1, 0, [])
    detail = f"{tried} Host and forwarding headers on plain requests and sockets"
    said = "; ".join([detail, *poisoned[:3]])
    return Figure(f"{bits}, {life} s, {uses}, {survive}, {len(poisoned)}", passed, said)


def abused_links(parallel: int) -> tuple[int, int, int, int]:
    """Bits of the token; the seconds it works; uses of one link in parallel; sessions left."""
    email = "dewi@contoh.id"
    person = code_guessing.account(email)
    hashed = inside.hash_password("Lahei-Kapuas77!")
    with inside.clock_at(*code_guessing.MOMENT) as now, code_guessing.known_codes() as made:
        lives = [_works_after(seconds, email, hashed, now, made) for seconds in (599, 601)]
        token = _link(email, now, made)
        sessions = [inside.sign_in(person) for _ in range(3)]
        for _ in range(5):  # a scanner of mails opens the link first
            inside.act(reset.link_is_good, tokens.fingerprint(token))
        uses = _use_in_parallel(tokens.fingerprint(token), hashed, parallel)
        uses += inside.act(reset.set_new_password, hashed, link=tokens.fingerprint(token)) is None
        first, second = _link(email, now, made), _link(email, now, made)
        uses += inside.act(reset.link_is_good, tokens.fingerprint(first)) is True
        inside.act(reset.set_new_password, hashed, link=tokens.fingerprint(second))
        alive = [one for one in sessions if inside.act(people_sessions.find_person, one)]
    life = 600 if lives == [True, False] else -1
    assert timedelta(seconds=600) == accounts.LINK_LIFETIME
    return len(token) * 6 // 8 * 8, life, uses, len(alive)


def _works_after(
    seconds: int, email: str, hashed: str, now: inside.Clock, made: dict[str, str]
) -> bool:
    link = tokens.fingerprint(_link(email, now, made))
    now.forward(seconds)
    return inside.act(reset.set_new_password, hashed, link=link) is None


def _link(email: str, now: inside.Clock, made: dict[str, str]) -> str:
    now.forward(3700)
    flow = code_guessing.new_flow()
    inside.act(reset.begin_reset, email, flow=flow)
    assert inside.act(reset.confirm_reset, made[flow], flow=flow) is None
    return code_guessing.mailed_token(email)


def _use_in_parallel(link: str, hashed: str, many: int) -> int:
    used, start = [], threading.Barrier(many)

    def use():
        start.wait()
        answer = inside.act(reset.set_new_password, hashed, link=link)
        used.append(answer is None)

    threads = [threading.Thread(target=use) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(used)
