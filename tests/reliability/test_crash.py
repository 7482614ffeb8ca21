"""A process killed at any moment: confirmed acts are kept, and no act is half done."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from sqlmodel import Session

from barut_reflex.core import db
from probes.faults.backlog import make_ready_seeker
from probes.faults.flush_order import STEPS, is_in_order, traced
from probes.faults.killing import kill_loop, row_first
from probes.faults.restore_work import store_paper
from probes.faults.temporary_office import office_at


def test_nothing_is_lost_or_torn(tmp_path):
    damage = kill_loop(tmp_path, 20)
    assert damage.is_none
    assert damage.acknowledged > 20


def test_with_the_row_first_papers_would_be_torn(tmp_path):
    damage = kill_loop(tmp_path, 20, attach=row_first)
    assert damage.torn + damage.without_file > 0


@pytest.fixture
def seen(monkeypatch):
    """What is flushed, renamed and committed, in order."""
    steps = []
    fsync, rename, commit = os.fsync, Path.rename, Session.commit

    def flushed(handle):
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        steps.append("folder flushed" if is_folder else "paper flushed")
        fsync(handle)

    def renamed(path, target):
        steps.append("paper renamed")
        return rename(path, target)

    def committed(session):
        steps.append("row flushed")
        commit(session)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "rename", renamed)
    monkeypatch.setattr(Session, "commit", committed)
    return steps


def test_a_paper_is_safe_before_its_row(tmp_path, seen):
    with office_at(tmp_path):
        seeker = make_ready_seeker()
        seen.clear()
        store_paper(seeker, b"ktp")
    assert seen == ["paper flushed", "paper renamed", "folder flushed", "row flushed"]


def test_a_row_is_safe_before_its_act_is_confirmed(tmp_path):
    """SQLite flushes its log at each commit (2 is FULL)."""
    with office_at(tmp_path), db.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_the_order_is_told_apart():
    right = [STEPS[0], *STEPS]
    assert is_in_order(right)
    for place in range(len(STEPS) - 1):
        swapped = list(STEPS)
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        assert not is_in_order(swapped)
    assert not is_in_order(STEPS[1:])


@pytest.mark.parametrize(("way", "is_right"), [("file_first", True), ("row_first", False)])
def test_the_system_saw_it_in_that_order(tmp_path, way, is_right):
    """By strace where there is one; elsewhere by what stands above."""
    wanted = 3 if shutil.which("strace") else 0
    acts = traced(tmp_path, wanted, way=way) if wanted else []
    assert [is_in_order(act) for act in acts] == [is_right] * wanted
