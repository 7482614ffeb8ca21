"""What was used last stays, up to a total weight."""

from barut_reflex.core.kept import Kept


def test_the_oldest_go_when_the_room_is_used_up():
    kept: Kept[str, bytes] = Kept(10, len)
    kept.put("a", b"1234")
    kept.put("b", b"1234")
    assert kept.get("a") == b"1234"  # now newer than b
    kept.put("c", b"1234")
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (b"1234", None, b"1234")
    assert kept.weight == 8


def test_a_new_value_takes_the_place_of_the_old_one():
    kept: Kept[str, bytes] = Kept(10, len)
    kept.put("a", b"12345678")
    kept.put("a", b"12")
    assert (kept.get("a"), kept.weight, len(kept)) == (b"12", 2, 1)


def test_what_is_larger_than_all_the_room_is_not_held():
    kept: Kept[str, bytes] = Kept(3, len)
    kept.put("a", b"1234")
    assert (kept.get("a"), kept.weight) == (None, 0)
