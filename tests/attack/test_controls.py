"""With a control switched off the same attack succeeds, so each row of the bar can fail."""

import functools
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import Session

from bar import rows_codes, rows_events, rows_pages, rows_payloads, table
from barut_reflex.accounts import rules
from barut_reflex.accounts import rules as accounts
from barut_reflex.accounts.rules import Purpose
from barut_reflex.accounts.service import codes
from barut_reflex.core import limits
from barut_reflex.documents.service import views
from barut_reflex.gate import gate, payload
from barut_reflex.people.rules import Role
from barut_reflex.seal import codes as seal_codes
from measure import results
from measure.row import Row, Scale
from probes import inside, served
from probes.attackers import (
    canaries,
    check_page,
    code_guessing,
    credential_stuffing,
    foreign_sites,
    forged_events,
    password_rules,
    planted_payloads,
    xss,
)
from probes.factories import make_document
from probes.pipeline import pipeline
from probes.tab import Tab, is_refused


@pytest.fixture
def empty_office():
    with inside.office() as engine:
        yield engine


async def _open_gate(self, app, state, event):
    return None


def test_without_the_gate_forged_events_are_accepted(empty_office, monkeypatch):
    monkeypatch.setattr(gate.Gate, "preprocess", _open_gate)
    outcome = forged_events.forge(empty_office, forged_events.people(empty_office), 1)
    assert any("entered" in accepted for accepted in outcome.accepted)


def test_without_strict_types_ill_typed_payloads_are_accepted(empty_office, monkeypatch):
    monkeypatch.setattr(gate, "is_well_typed", lambda function, payload: True)
    _, accepted = inside.run(rows_payloads.send_ill_typed(forged_events.people(empty_office), 1))
    assert len(accepted) > 100


def beside_a_browser(test):
    """Run the coroutine on the loop of `inside`: Playwright keeps one running in this thread."""

    @functools.wraps(test)
    def run(*args, **kwargs):
        inside.run(test(*args, **kwargs))

    return run


@beside_a_browser
async def test_without_the_shape_of_reflex_payloads_an_event_crashes(empty_office, monkeypatch):
    name, hostile = inside.handler_name("update_vars_internal"), {"vars": {"$ne": None}}
    async with pipeline(inside.app()) as (_, client_of):
        await client_of("tab").send(name, hostile)
        monkeypatch.setattr(payload, "fits_reflex", lambda function, payload: True)
        with pytest.raises(ValueError, match="Invalid path"):
            await client_of("tab").send(name, hostile)


def test_without_the_cut_an_error_report_stops_the_event_loop(monkeypatch):
    monkeypatch.setattr(payload, "MAX_REPORT_LENGTH", 5_000)
    assert rows_payloads.slow_report() > 0.1


def test_a_handler_without_rule_is_counted(monkeypatch):
    def forgotten(self): ...

    forgotten.__module__ = "barut_reflex.x"
    monkeypatch.setitem(inside.handlers(), "x.forgotten", SimpleNamespace(fn=forgotten))
    assert not rows_events.every_handler_has_a_policy(Scale.SMALL).passed


def test_if_every_role_were_staff_foreign_papers_would_open(empty_office, monkeypatch):
    owner, thief = (inside.person_of(Role.JOB_SEEKER, name) for name in ("Ahmad", "Maling"))
    with Session(empty_office, expire_on_commit=False) as session:
        paper = make_document(session, owner=owner)
        with pytest.raises(views.NotFound):
            views.get_document(session, paper.public_id, by=thief)
        monkeypatch.setattr(views, "STAFF", frozenset(Role))
        assert views.get_document(session, paper.public_id, by=thief).id == paper.id


@beside_a_browser
async def test_without_the_binding_a_replayed_token_shows_its_owner(empty_office, monkeypatch):
    monkeypatch.setattr(gate, "bind_tab", _no_binding)
    cast = forged_events.people(empty_office)
    load = inside.handler_name("who.load")
    async with pipeline(inside.app()) as (socket, client_of):
        await client_of("stolen", sign_in=cast.attackers["officer"][1]).send(load)
        socket.updates.clear()
        await client_of("stolen").send(rows_events.HYDRATE)
    assert "Officer" in socket.deltas("stolen")


async def _no_binding(state, sign_in):
    return None


def test_an_officer_who_keeps_the_role_is_still_served(attacked, monkeypatch):
    nothing = dict.fromkeys(("sign out",), lambda office, browser, email: None)
    monkeypatch.setattr(rows_events, "ENDINGS", nothing)
    _, missed = inside.run(rows_events.revoke(1))
    assert missed == ["sign out"]


def test_our_own_origin_is_let_in(attacked):
    assert not inside.run(is_refused(Tab(attacked)))


def test_a_changed_table_is_noticed(attacked):
    served.wait_for_people(attacked)
    before = served.snapshot(attacked)
    phone = served.query(attacked, "SELECT phone FROM profile LIMIT 1")[0][0]
    change = "UPDATE profile SET phone = ? WHERE rowid = (SELECT min(rowid) FROM profile)"
    served.execute(attacked, change, ("+62800",))
    assert "profile" in served.changed_tables(before, served.snapshot(attacked))
    served.execute(attacked, change, (phone,))


def test_without_limits_a_code_is_guessed_at_will(empty_office, monkeypatch):
    monkeypatch.setattr(limits, "spend_within", lambda *args: True)
    code_guessing.account("dewi@contoh.id")
    assert len(code_guessing.guess_for(1, ["dewi@contoh.id"])) > 25


@pytest.mark.parametrize(("most", "compared"), [(60, 60), (10**9, 150)])
def test_without_slow_mode_many_addresses_are_guessed_at(empty_office, monkeypatch, most, compared):
    monkeypatch.setattr(codes, "WRONG_CODE_LIMIT", (most, timedelta(hours=1)))
    emails = [f"korban{number}@contoh.id" for number in range(6)]
    for email in emails:
        code_guessing.account(email)
    short = [guess for guess in code_guessing.guess_for(1, emails) if guess.chance > 1e-7]
    assert len(short) == compared


@pytest.mark.parametrize(("most", "compared"), [(20, 28), (10**9, 47)])
def test_without_the_cap_of_short_codes_a_hoard_of_them_is_guessed_at(
    empty_office, monkeypatch, most, compared
):
    """Ten wrong ones at two of 39 codes switch the site into slow mode; then each other short
    code has one try: 37 more, or with the cap 18.
    """
    monkeypatch.setattr(codes, "WRONG_CODE_LIMIT", (10, timedelta(hours=1)))
    monkeypatch.setattr(codes, "SHORT_CODE_LIMIT", (most, accounts.CODE_LIFETIME))
    emails = [f"korban{number}@contoh.id" for number in range(13)]
    for email in emails:
        code_guessing.account(email)
    short = [guess for guess in code_guessing.guess_collected(emails) if guess.chance > 1e-7]
    assert len(short) == compared


def test_a_code_that_is_not_closed_works_twice(empty_office, monkeypatch):
    real = codes.update_open_code

    def never_closed(session, row, *most, **values):
        return real(session, row, *most, **values) if "tries" in values else 1

    monkeypatch.setattr(codes, "update_open_code", never_closed)
    _, accepted = code_guessing.misuse(1)
    assert "twice" in accepted


def test_without_the_try_counter_parallel_guesses_are_all_compared(monkeypatch):
    monkeypatch.setattr(codes, "count_try", lambda session, row, most: True)
    compared, _ = rows_codes.guess_in_parallel(20)
    assert compared == 20


def test_without_canonical_mailboxes_spellings_bring_more_mail(empty_office, monkeypatch):
    monkeypatch.setattr(codes, "canonical_mailbox", lambda email: email)
    at = code_guessing.bomb_mailbox("dewi.lestari@gmail.com", 60, 1, Purpose.RESET)
    assert code_guessing.most_within(at, timedelta(hours=1)) > 5


def test_without_its_lists_the_office_takes_its_own_name(monkeypatch):
    assert not any(map(password_rules.is_taken, password_rules.local()))
    monkeypatch.setattr(rules, "LOCAL_WORDS", ())
    assert any(map(password_rules.is_taken, password_rules.local()))


def test_without_the_check_around_a_known_word_it_passes(monkeypatch):
    monkeypatch.setattr(rules, "is_padded_word", lambda password, words: False)
    assert password_rules.is_taken("Disnaker12345!")


def test_without_limits_stuffing_is_checked(empty_office, monkeypatch):
    monkeypatch.setattr(limits, "spend_within", lambda *args: True)
    assert credential_stuffing.run_stuffing(60, 5, 2, 1).over_limit > 0


def test_a_fact_that_leaks_is_found(attacked, monkeypatch):
    monkeypatch.setattr(check_page, "OPEN_FIELDS", set())
    monkeypatch.setattr(check_page, "frame", str)
    assert check_page.leaks(1)[1]


def test_a_code_signed_by_us_is_a_hit(monkeypatch):
    monkeypatch.setattr(seal_codes, "check_signature", lambda packed, signature, key_id: None)
    hits, _ = check_page.guess_codes(200, 200)
    assert hits > 50


def test_canaries_are_found_where_they_are_planted(attacked):
    planted = canaries.Canaries(secret={"password": "Rahasia-di-catatan-9!"}, personal={"nik": "x"})
    with (attacked.var / "server.log").open("a") as log:
        log.write("Rahasia-di-catatan-9!\n")
    assert "password in the log" in canaries.find_leaks(planted, attacked)


def test_an_answer_without_headers_is_found(attacked):
    answer = served.Browser(attacked).get("/")
    assert foreign_sites.faults_of(answer) == []
    del answer.headers["x-frame-options"]
    answer.headers["content-security-policy"] = "script-src 'self' 'unsafe-inline'"
    assert len(foreign_sites.faults_of(answer)) == 2


def test_payloads_run_in_a_page_without_our_care(attacked, chromium):
    """As a page would be that writes what it was given: the eyes of row 41 must see it."""
    seen = xss.XssSigns()
    page = chromium.new_page()
    xss.watch(page, seen, "none")
    staying = ("<img", "<svg onload", "<details", "<input", "<link", "<video")
    for text in [text for text in xss.payloads() if text[len(xss.MARK) + 1 :].startswith(staying)]:
        page.set_content(f"<p>{text}</p>")
    page.wait_for_timeout(300)
    page.close()
    assert len(seen.dialogs) >= 5 and seen.foreign


def test_planted_payloads_are_put_back(attacked):
    served.wait_for_people(attacked)
    before = served.snapshot(attacked, foreign_sites.IGNORED_TABLES)
    with planted_payloads.planted(attacked, xss.payloads(), rows=1) as cells:
        assert cells > 10 and served.snapshot(attacked, foreign_sites.IGNORED_TABLES) != before
    assert (
        served.changed_tables(before, served.snapshot(attacked, foreign_sites.IGNORED_TABLES)) == []
    )


def test_an_active_pdf_is_found(tmp_path):
    import io

    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pdf.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        )
        content = io.BytesIO()
        pdf.save(content)
    assert set(rows_pages.active(content.getvalue())) == {"/JS", "/OpenAction"}


def test_a_crash_of_a_measurement_is_a_failed_row():
    def broken(scale):
        raise LookupError("nothing there")

    row = Row("99", "Broken", "0", broken, points=1)
    result = results.measured(row, Scale.SMALL)
    assert not result.passed and "nothing there" in result.detail
    assert re.search(r"0 of 1 .*missed: 99", table.score([result]))
