"""Wrong server clocks: no code lives longer, no card is backdated, nothing hangs."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from barut_reflex.accounts.service import sweep
from barut_reflex.cards import numbering
from barut_reflex.cards.service import issuing
from barut_reflex.core import clock_step, db, desks, limits, mail, worker
from barut_reflex.core.mail import Email
from barut_reflex.core.models import OutboxMail
from barut_reflex.people.models import Person, SignIn
from barut_reflex.people.rules import Role
from barut_reflex.people.service import sessions
from barut_reflex.review import service as review
from probes.faults.backlog import make_officer, make_submitted_cases
from probes.faults.clock_changes import DAY, HOUR, settable_clock, try_all

EMAIL = Email(subject="Kabar", heading="Kabar", paragraphs=["Isi."])


@pytest.fixture(autouse=True)
def composed(monkeypatch):
    """What the app asks for after a step, without the app."""
    monkeypatch.setattr(clock_step, "HANDLERS", list(clock_step.HANDLERS))
    clock_step.after_step(sweep.after_clock_step)


def test_no_jump_does_harm(tmp_path):
    found = try_all(tmp_path)
    assert (found.too_late, found.backdated, found.stuck) == ([], [], [])
    assert found.in_time > 0


def test_without_the_watch_codes_would_live_again(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "check_clock", lambda watch: None)
    found = try_all(tmp_path, {"an hour ahead": HOUR})
    assert "code during an hour ahead, 3620 s" in found.too_late


def test_without_the_clock_check_cards_would_be_dated_back(tmp_path, monkeypatch):
    monkeypatch.setattr(numbering, "check_clock", lambda session, at: None)
    assert try_all(tmp_path, {"a day back": -DAY}).backdated == ["a day back"]


def test_the_app_asks_for_it():
    assert sweep.after_clock_step in desks.all_desks()["accounts"].after_clock_step
    app = Path(desks.__file__).parents[1] / "barut_reflex.py"
    assert "desk.after_clock_step" in app.read_text()


@pytest.fixture
def own(file_office):
    with settable_clock() as own:
        yield own


def test_small_steps_are_not_minded(own, caplog):
    own.set_by(20)
    own.set_by(-20)
    assert "alarm" not in caplog.text


def test_a_step_is_an_alarm(own, caplog):
    own.set_by(HOUR)
    assert "alarm: the clock was set by 3600 seconds" in caplog.text


def test_a_step_back_while_the_office_was_closed_is_noticed(own, caplog):
    own.go_to(120)
    own.watch = clock_step.StepDetector()
    own.off -= HOUR
    own.go_to(130)
    assert "alarm" in caplog.text


def test_a_pause_is_no_alarm(own, caplog):
    own.watch = clock_step.StepDetector()
    own.go_to(3 * DAY)
    assert "alarm" not in caplog.text


def queued(**facts):
    with db.writing() as session:
        return mail.queue_email(session, EMAIL, to="dewi@contoh.id", kind="x", **facts).id


def test_an_email_of_the_wrong_time_goes_out_and_a_code_does_not(own, monkeypatch):
    sent = []
    monkeypatch.setattr(mail, "deliver", lambda message, _: sent.append(message["Message-ID"]))
    own.set_by(3650 * DAY)
    email, code = queued(), queued(expires=own.now() + timedelta(minutes=3))
    own.set_by(-3650 * DAY)
    own.go_to(own.real + 1)
    worker.send_due()
    assert [email in str(sent), code in str(sent)] == [True, False]


def test_a_try_of_the_wrong_time_does_not_count_for_years(own):
    own.set_by(3650 * DAY)
    with db.writing() as session:
        assert limits.spend(session, "login", limit=1, per=timedelta(minutes=5))
    own.set_by(-3650 * DAY)
    with db.writing() as session:
        assert limits.spend(session, "login", limit=1, per=timedelta(minutes=5))


def test_a_sign_in_of_the_wrong_time_ends(own):
    own.set_by(HOUR)
    with db.writing() as session:
        sessions.sign_in(session, make_officer())
    own.set_by(-HOUR)
    with db.reading() as session:
        assert session.exec(select(SignIn)).all() == []


def approve(case, officer):
    with db.writing() as session:
        by = session.get_one(Person, officer)
        return review.approve(session, by, case.public_id, seal=case.seal).public_id


def test_a_card_of_the_wrong_time_is_revoked_and_then_holds_nobody_up(own):
    officer, head, cases = make_officer(), make_officer(Role.ADMINISTRATOR), make_submitted_cases(2)
    own.set_by(3650 * DAY)
    wrong = approve(cases[0], officer)
    own.set_by(-3650 * DAY)
    with pytest.raises(numbering.ClockBehind):
        approve(cases[1], officer)
    with db.writing() as session:
        by = session.get_one(Person, head)
        issuing.revoke(session, by, wrong, reason="Tanggal salah.")
    assert approve(cases[1], officer)


def test_work_at_intervals_goes_on(own, monkeypatch):
    done = []
    job = worker.Job(300, "x", lambda session: done.append(1))
    monkeypatch.setattr(worker, "JOBS", {"x": job})
    own.set_by(3650 * DAY)
    worker.run_jobs()
    own.set_by(-3650 * DAY)
    worker.run_jobs()
    worker.run_jobs()
    assert done == [1, 1]


def test_without_waking_them_emails_would_wait_for_years(own, monkeypatch):
    monkeypatch.setattr(clock_step, "HANDLERS", [])
    own.set_by(3650 * DAY)
    email = queued()
    own.set_by(-3650 * DAY)
    worker.send_due()
    with db.reading() as session:
        assert session.get_one(OutboxMail, email).sent is None
