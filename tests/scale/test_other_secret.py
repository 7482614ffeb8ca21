"""A wrong or empty secret, or a demo in a real office: refused by every way in, nothing done."""

import argparse
import json
import os
import sys
import tarfile
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import col, delete, func, select

from barut_reflex import cli
from barut_reflex.core import audit, db, origin, rows, schema
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import Counter
from barut_reflex.core.settings import settings
from barut_reflex.demo import acts, office
from barut_reflex.people.models import Person
from probes.factories import known
from probes.faults.backlog import make_officer, make_submitted_cases
from probes.faults.restore_work import store_paper, store_photo
from probes.faults.temporary_office import office_at
from probes.servers import empty_database

from ..reliability.test_backup import rewritten

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


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request):
    """Where the office's rows lie: a file of its own, or a database of its own."""
    if request.param == "sqlite":
        yield ""
        return
    with empty_database() as url:
        yield url


on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def own_secret(monkeypatch):
    monkeypatch.setitem(settings.__dict__, "secret_key", settings.secret_key)  # as it was, after


@pytest.fixture
def real(own_secret, address, monkeypatch, tmp_path):
    """A real office with people, papers and a trail, right as it is; gives its folder."""
    work_as(monkeypatch, "production", RIGHT)
    monkeypatch.setattr(os, "execvpe", lambda *words: pytest.fail("the server opened"))
    with office_at(tmp_path / "office", address):
        assert cli.main(["kunci-qr"]) == 0
        make_officer()
        store_paper(make_submitted_cases(1, store_photo())[0].applicant_id, b"ktp")
        with db.writing() as session:
            for number in range(4):
                audit.record(session, f"act_{number}", by=None)
        yield tmp_path / "office"


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


def test_every_command_is_walked():
    names = {name.split()[0] for name in ways_in()}
    commands = {"admin", "kunci-qr", "audit", "backup", "restore", "move"}
    assert names == commands | {"migrate", "server"}
    assert len(ways_in()) >= 12


def test_a_wrong_secret_is_refused_by_every_way_in(real, monkeypatch, capsys):
    wanted = origin.fingerprint()
    work_as(monkeypatch, "production", WRONG)
    sentence = f"bersidik {wanted}, yang terpasang bersidik {origin.fingerprint()}"
    assert let_in(real, capsys, sentence, ways_in()) == []


@on_sqlite
def test_an_empty_secret_is_refused_by_every_way_in(real, monkeypatch, capsys):
    work_as(monkeypatch, "production", "")
    assert let_in(real, capsys, "BARUT_SECRET minimal 32", ways_in()) == []
    assert not (real / "var" / "secret").exists()


@on_sqlite
def test_unchecked_a_wrong_secret_harms_the_trail_for_good(real, monkeypatch, capsys):
    """The control, as it was: the command says nothing, and the row it wrote is broken."""
    work_as(monkeypatch, "production", WRONG)
    monkeypatch.setattr(schema, "check", lambda connection: None)
    assert cli.main(CREATE) == 0
    work_as(monkeypatch, "production", RIGHT)
    capsys.readouterr()
    assert cli.main(["audit", "verify"]) == 1
    assert "RUSAK" in capsys.readouterr().out


@on_sqlite
def test_the_right_secret_comes_in(real, monkeypatch, capsys):
    """The control of the walk: it tells who comes in."""
    opened = []
    monkeypatch.setattr(os, "execvpe", lambda *words: opened.append(words))
    serve.serve(4811)
    assert opened
    assert cli.main(["audit", "verify"]) == 0
    assert cli.main(CREATE) == 0


# -- an office from before fingerprints -----------------------------------------------------------


def forget_mark():
    with db.writing() as session:
        session.execute(delete(Counter).where(col(Counter.key).in_(origin.KEYS.values())))


def test_an_older_office_knows_its_secret_by_the_trail(real, monkeypatch, capsys):
    forget_mark()
    before = everything(real)
    work_as(monkeypatch, "production", WRONG)
    assert cli.main(["audit", "verify"]) == 1
    assert "BARUT_SECRET salah" in capsys.readouterr().err
    assert everything(real) == before
    work_as(monkeypatch, "production", RIGHT)
    assert cli.main(["audit", "verify"]) == 0
    with db.reading() as session:
        assert origin.find(session.connection()) == origin.own()


@on_sqlite
def test_one_act_under_a_wrong_secret_does_not_decide(real, monkeypatch):
    forget_mark()
    work_as(monkeypatch, "production", WRONG)
    with db.writing() as session:
        audit.record(session, "by_mistake", by=None)
        assert not audit.is_ours(session.connection())
    work_as(monkeypatch, "production", RIGHT)
    with db.reading() as session:
        schema.check(session.connection())


# -- backup and restore ---------------------------------------------------------------------------


def backup_of(folder, monkeypatch, version="now"):
    """A backup of the office there; "before" as an older version wrote it, without a mark."""
    path = folder.parent / "cadangan.tar"
    with monkeypatch.context() as patch:
        if version == "before":
            patch.setattr(schema, "claim", lambda connection: None)
            forget_mark()
        assert cli.main(["backup", "--to", str(path)]) == 0
    if version == "before":
        rewritten(path, without_origin)
    return path


def without_origin(name, content):
    if name != "manifest.json":
        return content
    return json.dumps({k: v for k, v in json.loads(content).items() if k != "origin"}).encode()


def restored(path):
    """Restore into an empty office; the exit status, and whether it stayed empty."""
    with office_at(path.parent / "two"):
        before = everything(path.parent / "two")
        status = cli.main(["restore", "--from", str(path)])
        return status, everything(path.parent / "two") == before


@on_sqlite
def test_a_backup_brings_the_fingerprint(real, monkeypatch, capsys):
    made = backup_of(real, monkeypatch)
    with tarfile.open(made) as tar:
        facts = json.loads(known(tar.extractfile("manifest.json")).read())
    assert facts["origin"] == {"env": "production", "secret": origin.fingerprint()}
    assert origin.fingerprint() in capsys.readouterr().out  # to be noted beside the secret


@pytest.mark.parametrize("file", ["now", "before"])
def test_a_backup_is_refused_with_another_secret(real, file, monkeypatch, capsys):
    path = backup_of(real, monkeypatch, file)
    work_as(monkeypatch, "production", WRONG)
    assert restored(path) == (1, True)
    assert "BARUT_SECRET salah" in capsys.readouterr().err


@on_sqlite
@pytest.mark.parametrize("file", ["now", "before"])
def test_a_backup_of_a_real_office_is_refused_by_a_demo(real, file, monkeypatch, capsys):
    path = backup_of(real, monkeypatch, file)
    work_as(monkeypatch, "demo")
    assert restored(path) == (1, True)
    assert "kantor sungguhan" in capsys.readouterr().err


@pytest.mark.parametrize("file", ["now", "before"])
def test_with_its_secret_it_comes_back_whole(real, file, monkeypatch):
    path = backup_of(real, monkeypatch, file)
    with office_at(path.parent / "two"):
        assert cli.main(["restore", "--from", str(path)]) == 0
        assert cli.main(["audit", "verify"]) == 0
        with db.reading() as session:
            assert origin.find(session.connection()) == origin.own()


@on_sqlite
def test_unchecked_a_restore_would_harm_the_trail(real, monkeypatch, capsys):
    """The control, as it was: the restore says it is done, and the right secret finds it broken."""
    made = backup_of(real, monkeypatch)
    work_as(monkeypatch, "production", WRONG)
    monkeypatch.setattr(schema, "check", lambda connection: None)
    monkeypatch.setattr(origin, "compare", lambda found, **_: None)
    with office_at(made.parent / "two"):
        assert cli.main(["restore", "--from", str(made)]) == 0
        work_as(monkeypatch, "production", RIGHT)
        assert cli.main(["audit", "verify"]) == 1
    assert "RUSAK" in capsys.readouterr().out


def test_a_move_takes_the_fingerprint_along(real, monkeypatch, capsys):
    own = origin.own()
    with empty_database() as url:
        assert cli.main(["move", "--to-database", url]) == 0
        engine = db.make_engine(url)
        monkeypatch.setattr(db, "engine", engine)
        with db.reading() as session:
            assert origin.find(session.connection()) == own
        work_as(monkeypatch, "production", WRONG)
        assert cli.main(["audit", "verify"]) == 1
        engine.dispose()


# -- a demo in a real office ----------------------------------------------------------------------


def people():
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(Person)).one()


@on_sqlite
@pytest.mark.parametrize("name", ["database_url", "base_url", "secret"])
def test_a_demo_refuses_a_real_office_s_settings(real, name, monkeypatch, capsys):
    value = {"database_url": "postgresql://barut@/barut", "base_url": REAL["base_url"]}
    work_as(monkeypatch, "demo", RIGHT if name == "secret" else "")
    if name in value:
        monkeypatch.setattr(settings, name, value[name])
        monkeypatch.setitem(settings.__dict__, "address", value[name])
    ways = ways_in() | DEMO_WAYS
    assert let_in(real, capsys, f"BARUT_{name.upper()}", ways) == []


@pytest.mark.parametrize("is_older", [False, True])
def test_a_demo_refuses_a_real_office_s_data(real, is_older, monkeypatch, capsys):
    """Though none of its settings are there: the rows alone say so, the trail of an old one too."""
    if is_older:
        forget_mark()
    work_as(monkeypatch, "demo")
    assert let_in(real, capsys, "kantor sungguhan", ways_in() | DEMO_WAYS) == []


@on_sqlite
def test_unchecked_the_demo_s_people_would_come_in(real, monkeypatch):
    """The control: what its first person would be."""
    before = people()
    work_as(monkeypatch, "demo")
    monkeypatch.setattr(schema, "check", lambda connection: None)
    monkeypatch.setattr(acts, "officer", stop)
    with pytest.raises(InterruptedError):
        office.create_accounts()
    assert people() == before + 1


def stop(*_):
    raise InterruptedError


@on_sqlite
def test_nobody_is_invented_in_production(real):
    for way in DEMO_WAYS.values():
        with pytest.raises(Refusal, match="BARUT_ENV=demo"):
            way()


def test_a_real_office_refuses_a_demo_s_data(own_secret, monkeypatch, tmp_path, capsys):
    work_as(monkeypatch, "demo")
    with office_at(tmp_path / "demo"):
        make_officer()
        with db.writing() as session:
            audit.record(session, "act", by=None)
        work_as(monkeypatch, "production", RIGHT)
        assert cli.main(["audit", "verify"]) == 1
    assert "kantor demo" in capsys.readouterr().err
