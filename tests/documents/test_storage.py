"""Stored papers are complete and flushed to disk before the store reports success."""

import errno
import os
from pathlib import Path

import pytest

from barut_reflex.documents.storage import names, quarantine
from barut_reflex.documents.storage import store as document_store

from .conftest import on_both_stores


def test_what_is_kept_is_read_back_by_nobody_else(store):
    name = document_store.add(b"KTP", "jpg")
    place = store / "uploaded_files" / "papers" / name
    assert document_store.read(name) == b"KTP"
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_quarantine_lies_outside_the_uploaded_files(store):
    name, file = quarantine.open_quarantine()
    file.close()
    place = store / "var" / "quarantine" / name
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_written_synced_renamed_and_the_folder_synced_in_this_order(monkeypatch):
    steps = []
    sync, rename = os.fsync, Path.rename

    def noted_sync(handle):
        steps.append("sync folder" if Path(f"/proc/self/fd/{handle}").is_dir() else "sync file")
        sync(handle)

    def noted_rename(self, target):
        steps.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "rename", noted_rename)
    document_store.add(b"KTP", "jpg")
    assert steps == ["sync file", "rename", "sync folder"]


@pytest.mark.parametrize("step", ["fsync", "rename"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_leaves_nothing(monkeypatch, files, step, code):
    def failing(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "rename")), failing)
    with pytest.raises(names.StoreFull):
        document_store.add(b"KTP", "jpg")
    assert files() == []


def test_a_full_disk_refuses_writing_and_still_reads(monkeypatch):
    name = document_store.add(b"KTP", "jpg")
    monkeypatch.setattr(document_store, "MIN_FREE_BYTES", 1 << 60)
    with pytest.raises(names.StoreFull):
        document_store.add(b"KK", "jpg")
    assert document_store.read(name) == b"KTP"


@on_both_stores
@pytest.mark.parametrize(
    "name", ["../var/barut.db", "/etc/passwd", "", ".", "a.jpg", "0" * 32 + ".exe", "0" * 33]
)
def test_no_name_leads_elsewhere(name):
    for door in (
        document_store.read,
        document_store.remove,
        document_store.exists,
        quarantine.claim,
        quarantine.discard,
    ):
        with pytest.raises(FileNotFoundError):
            door(name)


def test_without_the_check_a_name_would_lead_elsewhere(monkeypatch, store):
    (store / "secret").write_text("x")
    monkeypatch.setattr(document_store, "ensure_name", lambda name: None)
    document_store.names()
    assert document_store.read("../../secret") == b"x"


@on_both_stores
def test_kept_listed_removed(papers):
    name = document_store.add(b"KTP", "jpg")
    assert document_store.read(name) == b"KTP"
    assert document_store.exists(name)
    assert document_store.names() == papers() == [name]
    document_store.remove(name)
    document_store.remove(name)  # twice is once
    assert not document_store.exists(name)
    assert document_store.names() == []
    with pytest.raises(FileNotFoundError):
        document_store.read(name)


@on_both_stores
def test_a_paper_is_written_once():
    name = document_store.add(b"KTP", "jpg")
    document_store.put(name, b"KTP")  # from a backup, once more
    with pytest.raises(names.NameTaken):
        document_store.put(name, b"KK")
    assert document_store.read(name) == b"KTP"


@on_both_stores
def test_a_full_disk_of_this_machine_refuses_writing(monkeypatch, papers):
    monkeypatch.setattr(
        document_store, "MIN_FREE_BYTES", 1 << 60
    )  # the quarantine is here in any case
    with pytest.raises(names.StoreFull):
        document_store.add(b"KK", "jpg")
    assert papers() == []


@on_both_stores
def test_the_store_is_reachable():
    assert document_store.is_reachable()
