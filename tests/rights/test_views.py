"""The list of who viewed my data names the acts and people of every desk, also a new desk's."""

import pytest

from barut_reflex.core import audit, desks
from barut_reflex.sharing.queries import views
from barut_reflex.sharing.queries.views import ViewRow

NOW = "20 April 2026 10.00 WIB"
INVITED = ViewRow(NOW, "Petugas mengundang Anda", "Kantor")


@pytest.fixture
def invited(session, ahmad, rina):
    audit.record(session, "invite", by=rina, subject=ahmad.public_id)
    audit.record(session, "invite", by=rina, subject="lamaran-1")
    audit.record(session, "view_paper", by=rina, subject=ahmad.public_id)
    audit.record(session, "view_case", by=rina, subject=ahmad.public_id)
    return ahmad


def shown_views(session, person):
    return [view.who for view in views.views_of(session, person)]


def test_the_desks_of_today_say_what_they_open():
    assert desks.merge(lambda desk: desk.view_sentences) == {
        "view_case": "Petugas membuka pengajuan Anda",
        "view_paper": "Petugas membuka berkas Anda",
    }


def test_an_act_that_no_desk_names_is_not_shown(session, invited):
    assert shown_views(session, invited) == [
        "Petugas membuka pengajuan Anda",
        "Petugas membuka berkas Anda",
    ]


def test_a_planted_desk_adds_its_sentence(session, invited, plant):
    plant(view_sentences={"invite": INVITED.who})
    found = views.views_of(session, invited)
    assert found[2:] == [INVITED] and len(found) == 3


def test_a_planted_desk_adds_its_names_in_the_trail(session, invited, plant):
    plant(
        view_sentences={"invite": INVITED.who}, audit_subjects=lambda session, person: ["lamaran-1"]
    )
    assert views.views_of(session, invited)[2:] == [INVITED, INVITED]


def test_what_a_job_seeker_did_is_no_view(session, ahmad, siti, plant):
    plant(view_sentences={"invite": INVITED.who})
    audit.record(session, "invite", by=siti, subject=ahmad.public_id)
    assert shown_views(session, ahmad) == []
