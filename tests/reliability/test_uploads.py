"""A running office under large uploads from many senders keeps its quotas and stays up.

That a body is read whole without its cap: `tests/documents/test_receive.py`, and row 20 of the bar.
"""

import pytest

from barut_reflex.documents.service import attachments, uploads
from probes.faults import quota
from probes.faults.backend import Backend
from probes.faults.foreign_papers import cookie_of, request_all, sign_in
from probes.faults.large_bodies import send_bodies


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with Backend(tmp_path_factory.mktemp("office"), BARUT_BCRYPT_COST="4") as office:
        yield office


@pytest.fixture(scope="module")
def cookie(office):
    return cookie_of(sign_in(office, office.one("job_seeker")))


def test_of_large_bodies_little_is_read_and_nothing_kept(office, cookie):
    found = send_bodies(office, [cookie], bodies=3, megabytes=50)
    assert found.answers == {409: 3}
    assert found.sent < 12  # what lies in the system's own buffers counts in
    assert (found.left, found.is_up) == (0, True)


def test_of_an_anonymous_visitor_s_body_nothing_is_read(office):
    found = send_bodies(office, ["sesi=x"], bodies=3, megabytes=50)
    assert found.answers == {401: 3}
    assert found.sent < 4


def test_papers_are_shown_to_their_owner_alone(office):
    asked = request_all(office, 3)
    assert asked.leaks == []
    assert asked.seen_by_owner == 3


def test_many_hands_do_not_pass_the_quotas(tmp_path):
    kept = quota.try_all(tmp_path, processes=3, each=18)
    assert kept.overruns == 0
    assert kept.waiting[0] > 0


def test_without_the_checks_they_would(tmp_path, monkeypatch):
    monkeypatch.setattr(attachments, "check_stored_quota", lambda *_: None)
    monkeypatch.setattr(uploads, "ensure_upload_allowed", lambda session, by: None)
    assert quota.try_all(tmp_path, processes=3, each=18).overruns == 2
