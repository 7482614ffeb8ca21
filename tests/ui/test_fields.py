"""A field draws its label, box, hint and its own error message."""

import dataclasses

import pytest
import reflex as rx

from barut_reflex.ui import forms

from .drawing import draw

FIELDS = {
    "input": [forms.text_field, forms.password_field, forms.date_field, forms.checkbox_field],
    "textarea": [forms.text_area],
}


@dataclasses.dataclass
class Place:
    value: str = ""
    label: str = ""


class FieldState(rx.State):
    places: list[Place] = []  # noqa: RUF012  Reflex copies the default
    chosen: str = ""
    error: str = ""


def each_field():
    for tag, makers in FIELDS.items():
        for maker in makers:
            yield pytest.param(tag, maker, id=maker.__name__)


@pytest.mark.parametrize(("tag", "make"), each_field())
def test_the_label_is_exactly_the_given_words_and_names_its_box(tag, make):
    drawn = draw(make("Tempat Lahir", name="birth_place"))
    label = drawn.one("label")
    assert label.text() == "Tempat Lahir"
    assert label.marks["htmlFor"] == drawn.one(tag, name="birth_place").marks["id"]


@pytest.mark.parametrize(("tag", "make"), each_field())
def test_the_refusal_stands_where_the_box_points_to(tag, make):
    drawn = draw(make("Email", name="email", error="Alamat belum lengkap."))
    box, refusal = drawn.one(tag, name="email"), drawn.one("p", role="alert")
    assert refusal.marks["id"] in box.marks["aria-describedby"].split()
    assert refusal.text() == "Alamat belum lengkap."
    assert box.marks["aria-invalid"] == ('(isTrue("Alamat belum lengkap.") ? "true" : "false")')


def test_a_hint_is_read_before_the_refusal():
    drawn = draw(forms.text_field("RT", name="rt", hint="Angka saja, misalnya 1"))
    assert drawn.one("input").marks["aria-describedby"] == "rt-hint rt-error"
    assert drawn.one("p", id="rt-hint").text() == "Angka saja, misalnya 1"


def test_without_a_hint_the_box_points_to_no_missing_element():
    drawn = draw(forms.text_field("RT", name="rt"))
    assert drawn.one("input").marks["aria-describedby"] == "rt-error"


def test_a_list_offers_its_placeholder_first_and_keeps_values():
    drawn = draw(forms.select_field("Peran", name="role", options=[("officer", "Petugas"), "PNS"]))
    offered = [(one.marks["value"], one.text()) for one in drawn.all("option")]
    assert offered == [("", "Pilih …"), ("officer", "Petugas"), ("PNS", "PNS")]


def test_a_list_from_the_state_follows_a_choice_that_arrives_later():
    field = forms.select_field(
        "Provinsi", name="p", options=FieldState.places, default_value=FieldState.chosen
    )
    source = str(field.render())
    assert "defaultValue" not in source  # React would read it once, before the data is there
    assert source.count("selected:") == 2  # the placeholder and the rows


def test_showing_a_password_has_a_name_of_its_own():
    drawn = draw(forms.password_field("Password", name="password"))
    button = drawn.one("button")
    assert button.marks["aria-label"] == "Tampilkan isi"
    assert button.marks["type"] == "button"
    assert button.marks["data-reveals"] == drawn.one("input").marks["id"]


def test_a_date_is_typed_with_a_number_pad():
    box = draw(forms.date_field("Tanggal Lahir", name="birth_date")).one("input")
    assert box.marks["inputMode"] == "numeric"
    assert box.marks["placeholder"] == "DD/MM/YYYY"
    assert box.marks["maxLength"] == "10"


def test_the_calendar_beside_a_date_is_no_second_field():
    drawn = draw(forms.date_field("Tanggal Lapor", name="on", picker=True))
    hidden = drawn.one("input", type="date")
    assert (hidden.marks["aria-hidden"], hidden.marks["tabIndex"]) == ("true", "-1")
    assert "name" not in hidden.marks
    assert drawn.one("button").marks["aria-label"] == "Buka kalender"


@pytest.mark.parametrize(
    "make", [forms.text_field, forms.text_area, forms.password_field, forms.date_field]
)
def test_a_box_keeps_what_was_typed(make):
    source = str(make("Nama", name="name", default_value=FieldState.chosen).render())
    assert "defaultValue:" in source
    assert " value:" not in source


@pytest.mark.parametrize(
    "make", [forms.text_field, forms.text_area, forms.date_field, forms.select_field]
)
def test_a_box_that_begins_with_the_state_follows_it(make):
    options = {"options": FieldState.places} if make is forms.select_field else {}
    drawn = draw(make("Nama", name="name", default_value=FieldState.chosen, **options))
    [box] = [one for one in drawn.all() if "data-stored" in one.marks]
    assert box.marks["name"] == "name"
    assert box.marks["data-stored"] == str(FieldState.chosen)


def test_a_tick_that_begins_with_the_state_follows_it():
    ticked = FieldState.chosen == "on"
    box = draw(forms.checkbox_field("Mau", name="wants", default_checked=ticked)).one("input")
    assert box.marks["data-stored"] == f'({ticked!s} ? "on" : "")'


def test_a_box_with_a_first_value_of_its_own_follows_nothing():
    assert "data-stored" not in draw(forms.text_field("N", name="n", default_value="24")).marks


@pytest.mark.parametrize("make", [forms.secondary_button, forms.quiet_button])
def test_only_the_main_button_sends_the_form(make):
    assert draw(make("Kembali")).marks["type"] == "button"
    assert "type" not in draw(forms.primary_button("Simpan")).marks
