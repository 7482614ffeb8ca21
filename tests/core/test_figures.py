"""Durations, sizes and large numbers as words in a sentence."""

from datetime import timedelta

import pytest

from barut_reflex.core import figures


@pytest.mark.parametrize(
    ("time", "said", "in_words"),
    [
        (timedelta(seconds=60), "60 detik", "satu menit"),
        (timedelta(seconds=90), "90 detik", "90 detik"),
        (timedelta(minutes=3), "3 menit", "tiga menit"),
        (timedelta(minutes=60), "60 menit", "satu jam"),
        (timedelta(hours=24), "24 jam", "satu hari"),
        (timedelta(days=3), "3 hari", "tiga hari"),
        (timedelta(days=30), "30 hari", "30 hari"),
        (timedelta(seconds=1), "1 detik", "satu detik"),
    ],
)
def test_a_time_is_said_in_its_usual_unit(time, said, in_words):
    assert figures.duration(time) == said
    assert figures.duration_in_words(time) == in_words


@pytest.mark.parametrize(
    ("size", "said"), [(5 * 2**20, "5 MB"), (5 * 2**20 + 1, "5,1 MB"), (2**19, "512 KB")]
)
def test_a_size_is_rounded_up(size, said):
    assert figures.size_text(size) == said


def test_large_numbers_stand_in_groups():
    assert [figures.grouped(n) for n in (300, 10_000)] == ["300", "10.000"]
    assert [figures.in_words(n) for n in (5, 1000)] == ["lima", "1.000"]
