"""Saves one valid entry of any section, and collects the refusals of an invalid one."""

import pytest
from sqlmodel import select

from barut_reflex.core.errors import Invalid
from barut_reflex.profiles.models import Entry
from barut_reflex.profiles.service import entries as profile_entries
from probes.form_values import ENTRIES

JOB = ENTRIES["experience"]


def save(session, by, section="experience", known="", **changes):
    return profile_entries.save_entry(session, by, section, known, ENTRIES[section] | changes)


def refusal(session, by, section="experience", **changes):
    with pytest.raises(Invalid) as refused:
        save(session, by, section, **changes)
    assert session.exec(select(Entry)).all() == []
    return list(refused.value.errors)
