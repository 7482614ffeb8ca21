"""Values a client sends must have the types of the handler's own type hints."""

from pathlib import Path

import pytest
from reflex.state import FrontendEventExceptionState
from starlette.exceptions import HTTPException
from starlette.requests import Request

from barut_reflex.gate import payload


class Screen:
    def save(self, form: dict[str, str]): ...

    def turn_to(self, page: int): ...

    def clear(self): ...


def test_a_form_as_the_browser_sends_it_is_unwrapped():
    sent = {"form": {"__reflex_form_data__": [["name", "Ahmad"], ["agreed", True], ["x", None]]}}
    assert payload.is_well_typed(Screen.save, sent)
    assert sent["form"] == {"name": "Ahmad", "agreed": "on", "x": ""}


def test_a_plain_form_with_a_ticked_box_is_spelled_out():
    sent = {"form": {"name": "Ahmad", "agreed": True, "other": False}}
    assert payload.is_well_typed(Screen.save, sent)
    assert sent["form"] == {"name": "Ahmad", "agreed": "on", "other": ""}


def test_a_field_that_was_not_changed_reaches_no_handler():
    pairs = [["nik", "old"], ["name", "new"], ["agreed", False], ["untouched", "nik agreed"]]
    sent = {"form": {"__reflex_form_data__": pairs}}
    assert payload.is_well_typed(Screen.save, sent)
    assert sent["form"] == {"name": "new"}


@pytest.mark.parametrize("wrap", [dict, lambda form: {"__reflex_form_data__": [*form.items()]}])
@pytest.mark.parametrize(("fields", "is_taken"), [(80, True), (81, False), (3400, False)])
def test_a_form_of_too_many_fields_is_refused_before_any_work_on_them(wrap, fields, is_taken):
    form = wrap({"untouched": "a b"} | {str(number): "" for number in range(fields - 1)})
    sent = {"form": form}
    assert payload.is_well_typed(Screen.save, sent) is is_taken
    assert (sent["form"] is form) is not is_taken


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        (Screen.save, {}),
        (Screen.save, {"form": ["a"]}),
        (Screen.save, {"form": {"name": {"$ne": ""}}}),
        (Screen.save, {"form": {"name": 7}}),
        (Screen.save, {"form": {}, "by": "somebody"}),
        (Screen.save, {"form": {f"f{n}": "" for n in range(payload.MAX_FIELDS + 1)}}),
        (Screen.save, {"form": {"__reflex_form_data__": "name"}}),
        (Screen.save, {"form": {"__reflex_form_data__": [["name"]]}}),
        (Screen.save, {"form": {"__reflex_form_data__": [["name", {"a": 1}]]}}),
        (Screen.turn_to, {"page": "1"}),
        (Screen.turn_to, {"page": True}),
        (Screen.turn_to, {"page": [1]}),
        (Screen.clear, {"anything": 1}),
    ],
)
def test_an_ill_typed_payload_is_refused(handler, sent):
    assert not payload.is_well_typed(handler, sent)


def test_without_the_model_an_ill_typed_payload_would_pass(monkeypatch):
    class Anything:
        @staticmethod
        def model_validate(sent):
            return sent

    monkeypatch.setattr(payload, "model_of", lambda function: Anything)
    assert payload.is_well_typed(Screen.turn_to, {"page": [1]})


def test_a_report_with_half_a_letter_never_reaches_reflex():
    report = FrontendEventExceptionState.event_handlers["handle_frontend_exception"].fn
    assert payload.is_well_typed(report, {"info": "whole", "component_stack": ""})
    assert not payload.is_well_typed(report, {"info": "half \ud800", "component_stack": ""})
    assert not payload.is_well_typed(report, {"info": "", "component_stack": "\ud800"})


@pytest.mark.parametrize("name", ["\ud800", "\x00"])
def test_the_name_of_a_field_is_storable_too(name):
    assert not payload.is_well_typed(Screen.save, {"form": {name: "a"}})


async def test_what_no_database_takes_is_replaced_in_a_plain_form():
    sent = _posted(_part("a\x00b"), b"multipart/form-data; boundary=b; charset=UTF-8")
    assert await payload.form_of(sent) == {"email": "a\ufffdb"}


@pytest.mark.parametrize("charset", ["utf-7", "undefined", "idna", "utf-8; charset=utf-7"])
async def test_a_charset_no_browser_names_is_refused(charset):
    """UTF-7 may write half a letter; some codecs of Python crash over what they can't read."""
    sent = _posted(_part("+2AA-"), f"multipart/form-data; boundary=b; charset={charset}".encode())
    with pytest.raises(HTTPException) as refused:
        await payload.form_of(sent)
    assert refused.value.status_code == 400


def test_plain_forms_are_read_in_one_place():
    source = Path(payload.__file__).parents[1]
    readers = [p.name for p in source.rglob("*.py") if "request.form(" in p.read_text()]
    assert readers == ["payload.py"]


def _part(text: str) -> bytes:
    head = 'Content-Disposition: form-data; name="email"'
    return f"--b\r\n{head}\r\n\r\n{text}\r\n--b--\r\n".encode()


def _posted(body: bytes, media_type: bytes) -> Request:
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", media_type)]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)
