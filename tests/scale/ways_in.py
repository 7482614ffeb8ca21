"""A real office or a demo in this process, and every command that opens one."""

import argparse
import sys
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import col, delete

from barut_reflex import cli
from barut_reflex.core import db, origin, rows
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import Counter
from barut_reflex.core.settings import settings
from barut_reflex.demo import office

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import serve  # noqa: E402

RIGHT, WRONG = "r" * 40, "w" * 40
REAL = {
    "base_url": "https://kerja.example.go.id",
    "smtp_host": "mail.example.go.id",
    "officer_totp": True,
    "bcrypt_cost": 12,
}
CREATE = ["admin", "create", "--name", "Ratna", "--email", "ratna@contoh.go.id"]


def work_as(patch, env, secret=""):
    """Let this process be an office of that kind, with that secret."""
    patch.setattr(settings, "env", env)
    patch.setattr(settings, "secret", SecretStr(secret))
    vars(settings).pop("secret_key", None)
    for name, value in REAL.items():
        patch.setattr(settings, name, value)
    if env == "demo":
        patch.setattr(settings, "base_url", "")
    patch.setitem(settings.__dict__, "address", settings.base_url or "http://localhost:3000")


on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def everything(folder):
    """All rows and all files, as they are now."""
    copy = folder.parent / "copy"
    copy.mkdir(exist_ok=True)
    with db.reading() as session:
        rows.write_tables(session, copy, set())
    files = {p for name in ("var/keys", "uploaded_files") for p in (folder / name).rglob("*")}
    files |= {path for path in (folder / "var").iterdir() if "barut.db" not in path.name}
    tables = {path.name: path.read_bytes() for path in copy.iterdir()}
    return tables, {str(p): p.read_bytes() if p.is_file() else b"" for p in files}


def every_command(parser, words=()):
    """Each command with something for all it asks for, read out of the parser itself."""
    asked = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, under in action.choices.items():
                yield from every_command(under, (*words, name))
        elif action.required:
            asked += [*action.option_strings[:1], "1" if action.type is int else "01/01/2026"]
    if parser.get_default("command"):
        yield [*words, *asked]


def ways_in():
    """Each way into an office by name."""
    found = {" ".join(words): partial(cli.main, words) for words in every_command(cli.parser())}
    return found | {"migrate": serve.prepare, "server": partial(serve.serve, 4811)}


DEMO_WAYS = {"demo": office.create_accounts, "the demo's others": office.create_history}


def refused(way, capsys):
    """What somebody is told who comes that way; empty when it lets them in."""
    try:
        status = way()
    except SystemExit as end:
        return str(end.code or "")
    except Refusal as refusal:
        return refusal.message
    said = capsys.readouterr().err
    return said if status else ""


def let_in(folder, capsys, sentence, ways):
    """Who comes in, or is told something else, or changes something."""
    before, found = everything(folder), []
    for name, way in ways.items():
        if sentence not in refused(way, capsys):
            found.append(f"{name} is let in")
    return found if everything(folder) == before else [*found, "something was changed"]


# -- an office from before fingerprints -----------------------------------------------------------


def forget_mark():
    with db.writing() as session:
        session.execute(delete(Counter).where(col(Counter.key).in_(origin.KEYS.values())))
