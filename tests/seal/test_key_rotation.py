"""New, retired and stolen signing keys: what each means for cards already issued."""

import pytest

from barut_reflex import cli
from barut_reflex.cards.dates import Verdict
from barut_reflex.cards.queries import lookup
from barut_reflex.core import db, schema
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.seal import codes, keys
from barut_reflex.seal import keys as seal_keys
from barut_reflex.seal.rules import CodeError
from barut_reflex.verify.service import scans
from probes.card_factories import give_card

from ..verify.test_scan import scan


@pytest.fixture(autouse=True)
def one_session(session, monkeypatch):
    """The command line works in the same office."""
    monkeypatch.setattr(schema, "upgrade", lambda: None)


def code_of(session, card):
    session.expire_all()
    return lookup.current_code(session, card).code


def kids():
    return [key["kid"] for key in seal_keys.published_keys()["keys"]]


def test_from_the_first_key_to_a_stolen_one(session, card, siti, rina, capsys):
    """One office's life: new key, old one retired, new one stolen."""
    first = code_of(session, card)
    assert cli.main(["kunci-qr"]) == 0
    later = give_card(session, holder=siti, officer=rina, nik="6205054101950002")
    second = code_of(session, later)
    assert (codes.decode(first).key_id, codes.decode(second).key_id) == (1, 2)

    assert cli.main(["kunci-qr", "pensiunkan", "1"]) == 0
    assert b"PRIVATE" not in (settings.var / "keys" / "1.pem").read_bytes()
    assert scan(session, first).verdict is Verdict.VALID
    assert kids() == ["1", "2"]

    assert cli.main(["kunci-qr", "hapus", "2"]) == 1  # it signs: a new one first
    assert cli.main(["kunci-qr"]) == 0
    assert cli.main(["kunci-qr", "hapus", "2"]) == 0
    assert "1 kartu diberi kode QR baru" in capsys.readouterr().out
    assert kids() == ["1", "3"]
    with pytest.raises(codes.InvalidCode) as refused:
        codes.decode(second)
    assert refused.value.flaw is CodeError.UNKNOWN_KEY
    with pytest.raises(scans.UnknownCode):
        scan(session, second)
    third = code_of(session, later)
    assert codes.decode(third).key_id == 3
    assert scan(session, third).verdict is Verdict.VALID
    assert scan(session, first).verdict is Verdict.VALID  # other keys' cards are left alone


def test_a_forger_with_the_stolen_key_gets_nowhere(session, card):
    stolen = (settings.var / "keys" / "1.pem").read_bytes()
    keys.make_key()
    keys.remove_key(1)
    (settings.var / "keys" / "1.pem").write_bytes(stolen)  # the forger's own copy signs
    (settings.var / "keys" / "2.pem").rename(settings.var / "2.pem")
    forged = codes.encode(
        codes.Payload("ab" * 10, card.number, "Palsu", card.valid_until, card.valid_until)
    )
    assert codes.decode(forged).name == "Palsu"  # with the key in place it would pass
    (settings.var / "2.pem").rename(settings.var / "keys" / "2.pem")
    (settings.var / "keys" / "1.pem").unlink()
    with pytest.raises(codes.InvalidCode):
        codes.decode(forged)


def test_a_retired_key_never_signs_again(session, card):
    keys.make_key()
    keys.retire_key(1)
    keys.all_keys()
    assert keys.all_keys()[1][1] is None
    (settings.var / "keys" / "2.pem").unlink()
    with pytest.raises(seal_keys.NoKey):
        keys.signing_key()


@pytest.mark.parametrize("act", [keys.retire_key, keys.remove_key])
def test_the_key_that_signs_stays(act):
    keys.make_key()
    with pytest.raises(keys.StillSigning):
        act(1)
    with pytest.raises(keys.NoSuchKey):
        act(7)
    assert keys.signing_key()[0] == 1


def test_no_id_is_ever_given_twice():
    assert [keys.make_key() for _ in range(3)] == [1, 2, 3]
    keys.remove_key(2)
    assert keys.make_key() == 4


def test_the_ids_end_at_one_byte(monkeypatch):
    monkeypatch.setattr(keys, "MAX_KEY_ID", 2)
    assert [keys.make_key(), keys.make_key()] == [1, 2]
    with pytest.raises(keys.KeysUsedUp):
        keys.make_key()


def test_the_list_of_keys_and_the_trail(session, card, capsys):
    cli.main(["kunci-qr"])
    cli.main(["kunci-qr", "pensiunkan", "1"])
    cli.main(["kunci-qr", "daftar"])
    said = capsys.readouterr().out
    assert "1\thanya memeriksa\tbagian publik saja" in said
    assert "2\tmenandatangani\tlengkap" in said
    with db.reading() as again:
        acts = [entry.act for entry in again.query(AuditEntry).all()]
    assert "retire_key" in acts


@pytest.mark.sqlite  # whose whole content is at hand as text
def test_no_key_is_in_the_database(session, card):
    for line in session.connection().connection.iterdump():
        assert "PRIVATE KEY" not in line
