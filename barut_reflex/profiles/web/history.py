"""Steps 4 to 6: work, training, certificates."""

import reflex as rx

from ..rules.sections import RULES, Section
from .entries import EntriesState
from .entry_list import entries_section, is_open
from .frame import step_frame, step_links


def experience_page() -> rx.Component:
    return _page(
        Section.EXPERIENCE,
        "Perusahaan menilai Anda dari sini. Mulai dari pekerjaan yang terakhir.",
    )


def training_page() -> rx.Component:
    return _page(
        Section.TRAINING, "Kursus, BLK, dan pelatihan kerja yang pernah diikuti: nilai tambah Anda."
    )


def certificates_page() -> rx.Component:
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
