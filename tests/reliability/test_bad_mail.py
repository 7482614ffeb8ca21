"""Whatever the mail server does, emails are delivered later, and no code after its expiry."""

from datetime import timedelta

from barut_reflex.core import mail, worker
from probes.faults.bad_mail import FAULTS, try_all


def test_every_fault_is_survived(tmp_path):
    post = try_all(tmp_path)
    assert (post.lost, post.copies, post.late) == ([], [], [])
    assert post.faults == len(FAULTS) >= 12


def test_without_trying_again_emails_would_be_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "GIVE_UP_AFTER", timedelta(0))
    some = {"too busy": FAULTS["too busy"]}
    assert try_all(tmp_path, faults=some).lost == ["too busy"]


def test_without_their_time_codes_would_arrive_late(tmp_path, monkeypatch):
    queue = mail.queue_email
    monkeypatch.setattr(
        mail, "queue_email", lambda *args, expires=None, **kwargs: queue(*args, **kwargs)
    )
    some = {"too busy": FAULTS["too busy"]}
    assert try_all(tmp_path, faults=some).late == ["too busy"]


def test_without_marking_what_was_sent_copies_would_go_out(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "finish", lambda taken, trouble: None)
    monkeypatch.setattr(worker, "LEASE_LIFETIME", timedelta(0))
    some = {"too busy": FAULTS["too busy"]}
    assert try_all(tmp_path, faults=some).copies == ["too busy"]
