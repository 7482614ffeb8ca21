"""The server and the offline page give the same answer to every vector."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from barut_reflex.core import clock
from barut_reflex.core.settings import settings
from barut_reflex.seal import access, codes, keys
from barut_reflex.seal.rules import CodeError
from barut_reflex.verify.web import verifier

from ..verify import list_reader
from .vectors import make

HERE = Path(__file__).parent / "vectors"
NODE = Path(sys.executable).parent / "node"
VECTORS = json.loads((HERE / "codes.json").read_text())
EXPECTED = [vector["result"] for vector in VECTORS]
REASONS = {"unreadable", "unknown_format", "unknown_key", "bad_signature"}


@pytest.fixture
def key_set(own_office):
    """The public keys of the vectors, as the office publishes its own."""
    shutil.copytree(HERE / "keys", settings.var / "keys")
    file = own_office / "keys.json"
    file.write_text(json.dumps(keys.published_keys()))
    return file


def the_server_says(vector):
    """The answer of the office's own code, put together as `docs/qr.md` says."""
    try:
        payload = codes.decode(vector["code"])
    except codes.InvalidCode as refused:
        return str(refused.flaw)
    signed = json.loads((HERE / vector["list"]).read_text()) if vector["list"] else None
    listed = list_reader.judge(signed, payload) if signed else ""
    is_over = date.fromisoformat(vector["clock"]) > payload.valid_until
    if listed in ("revoked", "replaced") or not is_over:
        return listed or "valid"
    return "expired"


def the_page_says(key_set, *options, checker=verifier.SOURCE_FOLDER / "check.js"):
    command = [NODE, HERE / "run.mjs", checker, key_set, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_server_agrees_with_every_vector(key_set):
    assert [the_server_says(vector) for vector in VECTORS] == EXPECTED


def test_the_page_agrees_with_every_vector(key_set):
    answers = the_page_says(key_set)
    assert [answer["result"] for answer in answers] == EXPECTED
    for vector, answer in zip(VECTORS, answers, strict=True):
        if says := vector.get("says"):
            payload = answer["payload"]
            assert payload["codeId"] == says["code_id"]
            assert payload["issued"] == says["issued"]
            assert payload["validUntil"] == says["valid_until"]
            assert {key: payload[key] for key in ("kind", "number", "name")} == {
                key: says[key] for key in ("kind", "number", "name")
            }


def test_a_page_that_checks_no_signature_fails_the_vectors(key_set):
    answers = [answer["result"] for answer in the_page_says(key_set, "without-signature")]
    wrong = {
        v["title"] for v, answer in zip(VECTORS, answers, strict=True) if answer != v["result"]
    }
    assert {"name edited", "signed by a stranger under key 3", "zero signature"} <= wrong
    assert len(wrong) >= 10


def test_a_server_that_checks_no_signature_fails_them_too(key_set, monkeypatch):
    monkeypatch.setattr(codes, "check_signature", lambda packed, signature, key_id: None)
    wrong = [vector["title"] for vector in VECTORS if the_server_says(vector) != vector["result"]]
    assert "name edited" in wrong and len(wrong) >= 8


def test_a_page_that_overlooks_the_unchecked_says_more_than_the_vectors(key_set, tmp_path):
    script = (verifier.SOURCE_FOLDER / "check.js").read_text()
    assert script.count('? "unchecked" : ""') == 1
    careless = tmp_path / "check.mjs"
    careless.write_text(script.replace('? "unchecked" : ""', '? "" : ""'))
    answers = the_page_says(key_set, checker=careless)
    wrong = {
        (vector["result"], answer["result"])
        for vector, answer in zip(VECTORS, answers, strict=True)
        if answer["result"] != vector["result"]
    }
    assert wrong == {("unchecked", "valid")}


def test_an_access_code_is_no_card_to_either(own_office):
    made = clock.now().replace(microsecond=0)
    code = access.encode(access.AccessPayload("ab" * 10, "", "Đỗ Ngọc", made))
    with pytest.raises(codes.InvalidCode):
        codes.decode(code)
    words = "import {{ check, readKeys }} from {}; const keys = await readKeys({}); ".format(
        json.dumps((verifier.SOURCE_FOLDER / "check.js").as_uri()),
        json.dumps(keys.published_keys()),
    )
    words += f"console.log(JSON.stringify(await check('{code}', {{ keys, today: '2026-05-01' }})))"
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", words], capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout)
    assert (answer["result"], answer["payload"]["name"]) == ("access", "Đỗ Ngọc")


def test_every_reason_and_every_answer_has_a_vector():
    assert {*REASONS, "valid", "expired", "revoked", "replaced", "unchecked"} == set(EXPECTED)
    assert {str(flaw) for flaw in CodeError} == REASONS
    assert len({vector["title"] for vector in VECTORS}) == len(VECTORS)


def test_the_vectors_of_key_3_can_be_made_again(own_office):
    made = {vector["title"]: vector for vector in make.vectors()}
    assert [made.get(v["title"], v) for v in VECTORS] == VECTORS
    for name, listed in make.lists().items():
        assert json.loads((HERE / name).read_text()) == listed
