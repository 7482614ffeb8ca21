"""Screens `/profil/4` to `/profil/6`: a job seeker lists jobs, trainings and certificates."""

import reflex as rx

from ..rules.sections import RULES, Section
from .entries import EntriesState
from .entry_list import entries_section, is_open
from .frame import step_frame, step_links


def experience_page() -> rx.Component:
    """Step 4 of the profile: work experience."""
    return _page(
        Section.EXPERIENCE,
        "Perusahaan menilai Anda dari sini. Mulai dari pekerjaan yang terakhir.",
    )


def training_page() -> rx.Component:
    """Step 5 of the profile: trainings."""
    return _page(
        Section.TRAINING, "Kursus, BLK, dan pelatihan kerja yang pernah diikuti: nilai tambah Anda."
    )


def certificates_page() -> rx.Component:
    """Step 6 of the profile: certificates."""
    return _page(
        Section.CERTIFICATES, "Sertifikat kompetensi atau bahasa yang mendukung profil Anda."
    )


def _page(section: Section, lead: str) -> rx.Component:
    number = RULES[section].step
    return step_frame(
        number,
        EntriesState.is_loaded,
        entries_section(section),
        rx.cond(is_open(), rx.fragment(), step_links(number)),
        lead=lead,
    )
