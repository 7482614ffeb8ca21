"""The rules for passwords and email addresses, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barut_reflex.accounts import rules
from barut_reflex.accounts.rules import (
    canonical_mailbox,
    email_error,
    lower_email,
    password_kinds,
)

from .passwords import password_error


@pytest.mark.parametrize(
    "password",
    [
        "Perahu7!",
        "aB3$xY7!",
        "Ikan-Patin 5 ekor",
        "kuda merah makan pisang",  # long, of two kinds only
        "水牛过河2026-Teweh!",
        "🚤🌧️🌳🐟🍌🏠🚲📮🎣🌾🍍🥥🪵🛶⛰️",
        "x" * 3 + "Perahu7!lewat" + "-Jingah " * 14,  # 128 characters
    ],
)
def test_a_good_password_is_taken(password):
    assert len(password) <= 128
    assert password_error(password) is None


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "belum diisi"),
        ("Pa7!", "8 karakter"),
        ("perahu7!", "huruf besar"),
        ("PERAHU7!", "huruf kecil"),
        ("Perahu!!", "angka"),
        ("Perahu77", "simbol"),
        ("perahu", "8 karakter, huruf besar, angka dan simbol"),
        ("Password1!", "mudah ditebak"),
        ("Qwerty123!", "mudah ditebak"),
        ("Disnaker2026!", "mudah ditebak"),
        ("BaritoUtara1!", "mudah ditebak"),
        ("aaaaaaaaaaaaaaaaaaaa", "mudah ditebak"),
        ("passwordpassword", "mudah ditebak"),
        ("A" * 120 + "a1!" * 3, "128"),
        ("Perahu7!\x00lewat", "tanda kendali"),
    ],
)
def test_a_weak_password_is_refused_with_what_is_missing(password, said):
    assert said in password_error(password)


def test_the_own_name_makes_a_password_weak():
    assert password_error("Wulaningsih-26") is None
    assert "mudah ditebak" in str(password_error("Wulaningsih-26", ["Dewi Wulaningsih"]))


def test_without_the_local_words_the_office_name_would_pass(monkeypatch):
    monkeypatch.setattr(rules, "LOCAL_WORDS", ())
    assert password_error("Disnaker2026!") is None


def test_the_four_ticks():
    assert password_kinds("Aé9 ") == {
        "Huruf besar": True,
        "Huruf kecil": True,
        "Angka": True,
        "Simbol": False,
    }


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text):
    for error in (password_error(text), email_error(text)):
        assert error is None or error.endswith(".")
    assert canonical_mailbox(text) == canonical_mailbox(canonical_mailbox(text)) or "+" in text


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "belum diisi"),
        ("dewi", "@"),
        ("@contoh.id", "@"),
        ("dewi@contoh", "bukan alamat"),
        ("de wi@contoh.id", "tidak dapat dipakai"),
        ("dewi@@contoh.id", "tidak dapat dipakai"),
        (".dewi@contoh.id", "tidak dapat dipakai"),
        ("dewi\r\nBcc: x@y.id@contoh.id", "tidak dapat dipakai"),
        ("m\u0131ke@contoh.id", "“\u0131”"),  # dotless i, which upper-cases to I
        ("d" * 65 + "@contoh.id", "tidak dapat dipakai"),
        ("dewi@" + "d" * 250 + ".id", "254"),
    ],
)
def test_a_wrong_address_is_refused(email, said):
    assert said in email_error(email)


@pytest.mark.parametrize("email", ["Dewi.L+kerja@contoh.co.id", "a@b.id", "dewi@bücher.example"])
def test_a_right_address_is_taken(email):
    assert email_error(email) is None


def test_an_address_is_kept_small_and_in_ascii():
    assert lower_email("  Dewi@BÜCHER.example ") == "dewi@xn--bcher-kva.example"
    assert lower_email("\u212aetut@contoh.id") == "ketut@contoh.id"  # Kelvin sign: mailed as k


@pytest.mark.parametrize(
    "variant",
    [
        "dewi.lestari@gmail.com",
        "DewiLestari@GMAIL.com",
        "d.e.w.i.l.e.s.t.a.r.i@googlemail.com",
        "dewilestari+kerja@gmail.com",
        "dewi.lestari+a+b@googlemail.com",
    ],
)
def test_one_mailbox_has_one_key(variant):
    assert canonical_mailbox(variant) == "dewilestari@gmail.com"


def test_dots_matter_elsewhere():
    assert canonical_mailbox("de.wi@contoh.id") != canonical_mailbox("dewi@contoh.id")
