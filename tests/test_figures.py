"""Each figure of a rule is defined once; copies outside the code are compared with it here."""

import re
from datetime import timedelta
from math import ceil
from pathlib import Path

import pytest

from barut_reflex.accounts import rules as accounts
from barut_reflex.accounts.models import Registration
from barut_reflex.accounts.service import codes, mailbox_limits, recovery
from barut_reflex.applications.models import Application
from barut_reflex.attendance import service as access
from barut_reflex.attendance.models import Attendance
from barut_reflex.attendance.web import scanner
from barut_reflex.cards import dates
from barut_reflex.cards.models import Card, Placement
from barut_reflex.cards.pdf import front
from barut_reflex.cards.service import after_issue, issuing, ledger_replay
from barut_reflex.core import audit, clock, db, figures, lanes, origin, qr, views, worker
from barut_reflex.core import settings as office
from barut_reflex.core.models import StatusMove
from barut_reflex.core.settings import Settings
from barut_reflex.demo import office as demo
from barut_reflex.documents import jail
from barut_reflex.documents import rules as papers
from barut_reflex.documents.models import Document, QuarantinedUpload
from barut_reflex.documents.storage import store
from barut_reflex.documents.web import routes as papers_web
from barut_reflex.gate import flood
from barut_reflex.people.models import Person
from barut_reflex.profiles.models import Entry, Profile
from barut_reflex.profiles.rules import checks, sections
from barut_reflex.profiles.rules.biodata import MAX_ABOUT_LENGTH
from barut_reflex.review import service as review
from barut_reflex.seal import access as access_qr
from barut_reflex.seal import codes as seal_codes
from barut_reflex.seal import keys
from barut_reflex.sharing import rules as sharing
from barut_reflex.sharing.models import ShareLink
from barut_reflex.siapkerja.models import Identity
from barut_reflex.verify.service import scans, withdrawn_list
from barut_reflex.verify.web import verifier
from probes.factories import known

ROOT = Path(__file__).parents[1]
DEFAULTS = {name: field.default for name, field in Settings.model_fields.items()}
WORKERS = 3


def seconds(time: timedelta) -> int:
    return round(time.total_seconds())


def text_of(file: str) -> str:
    return " ".join((ROOT / file).read_text().split())


def figure(file: str, before: str) -> int:
    return int(known(re.search(rf"{re.escape(before)}(\d+)", text_of(file)))[1])


CODE_LIFETIME, TOLERANCE = seconds(access_qr.ACCESS_CODE_LIFETIME), seconds(access.CLOCK_TOLERANCE)
ONE_TIME_HOURS = seconds(accounts.ONE_TIME_PASSWORD_LIFETIME) // 3600
SAID = {
    "assets/upload.js": [
        f"MAX_FILES = {papers.MAX_FILES_PER_PAPER};",
        f"MIN_SPEED = {papers_web.MIN_BYTES_PER_SECOND // 1000};",
        f"finish, {1000 * jail.WALL_CLOCK_SECONDS})",
        f"slice(-{papers.MAX_NAME})",
    ],
    "assets/scan.js": [
        f"RETENTION = {access.UNUSED_CODE_RETENTION.days} * 24 * 3600 * 1000;",
        f"CODE_LIFETIME = {1000 * CODE_LIFETIME:_};",
        f"CLOCK_TOLERANCE = {1000 * TOLERANCE:_};",
        f"MAX_LENGTH = {scanner.MAX_SCANNED_LENGTH};",
        f"BATCH_SIZE = {access.MAX_OFFLINE_SCANS};",
        f"ketik {figures.in_words(access.TYPED_DIGITS)} angkanya",
    ],
    "assets/site.css": [f"minute-bar {CODE_LIFETIME}s", f"minute-over 1s {CODE_LIFETIME}s"],
    "barut_reflex/verify/web/periksa/check.js": [
        f"HEAD = {seal_codes.HEADER.size};",
        f"SIGNATURE = {keys.SIGNATURE_BYTES};",
        f"VERSION = {seal_codes.FORMAT_VERSION};",
        f"DAY_ZERO = Date.UTC({clock.EPOCH.year}, {clock.EPOCH.month - 1}, {clock.EPOCH.day});",
        f"LIST_HASH = {withdrawn_list.HASH_BYTES};",
        f"SIAPKERJA_ID = {seal_codes.PayloadKind.SIAPKERJA_ID.value};",
        f"{seal_codes.PayloadKind.ACCESS.value}: {{ word: ",
    ],
    "barut_reflex/site/web/legal.py": [  # which must not know the desk of the papers
        f'diterima", "{figures.duration(papers.TICKET_LIFETIME)}."'
    ],
    "tools/serve.py": [f"str({flood.MAX_FRAME_BYTES // 1024} * 1024)"],
    "deploy/nginx/barut.conf": [
        f"client_max_body_size {ceil(DEFAULTS['upload_cap'] / figures.MEGABYTE)}m;",
        f"client_body_timeout {papers_web.MIN_UPLOAD_SECONDS}s;",
        *[f"127.0.0.1:310{number} " for number in range(1, WORKERS + 1)],
    ],
    ".env.example": [f"BARUT_WORKERS={WORKERS}"],
    "README.md": [f"localhost:{DEFAULTS['port']} ", f"{demo.PEOPLE} more"],
    "docs/glossary.md": [
        f"{codes.SHORT_DIGITS} digits by mail",
        f"good for {seconds(accounts.CODE_LIFETIME) // 60} minutes",
        f"{codes.LONG_DIGITS} digits in slow mode",
        f"one of {recovery.RECOVERY_CODES} codes",
        f"{origin.DIGITS} hex digits",
        f"{views.LINES_PER_PERSON} of them count as one",
        f"lasts {dates.IDENTITY_YEARS} year",
        f"for {CODE_LIFETIME} seconds, read once",
        f"lapor ({DEFAULTS['report_months']} bulan)",
    ],
    "docs/operations.md": [
        f"every {figure('deploy/systemd/barut-backup.timer', 'OnCalendar=*:0/')} minutes",
        f"({db.POSTGRES_CONNECTIONS} each)",
        f"Connections of PostgreSQL: {db.POSTGRES_CONNECTIONS} a worker",
        f"for {mailbox_limits.PER_KNOWN_NETWORK} mailboxes an hour, from any other for "
        f"{mailbox_limits.PER_NETWORK}, from one browser for {mailbox_limits.PER_BROWSER}.",
        f"`BARUT_LETTERS_AN_HOUR` ({DEFAULTS['letters_an_hour']})",
        f"({mailbox_limits.PER_NETWORK_IN_SLOW_MODE} mailboxes of a network that is not known, "
        f"{mailbox_limits.PER_BROWSER_IN_SLOW_MODE} of a browser)",
        f"`BARUT_SMTP_CONNECTIONS` ({DEFAULTS['smtp_connections']},",
        f"good for {ONE_TIME_HOURS} hours",
        f"minimal {office.MIN_SECRET_LENGTH} huruf acak",
        f"({origin.DIGITS} letters and digits)",
        f"newest {audit.ROWS_CHECKED_FOR_SECRET} rows",
        f"leaves out {ledger_replay.SKIPPED_NUMBERS:,}",
        f"less than {store.MIN_FREE_BYTES // figures.MEGABYTE} MB of disk free",
        f"waits {db.LOCK_TIMEOUT} s",
        f"keeps emails for {seconds(worker.GIVE_UP_AFTER) // 3600} h",
        f"opened more than {views.PEOPLE_ALARM[0]} people",
        f"{views.LINES_PER_PERSON} masked lines",
        f"alarm: {codes.WRONG_CODE_LIMIT[0]} wrong codes within {codes.WRONG_CODE_LIMIT[1]}",
        f"new codes have {codes.LONG_DIGITS} digits, {codes.SHORT_DIGITS}-digit ones",
        f"codes for {DEFAULTS['letters_an_hour']} mailboxes",
    ],
    "docs/qr.md": [
        f"quiet zone {qr.QUIET_ZONE} modules, printed {front.QR_SIDE:g} mm wide",
        f"at most {seal_codes.MAX_NAME_BYTES} |",
        f"At most {scans.VIEWS_PER_CODE} views a minute of one code and "
        f"{scans.VIEWS_PER_ADDRESS} from one address",
        f"{withdrawn_list.LIST_LIFETIME.days} days later",
        f"first {withdrawn_list.HASH_BYTES} bytes of SHA-256",
        f"good for {CODE_LIFETIME} seconds",
        f"`{verifier.LIST_HEADERS['cache-control'].split()[-1]}`",
        f"at most {figure('barut_reflex/verify/web/periksa/day.js', 'MAX_ROWS = '):,} rows",
        f"more than {TOLERANCE} s before, or more than {CODE_LIFETIME} s and {TOLERANCE} s after",
        f"at most {access.MAX_OFFLINE_SCANS} at once",
    ],
}
ROWS = [(file, phrase) for file, phrases in SAID.items() for phrase in phrases]


def is_said(phrase: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(phrase)}(?!\d)", text))


def changed(phrase: str) -> str:
    """The same with other figures."""
    other = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), phrase)
    return other.replace(
        figures.in_words(access.TYPED_DIGITS), figures.in_words(access.TYPED_DIGITS + 1)
    )


@pytest.mark.parametrize(("file", "phrase"), ROWS)
def test_a_file_says_the_figure_of_the_rule(file, phrase):
    assert is_said(phrase, text_of(file))


@pytest.mark.parametrize(("file", "phrase"), ROWS)
def test_another_figure_there_would_be_found(file, phrase):
    assert not is_said(phrase, text_of(file).replace(phrase, changed(phrase)))


# -- settings: the example shows what the office has without them ---------------------------------

EXAMPLE = (ROOT / ".env.example").read_text().partition("# The office's rules.")[2]


def not_the_default(example: str) -> list[str]:
    values = dict(re.findall(r"^BARUT_(\w+)=(.*)$", example, re.MULTILINE))
    own = {name: str(DEFAULTS[name.lower()]).lower() for name in values}
    return [name for name, value in values.items() if value.lower() != own[name]]


def test_the_example_shows_each_rule_as_it_is_without_it():
    assert len(re.findall(r"^BARUT_", EXAMPLE, re.MULTILINE)) > 10
    assert not_the_default(EXAMPLE) == []


def test_another_rule_in_the_example_would_be_found():
    changed_days = EXAMPLE.replace("END=365", "END=366")
    assert not_the_default(changed_days) == ["RETENTION_DAYS_AFTER_END"]


# -- patience: whoever waits for another waits longer ---------------------------------------------


def test_proxy_and_browser_wait_longer_than_a_paper_takes():
    proxy = figure("deploy/nginx/barut.conf", "proxy_read_timeout ")
    assert proxy > lanes.SLOT_TIMEOUT + jail.WALL_CLOCK_SECONDS
    assert figure("assets/upload.js", "request.timeout = ") == 1000 * proxy


def test_a_proxy_that_gives_up_first_would_be_found():
    assert (
        figure("deploy/nginx/barut.conf", "client_body_timeout ")
        < lanes.SLOT_TIMEOUT + jail.WALL_CLOCK_SECONDS
    )


def test_a_unit_waits_longer_than_a_worker_takes_to_be_ready():
    ready = figure("tools/serve.py", "READY_SECONDS = ")
    assert figure("deploy/systemd/barut@.service", "TimeoutStartSec=") > ready


def test_postgresql_has_room_for_the_workers_and_one_more():
    room = figure("docs/operations.md", "`max_connections = ")
    assert (WORKERS + 1) * db.POSTGRES_CONNECTIONS <= room < (WORKERS + 3) * db.POSTGRES_CONNECTIONS


# -- columns hold what their rule lets in ---------------------------------------------------------

COLUMNS = [
    (Profile, "about", MAX_ABOUT_LENGTH),
    (Profile, "skills", checks.MAX_SKILLS * (checks.MAX_SKILL_LENGTH + 1)),
    (Entry, "description", sections.MAX_DESCRIPTION_LENGTH),
    (Application, "review_note", review.MAX_NOTE_LENGTH),
    (StatusMove, "note", review.MAX_NOTE_LENGTH),
    (Card, "revoke_reason", issuing.MAX_REASON_LENGTH),
    (Identity, "revoke_reason", issuing.MAX_REASON_LENGTH),
    (Placement, "employer", after_issue.MAX_EMPLOYER_LENGTH),
    (Attendance, "event", access.MAX_EVENT_LENGTH),
    (ShareLink, "recipient", sharing.MAX_RECIPIENT_LENGTH),
    (ShareLink, "purpose", sharing.MAX_PURPOSE_LENGTH),
    (Document, "original_name", papers.MAX_NAME),
    (QuarantinedUpload, "original_name", papers.MAX_NAME),
    (Person, "email", accounts.MAX_EMAIL_LENGTH),
    (Registration, "email", accounts.MAX_EMAIL_LENGTH),
]


def length_of(table, column: str) -> int:
    return table.__table__.c[column].type.length


@pytest.mark.parametrize(("table", "column", "longest"), COLUMNS)
def test_a_column_holds_the_longest_text(table, column, longest):
    assert length_of(table, column) >= longest


@pytest.mark.parametrize(("table", "column", "longest"), COLUMNS)
def test_a_longer_rule_would_not_fit(table, column, longest):
    assert length_of(table, column) < 2 * longest
