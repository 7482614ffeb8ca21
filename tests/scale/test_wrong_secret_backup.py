"""A backup or a move opened with another secret or by a demo is refused."""

import json
import tarfile

import pytest

from barut_reflex import cli
from barut_reflex.core import db, origin, schema
from probes.factories import known
from probes.faults.temporary_office import office_at
from probes.servers import empty_database

from ..reliability.test_backup import rewritten
from .ways_in import RIGHT, WRONG, everything, forget_mark, on_sqlite, work_as

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
