"""A backup under load, restored after losing everything: nothing lost, nothing deleted returns."""

import io
import json
import tarfile
from dataclasses import replace

import pytest
from sqlmodel import func, select

from barut_reflex import cli
from barut_reflex.cards import numbering
from barut_reflex.core import backup, db, desks, ledger, origin
from barut_reflex.core.settings import settings
from barut_reflex.documents.storage import store
from barut_reflex.people.models import Person
from probes.factories import known
from probes.faults.backlog import make_officer, make_submitted_cases
from probes.faults.restore_drill import run_drill
from probes.faults.restore_work import store_paper, store_photo
from probes.faults.temporary_office import office_at


@pytest.fixture
def made(tmp_path):
    """A small office and its backup; gives the backup's path."""
    with office_at(tmp_path / "one"):
        make_officer()
        store_paper(make_submitted_cases(1, store_photo())[0].applicant_id, b"ktp")
        path = tmp_path / "cadangan.tar"
        assert cli.main(["backup", "--to", str(path)]) == 0
    return path


@pytest.fixture
def empty(tmp_path):
    """An office without anybody in it."""
    with office_at(tmp_path / "two"):
        yield tmp_path / "two"


def restore(path):
    return cli.main(["restore", "--from", str(path)])


def people():
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(Person)).one()


# -- the drill --------------------------------------------------------------------------------


def test_nothing_is_missing_and_nothing_comes_back(tmp_path):
    found = run_drill(tmp_path, before=6, after=5)
    assert found.is_clean
    assert found.papers_in_backup >= 6
    assert found.numbers_after_backup > 0


def test_without_the_ledger_numbers_are_left_out_and_codes_are_not_known(tmp_path):
    found = run_drill(tmp_path, before=4, after=3, keep_ledger=False)
    assert found.reissued == 0
    assert found.wrong_codes > 0


def test_without_the_jump_numbers_would_be_given_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(numbering, "skip_to", lambda session, number: (0, 0))
    assert run_drill(tmp_path, before=4, after=3).reissued > 0


def test_with_all_tables_sessions_would_come_back(tmp_path, monkeypatch):
    without = {
        name: replace(desk, excluded_from_backup=()) for name, desk in desks.all_desks().items()
    }
    monkeypatch.setattr(desks, "all_desks", lambda: without)
    assert run_drill(tmp_path, before=4, after=3).revived > 0


def test_with_the_files_first_papers_would_be_missing(tmp_path, monkeypatch, capsys):
    with office_at(tmp_path):
        case = make_submitted_cases(1, store_photo())[0]
        earlier = store.names()
        store_paper(case.applicant_id, b"ktp")
        monkeypatch.setattr(store, "names", lambda: earlier)
        assert cli.main(["backup", "--to", str(tmp_path / "cadangan.tar")]) == 1
    assert "HILANG" in capsys.readouterr().err


# -- the file ---------------------------------------------------------------------------------


def test_it_is_for_this_user_alone_and_whole(made):
    assert made.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in made.parent.glob("*.part")] == []
    with tarfile.open(made) as tar:
        names = tar.getnames()
    assert {"tables/person", "tables/document", "manifest.json"} <= set(names)
    assert {"tables/signin", "tables/onetimecode"}.isdisjoint(names)


def flipped(path):
    content = bytearray(path.read_bytes())
    place = content.index(b"Petugas")
    content[place] ^= 1
    path.write_bytes(content)


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path):
    path.write_bytes(b"")


def without_manifest(path):
    rewritten(path, lambda name, content: None if name == "manifest.json" else content)


def rewritten(path, change):
    """The same backup with members changed, and a manifest that fits them."""
    with tarfile.open(path) as tar:
        members = {about.name: known(tar.extractfile(about)).read() for about in tar}
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            if (now := change(name, content)) is not None:
                about = tarfile.TarInfo(name)
                about.size = len(now)
                tar.addfile(about, io.BytesIO(now))


@pytest.mark.parametrize("harm", [flipped, cut, emptied, without_manifest])
def test_a_harmed_backup_brings_nothing(made, empty, harm):
    harm(made)
    assert restore(made) == 1
    assert people() == 0
    assert store.names() == []


def test_without_the_sums_a_flipped_letter_would_come_in(made, empty, monkeypatch):
    flipped(made)
    manifest = backup.Manifest
    with tarfile.open(made) as tar:
        facts = json.loads(known(tar.extractfile("manifest.json")).read())
    maker = origin.Origin(**facts["origin"])
    trusted = manifest(ledger.clock.now(), facts["revision"], facts["members"], maker)
    monkeypatch.setattr(backup, "checked_manifest", lambda path: trusted)
    assert restore(made) == 0


def test_another_version_of_the_tables_is_refused(made, empty, capsys):
    newer = {"revision": "9999"}
    rewritten(
        made,
        lambda name, content: (
            json.dumps(json.loads(content) | newer).encode() if name == "manifest.json" else content
        ),
    )
    assert restore(made) == 1
    assert "versi" in capsys.readouterr().err
    assert people() == 0


def test_an_office_with_people_is_not_written_over(made, empty, capsys):
    make_officer()
    assert restore(made) == 1
    assert "sudah berisi" in capsys.readouterr().err
    assert people() == 1


@pytest.mark.parametrize("name", ["papers/../../escaped", "var/keys/../../escaped.pem", "var/x.sh"])
def test_a_name_never_leads_out_of_its_shelf(made, empty, name):
    with tarfile.open(made, "a") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    empty_sum = backup.hashlib.sha256(b"").hexdigest()

    def vouched(member, content):
        if member != "manifest.json":
            return content
        facts = json.loads(content)
        facts["members"][name] = empty_sum
        return json.dumps(facts).encode()

    rewritten(made, vouched)
    assert restore(made) == 1
    assert list(empty.parent.rglob("escaped*")) == []
    assert people() == 0


# -- the office's secret ----------------------------------------------------------------------


def test_the_secret_comes_back_and_another_one_is_not_lost(tmp_path, monkeypatch):
    monkeypatch.setitem(settings.__dict__, "secret_key", b"")
    with office_at(tmp_path / "one"):
        (settings.var / "secret").write_bytes(b"the first secret")
        make_officer()
        assert cli.main(["backup", "--to", str(tmp_path / "one.tar")]) == 0
    with office_at(tmp_path / "two"):
        assert restore(tmp_path / "one.tar") == 0
        assert (settings.var / "secret").read_bytes() == b"the first secret"
        assert (settings.var / "secret").stat().st_mode & 0o777 == 0o600
    with office_at(tmp_path / "three"):
        (settings.var / "secret").write_bytes(b"another secret")
        assert restore(tmp_path / "one.tar") == 1
        assert (settings.var / "secret").read_bytes() == b"another secret"
