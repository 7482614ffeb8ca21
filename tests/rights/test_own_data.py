"""The copy of a person's data is put together from the parts of each desk, also a new desk's."""

import io
import json
import logging
import zipfile
from pathlib import Path

import pytest
from sqlmodel import select

from barut_reflex.core import audit
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import AuditEntry
from barut_reflex.rights import service as rights

from ..columns import columns_that_are, our_models

FILLED = json.loads((Path(__file__).parent / "filled.json").read_text())


@pytest.fixture
def copied(session, filled):
    def copy():
        file = io.BytesIO()
        rights.pack(session, filled, file)
        return zipfile.ZipFile(file)

    return copy


def data_of(bundle):
    return json.loads(bundle.read("data.json"))


def test_a_filled_person_reads_everything(copied):
    assert data_of(copied()) == FILLED


def secrets_in(session):
    """What the columns hold that say they are secret."""
    for model, names in columns_that_are("secret", our_models()).items():
        for row in session.exec(select(model)):
            yield from (getattr(row, name) for name in names)


def test_no_secret_is_in_the_copy(session, copied):
    read = json.dumps(data_of(copied()))
    secrets = {secret for secret in secrets_in(session) if secret and len(secret) > 1}
    assert {"t" * 64} < secrets  # a link's, from `filled_person`
    assert [secret for secret in secrets if secret in read] == []


def test_somebody_without_anything_has_the_same_parts(session, siti):
    assert rights.my_data(session, by=siti).keys() == FILLED.keys()


def test_the_files_are_those_the_papers_name(copied):
    bundle = copied()
    papers = {paper["file"] for paper in data_of(bundle)["berkas"]}
    assert set(bundle.namelist()) == papers | {"BACA-SAYA.txt", "data.json"}


def test_a_planted_desk_adds_its_part_and_its_file(copied, plant):
    before = set(copied().namelist())
    plant(
        own_data={"lamaran": lambda session, person: [person.name]},
        own_files=lambda session, person: {"berkas/cv.txt": lambda: b"CV"},
    )
    bundle = copied()
    assert data_of(bundle) == FILLED | {"lamaran": ["Ahmad"]}
    assert set(bundle.namelist()) == before | {"berkas/cv.txt"}
    assert bundle.read("berkas/cv.txt") == b"CV"


def test_two_desks_cannot_give_the_same_part(copied, plant):
    plant(own_data={"kartu": lambda session, person: []})
    with pytest.raises(ValueError, match="kartu"):
        copied()


def test_a_file_that_cannot_be_read_does_not_spoil_the_rest(copied, plant, caplog):
    def lost():
        raise Refusal("Berkas tidak ditemukan.")

    before = set(copied().namelist())
    plant(own_files=lambda session, person: {"berkas/cv.txt": lost})
    with caplog.at_level(logging.ERROR):
        assert set(copied().namelist()) == before
    assert "berkas/cv.txt is missing from a copy" in caplog.text


def test_the_trail_speaks_of_what_a_planted_desk_names(session, copied, rina, plant):
    audit.record(session, "invite", by=rina, subject="lamaran-1")
    assert data_of(copied()) == FILLED
    plant(audit_subjects=lambda session, person: ["lamaran-1"])
    assert data_of(copied())["jejak"][-1]["tindakan"] == "invite"


def test_the_download_is_found_by_the_nik(session, filled):
    rights.count_copy(session, filled)
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "copy_own_data")).one()
    assert entry.nik_hash == audit.nik_hash(FILLED["data_diri"]["NIK"])


def test_without_a_profile_it_carries_no_nik(session, siti):
    rights.count_copy(session, siti)
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "copy_own_data")).one()
    assert entry.nik_hash == ""
