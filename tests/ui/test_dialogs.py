"""An act that cannot be undone asks for confirmation; the confirming button is last."""

import reflex as rx

from barut_reflex.ui import forms

from .drawing import draw


class DialogState(rx.State):
    @rx.event
    def revoke(self): ...

    @rx.event
    def save(self, form: dict): ...


def drawn_dialog(**options):
    return draw(
        forms.confirm_dialog(
            "cabut",
            title="Cabut kartu?",
            body="Kartu tidak berlaku lagi.",
            confirm_label="Ya, cabut",
            on_confirm=DialogState.revoke,
            **options,
        )
    )


def test_the_question_is_named_by_its_heading():
    drawn = drawn_dialog()
    assert drawn.tag == "dialog"
    assert drawn.one(id=drawn.marks["aria-labelledby"]).text() == "Cabut kartu?"


def test_batal_stands_first_and_the_confirming_button_last():
    assert [button.text() for button in drawn_dialog().all("button")] == ["Batal", "Ya, cabut"]


def test_only_the_confirming_button_acts():
    batal, confirm = drawn_dialog(danger=True).all("button")
    assert "onClick" not in batal.marks
    assert "revoke" in confirm.marks["onClick"]


def test_a_dialog_is_opened_by_its_id():
    button = draw(forms.danger_button("Cabut Kartu", **forms.opens("cabut")))
    assert button.marks["data-opens"] == drawn_dialog().marks["id"]
    assert (button.marks["type"], button.marks["aria-haspopup"]) == ("button", "dialog")


def test_a_form_in_a_dialog_closes_only_by_batal():
    field = forms.text_field("Tempat Kerja", name="employer")
    drawn = draw(
        forms.form_dialog(
            "kerja",
            field,
            title="Diterima kerja",
            submit_label="Simpan",
            on_submit=DialogState.save,
        )
    )
    batal, save = drawn.all("button")
    assert (batal.text(), save.text()) == ("Batal", "Simpan")
    assert "data-closes" in batal.marks
    assert "data-closes" not in save.marks
