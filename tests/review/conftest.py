"""The counts of the list are kept for seconds; a test must not read those of a step before."""

import pytest

from barut_reflex.review.queries import counts
from probes.case_factories import make_case
from probes.factories import make_person


@pytest.fixture(autouse=True)
def counted_anew(monkeypatch):
    monkeypatch.setattr(counts, "cached_counts", counts.count_now)


@pytest.fixture
def people(session):
    """Seven who sent, with names that searches trip over."""
    names = ["siti aminah", "nur alim", "sean o'brien", "q", "ali", "nur_aini", "sitorus"]
    for minutes, name in enumerate(names):
        person = make_person(session, name=f"orang {minutes}")
        nik = f"62050{minutes}0707000006"
        make_case(session, applicant=person, name=name, nik=nik, minutes=minutes)
