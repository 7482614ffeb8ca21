"""Logs: one JSON object per line, without personal values or secrets."""

import io
import json
import logging
import time

import pytest

from barut_reflex.core import logs

NIK, EMAIL, CODE = "6205050707000006", "dewi.lestari@contoh.id", "048151"
TOKEN = "Vb3xkX1zqZ0yZr9tQ2mN7pL5cJ8hG4fD6sA0wE_u-iO"
SEAL = "9f" * 32
UUID = "0b9f2f0e-5a0f-4f0a-9b39-1f8a2ad5b1c7"


@pytest.fixture
def log():
    """A log of its own: say something, read the line."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.JsonLines())
    handler.addFilter(logs.is_worth_a_line)

    def say(message, *args, name="barut_reflex.test", level=logging.WARNING, **rest):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        try:
            logger.log(level, message, *args, **rest)
        finally:
            logger.removeHandler(handler)
            logger.setLevel(logging.NOTSET)
        lines = written.getvalue().splitlines()
        written.truncate(0)
        written.seek(0)
        return lines

    return say


@pytest.mark.parametrize("secret", [NIK, EMAIL, CODE, TOKEN, "6205 0507 0700 0006", SEAL])
@pytest.mark.parametrize("sentence", ["%s", "event refused: %s.", "a=%s&b", "'%s'"])
def test_what_identifies_is_taken_out(log, sentence, secret):
    [line] = log(sentence, secret)
    assert secret not in line
    assert "[" in json.loads(line)["said"]


@pytest.mark.parametrize("secret", [NIK, EMAIL, CODE, TOKEN])
def test_a_plain_formatter_would_show_it(secret):
    record = logging.LogRecord("barut_reflex.x", 30, "x.py", 1, "said %s", (secret,), None)
    assert secret in logging.Formatter().format(record)
    assert secret not in logs.JsonLines().format(record)


@pytest.mark.parametrize(
    "sentence",
    [
        f"mail {UUID} (sign_up) not sent: SMTPServerDisconnected",
        "alarm: 200 failed logins",
        "job 7",
    ],
)
def test_what_helps_the_office_stays(log, sentence):
    [line] = log(sentence)
    assert json.loads(line)["said"] == sentence


@pytest.mark.parametrize(
    "phone",
    ["+6282312345678", "082312345678", "0823-1234-5678", "(0823) 1234 5678", "62823.1234.5678"],
)
def test_a_phone_number_is_taken_out(log, phone):
    [line] = log("not saved: %s.", phone)
    assert json.loads(line)["said"] in ("not saved: [hp].", "not saved: ([hp].")


@pytest.mark.parametrize("letter", ["a", "1 ", "a@", "0 8 ", "-", "62"])
def test_a_long_text_costs_linear_time(letter):
    def cost(many):
        begun = time.process_time()
        logs.clean(letter * many)
        return time.process_time() - begun

    assert cost(200_000) < 1  # a quadratic pattern needs minutes


def test_a_query_is_cut_off(log):
    [line] = log("route refused: /admin/pengajuan?cari=Bambang+Susilo")
    assert "Bambang" not in line and "/admin/pengajuan" in line


def test_libraries_say_only_where(log):
    quoted = (
        f"Error transforming event payload for handler save: {{'nik': '{NIK}', 'name': 'Dewi'}}"
    )
    [line] = log(quoted, name="reflex_base.event.processor")
    said = json.loads(line)
    assert "said" not in said and "Dewi" not in line
    assert said["logger"] == "reflex_base.event.processor" and said["where"].startswith(
        "test_logs.py:"
    )


def test_chatter_of_libraries_is_dropped(log):
    assert log("HTTP Request: GET /x?token=1", name="httpx", level=logging.INFO) == []
    assert len(log("ours", level=logging.INFO)) == 1


def test_a_line_stays_one_line(log):
    [line] = log("name: %s", 'a\r\n{"level": "INFO", "said": "forged"}\x1b[2J\u2028\u202eb')
    assert json.loads(line)["said"].startswith("name: a\r\n")
    assert all(" " <= letter <= "~" for letter in line)


def test_of_an_error_its_kind_and_place_stay(log):
    try:
        try:
            raise KeyError(NIK)
        except KeyError as inner:
            raise ValueError(f"could not read {EMAIL} of Dewi Lestari") from inner
    except ValueError:
        [line] = log("event failed", exc_info=True)
    assert NIK not in line and EMAIL not in line and "Dewi" not in line
    entry = json.loads(line)
    assert entry["error"] == "ValueError < KeyError"
    assert entry["trace"][-1].startswith("test_logs.py:")


def test_the_head_of_the_trail_is_noted(log):
    [line] = log("audit head", extra={"row": 7, "seal": SEAL, "nik": NIK})
    entry = json.loads(line)
    assert (entry["row"], entry["seal"]) == (7, SEAL)
    assert NIK not in line


def test_a_long_sentence_is_cut(log):
    [line] = log("x " * 5000)
    assert len(line) < 1000


def test_configuring_twice_makes_one_handler():
    logs.configure()
    logs.configure()
    handlers = logging.getLogger().handlers
    assert len([one for one in handlers if isinstance(one.formatter, logs.JsonLines)]) == 1
    assert logging.getLogger("granian.access").disabled
    assert logging.getLogger("_granian").handlers == []
