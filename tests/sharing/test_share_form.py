"""The share form shares a section only if its box is ticked."""

import pytest

from barut_reflex.sharing.web.privacy import sections_in

WORDS = {"recipient": "PT Maju", "purpose": "", "hours": "24"}


@pytest.mark.parametrize("value", ["false", "", "off", "0", "ON", "true", None, [], ["on"]])
def test_a_box_that_is_not_ticked_shares_nothing(value):
    assert sections_in(WORDS | {"open-about": value}) == []


def test_a_missing_box_shares_nothing_and_missing_words_are_empty():
    assert sections_in({}) == []


def test_a_ticked_box_shares_its_section():
    assert sections_in(WORDS | {"open-about": "on", "open-skills": "false"}) == ["about"]
