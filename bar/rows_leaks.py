"""Leaked personal data, known vulnerabilities, unsafe starts, breach drill (rows 39, 43, G1, G3).

Also names row 42 (exports), whose part of the product is not built yet.
"""

import argparse
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from barut_reflex import cli
from barut_reflex.core import audit, clock, db, models, views
from barut_reflex.core.desks import Database
from barut_reflex.core.settings import Settings, UnsafeSetting, check_production
from barut_reflex.people.rules import Role
from measure.row import Figure, Scale
from probes import inside, served
from probes.attackers import canaries
from probes.case_factories import make_case

from .table import TABLE

ROOT = served.ROOT
PAIRS = ("admin", "administrator", "root", "petugas", "budi", "demo", "test", "user", "guest", "sa")
WORDS = ("admin", "password", "123456", "admin123", "rahasia")

TABLE.missing(
    42, "Formula cells from hostile exports", goal="0 of 1,000", points=1, part="reports (exports)"
)


@TABLE.row(
    39,
    "Canaries in logs, states, addresses, errors, subjects, tables, files",
    goal="0",
    points=2,
)
def leaked_canaries(scale: Scale) -> Figure:
    planted = canaries.visit_screens()
    leaks = canaries.find_leaks(planted, served.running_office())
    names = ", ".join([*planted.secret, *planted.personal])
    detail = f"{names}; the mailed link itself and the demo's mail folder excepted"
    return Figure(str(len(leaks)), not leaks, "; ".join([detail, *leaks[:6]]))


@TABLE.row(
    43,
    "Known vulnerabilities older than 14 days; bandit and own rules, high",
    goal="0; 0",
    points=1,
)
def supply_chain(scale: Scale) -> Figure:
    high, rules = bandit_high(), own_rules_broken()
    said = [pip_advisories(), npm_advisories()] if scale is not Scale.SMALL else [(None, "not run")]
    known = [count for count, _ in said]
    reached = all(count is not None for count in known)
    figure = f"{sum(filter(None, known)) if reached else 'advisories not reachable here'}; "
    passed = high == 0 and not rules and reached and not any(known)
    if scale is Scale.SMALL:
        passed = high == 0 and not rules
    return Figure(f"{figure}{high + len(rules)}", passed, "; ".join(w for _, w in said))


def bandit_high() -> int:
    done = _run("bandit", "-q", "-c", "pyproject.toml", "-r", "barut_reflex", "tools", "-f", "json")
    found = json.loads(done.stdout)["results"]
    return sum(result["issue_severity"] == "HIGH" for result in found)


def own_rules_broken() -> list[str]:
    """What this house does without: each of these words would open a hole."""
    words = ("rx.upload(", "rx.html(", "rx.toast", "call_script(", "rx.Cookie", "rx.LocalStorage")
    sources = list((ROOT / "barut_reflex").rglob("*.py"))
    return [f"{word} in {path.name}" for path in sources for word in words if word in _text(path)]


def _text(path: Path) -> str:
    return path.read_text()


def pip_advisories() -> tuple[int | None, str]:
    """Known vulnerabilities of the locked packages; None when no advisory could be read.

    pip-audit says "none found" also when the index knows no advisories at all, so what it
    skipped is counted.
    """
    words = ["-r", "requirements.txt", "--disable-pip", "--require-hashes", "-f", "json"]
    done = _run("pip-audit", *words, "--progress-spinner", "off", seconds=120)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return None, "pip-audit: no answer from the index"
    skipped = sum("skip_reason" in package for package in packages)
    if skipped:
        return None, f"pip-audit: {skipped} of {len(packages)} packages have no advisories there"
    vulnerable = sum(len(package["vulns"]) for package in packages)
    return vulnerable, f"pip-audit: {len(packages)} packages, {vulnerable} known"


def npm_advisories() -> tuple[int | None, str]:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / "reflex.lock" / name, folder)
        words = ("audit", "--package-lock-only", "--json")
        done = _run("npm", *words, cwd=Path(folder), seconds=120)
    try:
        levels = json.loads(done.stdout)["metadata"]["vulnerabilities"]
    except (ValueError, KeyError):
        return None, "npm audit: the registry has no advisories here"
    return levels["total"], f"npm audit: {levels['total']} known"


def _run(
    tool: str, *words: str, cwd: Path = ROOT, seconds: int = 300
) -> subprocess.CompletedProcess[str]:
    tools = Path(sys.executable).parent
    env = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}"}
    command = [str(tools / tool), *words]
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, timeout=seconds, check=False
    )


@TABLE.row(
    "G1",
    "Default accounts on a fresh install; starts with an unsafe production setting",
    goal="0; refused",
    points=0,
)
def fresh_install(scale: Scale) -> Figure:
    with inside.office() as engine:
        people = len(inside.snapshot(engine)["person"])
    tried, taken = default_pairs(scale.of(5, 50, 50))
    settings_tried, started = unsafe_starts()
    passed = not (people or taken or started)
    detail = f"{tried} default pairs at the demo's own login; {settings_tried} unsafe settings"
    figure = f"{people + taken}; {len(started)} started"
    return Figure(figure, passed, "; ".join([detail, *started]))


def default_pairs(many: int) -> tuple[int, int]:
    office, taken = served.running_office(), 0
    names = [f"{name}@disnaker.contoh.id" for name in PAIRS]
    pairs = [(name, word) for word in WORDS for name in names][:many]
    for number, (email, password) in enumerate(pairs):
        browser = served.Browser(office, f"127.0.4.{number + 1}")
        browser.get("/login/")
        browser.post("/masuk", data={"email": email, "password": password})
        taken += served.SESSION in browser.cookies
    return len(pairs), taken


SAFE: dict[str, Any] = {
    "env": "production",
    "base_url": "https://kerja.example.go.id",
    "secret": "k" * 48,
    "smtp_host": "mail.example.go.id",
    "officer_totp": True,
    "bcrypt_cost": 12,
}
UNSAFE: list[dict[str, Any]] = [
    {"secret": ""},
    {"secret": "short"},
    {"base_url": "http://kerja.example.go.id"},
    {"base_url": ""},
    {"smtp_host": ""},
    {"smtp_tls": "none"},
    {"officer_totp": False},
    {"bcrypt_cost": 11},
    {"workers": 2},
]


def unsafe_starts() -> tuple[int, list[str]]:
    """Which unsafe settings production opens with; and no environment at all."""
    check_production(Settings(_env_file=None, **SAFE))  # pyright: ignore[reportCallIssue]
    started = []
    for bad in UNSAFE:
        with contextlib.suppress(UnsafeSetting):
            check_production(Settings(_env_file=None, **SAFE | bad))  # pyright: ignore[reportCallIssue]
            started.append(str(bad))
    env = {name: value for name, value in os.environ.items() if not name.startswith("BARUT_")}
    for more in ({}, {"BARUT_ENV": "production"}):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", "import barut_reflex.barut_reflex"]
            env |= {"PYTHONPATH": str(Path.cwd()), "BARUT_VAR": folder}
            done = subprocess.run(command, cwd=folder, env=env | more, capture_output=True)
            started += [f"started with {more or 'no BARUT_ENV'}"] if done.returncode == 0 else []
    return len(UNSAFE) + 2, started


@TABLE.row("G3", "Breach drill: who saw this NIK between two times", goal="<= 60 s", points=0)
def breach_drill(scale: Scale) -> Figure:
    rows = scale.of(2_000, 100_000, 500_000)
    seconds, told = drill(rows)
    wanted = {"view_case", "view_paper"}
    lacking = [act for act in sorted(wanted) if act not in told]
    passed = seconds <= 60 and not lacking
    detail = f"one command over {rows:,} rows of the trail, a case and its paper opened"
    detail += f"; not told: {', '.join(lacking)}" if lacking else ""
    return Figure(f"{seconds:.2f} s", passed, detail)


def drill(rows: int) -> tuple[float, str]:
    """Fill the trail with looks at others, let an officer look at one, ask who saw them."""
    from barut_reflex.documents.service import attachments

    with inside.office() as engine:
        seeker, officer = inside.person_of(Role.JOB_SEEKER), inside.person_of(Role.OFFICER)
        with Session(engine, expire_on_commit=False) as session:
            case = make_case(session, applicant=seeker)
            view = views.View(views.ViewKind.CASE, seeker.public_id, case.nik, case.public_id)
            views.record(session, view, by=officer)
            paper = next(iter(attachments.current_papers(session, seeker.id).values()))
            view = views.View(views.ViewKind.PAPER, seeker.public_id, detail=paper.public_id)
            views.record(session, view, by=officer)
            last = audit.head(session)[0]
            others = {"act": "view_case", "actor_id": officer.id, "subject": "x", "detail": ""}
            others |= {"nik_hash": "0" * 64, "previous": "0" * 64, "seal": "0" * 64}
            table = models.AuditEntry.__table__  # pyright: ignore[reportAttributeAccessIssue]
            many = ({**others, "id": last + 1 + n, "at": clock.now()} for n in range(rows))
            session.execute(table.insert(), list(many))
            session.commit()
        asked = argparse.Namespace(nik=case.nik, since=date.today() - timedelta(days=1), until=None)
        told, began = io.StringIO(), time.monotonic()
        with contextlib.redirect_stdout(told):
            cli.who_saw(Database(db.reading, db.writing), asked)
        return time.monotonic() - began, told.getvalue()
