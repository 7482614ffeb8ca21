"""Moving from SQLite to PostgreSQL and from a folder to a bucket: by backup or by one command."""

import subprocess
import sys

import pytest
from pydantic import SecretStr
from sqlmodel import Session, func, select

from barut_reflex import cli
from barut_reflex.core import audit, db, moving, presence, rows
from barut_reflex.core.settings import settings
from barut_reflex.documents.service import integrity
from barut_reflex.documents.storage import store as document_store
from barut_reflex.people.models import Person
from probes.factories import known
from probes.faults.backlog import make_officer, make_submitted_cases
from probes.faults.restore_drill import run_drill
from probes.faults.restore_work import store_paper, store_photo
from probes.faults.temporary_office import office_at
from probes.servers import empty_database

from . import s3


def test_an_office_moves_to_postgresql(tmp_path):
    with empty_database() as url:
        found = run_drill(tmp_path, desks=1, before=4, after=4, urls=("", url))
    assert found.is_clean
    assert found.numbers_after_backup > 0


def test_a_drill_on_postgresql(tmp_path):
    with empty_database() as one, empty_database() as other:
        found = run_drill(tmp_path, desks=2, before=4, after=4, urls=(one, other))
    assert found.is_clean
    assert found.papers_in_backup >= 4


# -- the command --------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A small office on SQLite with papers in a folder."""
    monkeypatch.setattr(settings, "store_key", SecretStr(s3.KEY))
    monkeypatch.setattr(settings, "store_secret", SecretStr(s3.SECRET))
    with office_at(tmp_path / "office"):
        make_officer()
        for case in make_submitted_cases(3, store_photo()):
            store_paper(case.applicant_id, b"ktp")
        yield tmp_path


@pytest.fixture
def target():
    with empty_database() as url:
        yield url


def move(database="", store=""):
    return cli.main(["move", "--to-database", database, "--to-store", store])


def people_at(url):
    engine = db.make_engine(url)
    try:
        with Session(engine) as session:
            return session.exec(select(func.count()).select_from(Person)).one()
    finally:
        engine.dispose()


def test_everything_is_there_afterwards(office, target, monkeypatch, capsys):
    with db.reading() as session:
        before = {row.public_id: row.name for row in session.exec(select(Person))}
    names, bucket = document_store.names(), s3.new_bucket()
    assert move(target, bucket) == 0
    assert "sama" in capsys.readouterr().out
    engine = db.make_engine(target)
    monkeypatch.setattr(db, "engine", engine)
    monkeypatch.setattr(settings, "store_url", bucket)
    with db.reading() as session:
        assert {row.public_id: row.name for row in session.exec(select(Person))} == before
        assert integrity.broken_papers(session) == []
        assert audit.verify(session) == []
    assert document_store.names() == names
    make_officer()  # ids go on behind those that were brought along
    engine.dispose()


def test_the_old_office_is_left_as_it_was(office, target):
    with db.reading() as session:
        before = session.exec(select(func.count()).select_from(Person)).one()
    assert move(target) == 0
    assert people_at(str(db.engine.url)) == people_at(target) == before


def test_a_second_move_finds_people_there(office, target, capsys):
    assert move(target) == 0
    assert move(target) == 1
    assert "sudah berisi" in capsys.readouterr().err


def test_a_bucket_of_somebody_else_is_refused(office, capsys):
    bucket = s3.new_bucket()
    document_store.open_store(bucket).put("f" * 32 + ".jpg", b"not ours")
    assert move(store=bucket) == 1
    assert document_store.open_store(bucket).names() == ["f" * 32 + ".jpg"]


def test_a_move_that_was_cut_off_goes_on(office):
    bucket, name = s3.new_bucket(), document_store.names()[0]
    document_store.open_store(bucket).put(name, document_store.read(name))
    assert move(store=bucket) == 0
    assert sorted(document_store.open_store(bucket).names()) == document_store.names()


def test_a_damaged_paper_is_found(office, target, capsys):
    name = document_store.names()[0]
    (settings.uploads / "papers" / name).write_bytes(b"harmed")
    assert move(target, s3.new_bucket()) == 1
    assert name in capsys.readouterr().err
    with pytest.raises(Exception, match="person"):  # not even its tables were made
        people_at(target)


def test_a_row_that_changed_on_its_way_undoes_it_all(office, target, monkeypatch, capsys):
    load = rows.load

    def careless(session, table, file):
        load(session, table, file)
        if table.name == "person":
            session.execute(table.update().values(name="x"))

    monkeypatch.setattr(rows, "load", careless)
    assert move(target) == 1
    assert "dibatalkan" in capsys.readouterr().err
    assert people_at(target) == 0


def test_without_the_comparison_it_would_stand(office, target, monkeypatch):
    monkeypatch.setattr(moving, "checksums", lambda folder: {})
    monkeypatch.setattr(rows, "load", lambda *args: None)
    assert move(target) == 0


def test_not_while_the_office_is_open(office, target, capsys):
    server = subprocess.Popen(
        [sys.executable, "-c", "import sys; from barut_reflex.core import presence; "
         "presence.mark_open(); print('open', flush=True); sys.stdin.read()"],
        env={"BARUT_ENV": "demo", "BARUT_VAR": str(settings.var)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert known(server.stdout).readline() == b"open\n"
    assert move(target) == 1
    assert "masih berjalan" in capsys.readouterr().err
    server.communicate()
    assert move(target) == 0


def test_and_none_opens_while_it_moves(office):
    with presence.closed_office(), pytest.raises(BlockingIOError):
        presence.mark_open()


# -- a backup of papers in S3 -------------------------------------------------------------------


def test_a_backup_holds_the_papers_of_a_bucket(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "store_key", SecretStr(s3.KEY))
    monkeypatch.setattr(settings, "store_secret", SecretStr(s3.SECRET))
    monkeypatch.setattr(settings, "store_url", s3.new_bucket())
    with office_at(tmp_path / "one"):
        make_officer()
        store_paper(make_submitted_cases(1, store_photo())[0].applicant_id, b"ktp")
        names = document_store.names()
        assert cli.main(["backup", "--to", str(tmp_path / "one.tar")]) == 0
    monkeypatch.setattr(settings, "store_url", s3.new_bucket())
    with office_at(tmp_path / "two"):
        assert cli.main(["restore", "--from", str(tmp_path / "one.tar")]) == 0
        assert document_store.names() == names
        with db.reading() as session:
            assert integrity.broken_papers(session) == []
    assert not list(tmp_path.rglob("*.jpg"))
