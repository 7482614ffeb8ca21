"""Three parts of the screen `/beranda`: the application's status and data, and the cards so far."""

import reflex as rx

from ...applications.queries import Overview, Paper
from ...cards.queries.lookup import PastCard
from ...core import routes
from ...ui import theme
from ...ui.feedback import empty_state, status_badge, timeline
from ...ui.forms import file_link
from ...ui.tables import cell, data_table, fact_rows, facts_list, row, section
from ...ui.types import Child

HEADERS = [
    "No",
    "Nomor Pendaftaran",
    "Tanggal Terbit",
    "Pengantar Kerja/Penandatangan",
    "Diterima Di",
    "Tanggal Diterima Kerja",
]


def status_section(overview: Overview) -> rx.Component:
    """The status of the application and its dated steps."""
    return section("Status Pengajuan", timeline(overview.moments), action=_badge(overview))


def history_section(rows: list[PastCard]) -> rx.Component:
    """All cards so far ("Riwayat Pengajuan") as a table; on a phone each row is a block."""
    return section(
        "Riwayat Pengajuan",
        rx.cond(
            rows,
            data_table(HEADERS, rx.foreach(rows, _past), caption="Riwayat Pengajuan"),
            empty_state(
                "Tidak Pernah Melakukan Pengajuan",
                "Kartu yang sudah terbit tercatat di sini. Periksa status di atas bila pengajuan "
                "masih draft.",
            ),
        ),
    )


def _past(card: PastCard, index: int) -> rx.Component:
    values: list[Child] = [
        index + 1,
        rx.el.span(card.number, class_name=theme.NUMBER),
        card.issued,
        card.signatory,
        rx.cond(card.employer, card.employer, "–"),
        rx.cond(card.placed_on, card.placed_on, "–"),
    ]
    return row(*[cell(name, value) for name, value in zip(HEADERS, values, strict=True)])


def data_section(overview: Overview) -> rx.Component:
    """The data of the application: as filled in so far or, once sent, exactly as sent."""
    schooling = facts_list(fact_rows(overview.schooling))
    return section(
        "Data Pengajuan AK1",
        _part("Data Pribadi", facts_list(fact_rows(overview.personal))),
        _part("Alamat Lengkap", facts_list(fact_rows(overview.address))),
        _part("Pendidikan & Keterampilan", schooling, _skills(overview.skills)),
        _part("Berkas Yang Diupload", _papers(overview.papers)),
        _part("Catatan Verifikasi", _note(overview.note)),
        action=_badge(overview),
    )


def _part(title: str, *children: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.h3(title, class_name=theme.HEADING),
        *children,
        class_name=f"{theme.TIGHT} {theme.DIVIDER} pt-5",
    )


def _skills(skills: list[str]) -> rx.Component:
    items = rx.foreach(skills, lambda skill: rx.el.li(skill, class_name="wrap-break-word"))
    return rx.cond(
        skills,
        rx.el.div(
            rx.el.p("Keterampilan", class_name=theme.SMALL),
            rx.el.ul(items, class_name="list-disc pl-5"),
        ),
    )


def _papers(papers: list[Paper]) -> rx.Component:
    return rx.cond(
        papers,
        rx.el.ul(rx.foreach(papers, _paper), class_name="grid gap-3 sm:grid-cols-2"),
        rx.el.p("Belum ada berkas.", class_name=theme.MUTED),
    )


def _paper(paper: Paper) -> rx.Component:
    name = f"paper-{paper.kind}"
    return rx.el.li(
        rx.el.div(
            rx.el.p(paper.label, id=name, class_name="font-medium"),
            rx.el.p(paper.detail, class_name=theme.SMALL),
            class_name="min-w-0 grow",
        ),
        file_link(
            "Lihat",
            f"{routes.PAPER}/{paper.public_id}",
            target="_blank",
            rel="noopener",
            aria_describedby=name,
        ),
        class_name="flex items-center gap-3 rounded-xl bg-(--tint) p-3",
    )


def _note(note: str) -> rx.Component:
    return rx.el.p(rx.cond(note, note, "–"), class_name="whitespace-pre-line wrap-break-word")


def _badge(overview: Overview) -> rx.Component:
    return status_badge(overview.status, overview.tone)
