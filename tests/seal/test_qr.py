"""The published vectors follow `docs/qr.md`, so that any checker gives the same answers."""

import json
import re
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

from barut_reflex.core import qr
from barut_reflex.core.settings import UnsafeSetting, settings
from barut_reflex.seal import codes, keys

HERE = Path(__file__).parent / "vectors"
VECTORS = json.loads((HERE / "codes.json").read_text())
GOOD = [vector for vector in VECTORS if vector["verifies"]]
BAD = [vector for vector in VECTORS if not vector["verifies"]]
PAYLOAD = codes.Payload(
    code_id="00112233445566778899",
    number="620500000320042026",
    name="Bambang Susilo Hartono",
    issued=date(2026, 4, 20),
    valid_until=date(2028, 4, 20),
)


@pytest.fixture
def published_keys(own_office):
    """The public halves only: enough to check."""
    shutil.copytree(HERE / "keys", settings.var / "keys")


@pytest.mark.parametrize("vector", GOOD, ids=lambda vector: vector["title"])
def test_a_good_code_says_what_was_signed(published_keys, vector):
    payload, says = codes.decode(vector["code"]), vector["says"]
    assert (payload.code_id, payload.number, payload.name, payload.kind) == (
        says["code_id"],
        says["number"],
        says["name"],
        says["kind"],
    )
    assert payload.issued.isoformat() == says["issued"]
    assert payload.valid_until.isoformat() == says["valid_until"]
    assert (date.fromisoformat(vector["clock"]) > payload.valid_until) is vector["expired"]


@pytest.mark.parametrize("vector", BAD, ids=lambda vector: vector["title"])
def test_a_bad_code_is_not_ours_and_why(published_keys, vector):
    with pytest.raises(codes.InvalidCode) as refused:
        codes.decode(vector["code"])
    assert refused.value.flaw == vector["result"]


def test_without_the_signature_check_an_edited_name_would_pass(published_keys, monkeypatch):
    edited = next(vector["code"] for vector in BAD if vector["title"] == "name edited")
    monkeypatch.setattr(codes, "check_signature", lambda packed, signature, key_id: None)
    assert codes.decode(edited).name == "Bembang Susilo Hartono"


def test_what_is_signed_can_be_read():
    payload = codes.decode(codes.encode(PAYLOAD))
    assert payload == codes.Payload(**{**vars(PAYLOAD), "key_id": 1})


def test_a_new_key_signs_and_the_old_one_still_checks():
    before = codes.encode(PAYLOAD)
    assert keys.make_key() == 2
    assert codes.decode(codes.encode(PAYLOAD)).key_id == 2
    assert codes.decode(before).key_id == 1


def test_a_key_is_readable_by_its_owner_only():
    keys.ensure_key()
    file = settings.var / "keys" / "1.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_real_office_makes_its_key_on_purpose(monkeypatch):
    monkeypatch.setattr(settings, "env", "production")
    with pytest.raises(UnsafeSetting):
        keys.ensure_key()  # at the start
    with pytest.raises(keys.NoKey):
        codes.encode(PAYLOAD)  # never a key in passing
    with pytest.raises(codes.InvalidCode):
        codes.decode(VECTORS[0]["code"])
    keys.make_key()
    keys.ensure_key()
    assert codes.decode(codes.encode(PAYLOAD)).number == PAYLOAD.number


def test_a_public_key_alone_cannot_sign(published_keys):
    with pytest.raises(keys.NoKey):
        codes.encode(PAYLOAD)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("A" * 41, "A" * 40), ("A" * 39 + "é", "A" * 39), ("Đỗ " * 20, ("Đỗ " * 20)[:20])],
)
def test_a_long_name_is_cut_between_letters(name, kept):
    found = codes.decode(codes.encode(codes.Payload(**{**vars(PAYLOAD), "name": name}))).name
    assert kept.startswith(found) and len(found.encode()) in range(38, 41)


def test_the_code_holds_no_more_than_it_should():
    raw = codes.bytes_of(codes.encode(PAYLOAD))
    assert len(raw) == codes.HEADER.size + len(PAYLOAD.name) + 64
    assert b"6205050707000006" not in raw


def test_the_qr_stays_alphanumeric_and_small_enough_for_27_mm(monkeypatch):
    monkeypatch.setitem(settings.__dict__, "address", "https://kerja.baritoutarakab.go.id")
    long = codes.Payload(**{**vars(PAYLOAD), "name": "A" * 60})
    address = codes.address_of(codes.encode(long))
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", address)
    assert address.startswith("HTTPS://KERJA.BARITOUTARAKAB.GO.ID/V/")
    assert len(qr.matrix_of(address)) <= 57  # 27 mm over 57 modules: 0.47 mm each


def test_the_published_keys_are_complete_and_public():
    keys.make_key()
    keys.make_key()
    published = keys.published_keys()["keys"]
    assert [key["kid"] for key in published] == ["1", "2"]
    assert all(key.keys() == {"kty", "crv", "alg", "use", "kid", "x", "y"} for key in published)


def test_the_screen_picture_is_the_same_qr():
    text = "HTTPS://X/V/ABC"
    picture = qr.svg_of(text)
    drawn = {(int(x) - 4, int(y) - 4) for x, y in re.findall(r"M(\d+),(\d+)H", picture)}
    matrix = qr.matrix_of(text)
    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert f'viewBox="0 0 {len(matrix) + 8} {len(matrix) + 8}"' in picture
