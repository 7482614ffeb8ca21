"""A full disk fails the current act only."""

from pathlib import Path

import pytest

from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import issuing
from barut_reflex.core import db
from barut_reflex.documents.storage import names, store
from barut_reflex.review import service as review
from probes.faults import write_operations
from probes.faults.backlog import make_officer, make_ready_seeker, make_submitted_cases
from probes.faults.full_disk import full_disk, try_all
from probes.faults.restore_work import store_paper
from probes.faults.temporary_office import office_at


def test_at_every_write(tmp_path):
    trouble = try_all(tmp_path)
    assert (trouble.partial, trouble.unexpected_errors, trouble.failed_retries) == ([], [], [])
    assert trouble.points >= 50


def only(monkeypatch, name):
    """Try this act alone."""
    for acts in (write_operations.FILES, write_operations.ROWS):
        for other in acts.keys() - {name}:
            monkeypatch.delitem(acts, other)


def test_without_the_cleaning_up_half_files_would_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "unlink", lambda path, missing_ok=False: None)
    only(monkeypatch, "paper")
    assert any("tmp" in what for what in try_all(tmp_path).partial)


def test_with_two_transactions_half_an_act_would_stay(tmp_path, monkeypatch):
    issue = issuing.issue

    def issue_apart(session, *args, **kwargs):
        session.commit()
        return issue(session, *args, **kwargs)

    monkeypatch.setattr(issuing, "issue", issue_apart)
    only(monkeypatch, "approve")
    assert any("application" in what for what in try_all(tmp_path).partial)


@pytest.fixture
def office(tmp_path, monkeypatch):
    """An office whose disk has less free room than it must keep."""
    with office_at(tmp_path):
        seeker, officer, [case] = make_ready_seeker(), make_officer(), make_submitted_cases(1)
        kept = store_paper(seeker, b"ktp")
        monkeypatch.setattr(store, "MIN_FREE_BYTES", 2**60)
        yield seeker, officer, case, kept


def test_with_little_room_uploads_stop_and_the_rest_goes_on(office):
    seeker, officer, case, kept = office
    with pytest.raises(names.StoreFull):
        store_paper(seeker, b"kk")
    assert store.read(kept) == b"ktp"
    assert write_operations.write(review.approve, officer, case.public_id, seal=case.seal).number
    with db.reading() as session:
        assert lookup.find_card_of(session, case.application_id)


def test_after_the_last_write_nothing_is_refused(office):
    seeker, _, _, _ = office
    with full_disk(1000) as disk:
        write_operations.write(write_operations.applications.start_new, seeker)
    assert not disk.has_struck
