"""A share link shows the sections chosen for it until it ends, and each view is recorded."""

import logging

from sqlmodel import select

from barut_reflex.core.models import AuditEntry
from barut_reflex.sharing import service as consents
from barut_reflex.sharing.models import CardView, ShareLink
from barut_reflex.sharing.queries import views
from probes.factories import known

from .public_profile import CONTACT, JOB, NIK, open_, share


def test_a_link_shows_what_was_chosen_and_is_listed(session, siti_whole, browser):
    answer = browser.get(share(session, siti_whole))
    assert answer.status_code == 200 and JOB in answer.text and "PT Maju" in answer.text
    assert "Palangka" not in answer.text and NIK not in answer.text
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    (look,) = views.views_of(session, siti_whole)
    assert look.who == "Tautan untuk PT Maju"
    assert session.exec(select(CardView)).one().share_id


def test_ended_revoked_and_made_up_links_get_the_same_bytes(
    session, siti_whole, browser, set_clock
):
    revoked, ended = share(session, siti_whole), share(session, siti_whole, hours="1")
    newest = known(session.exec(select(ShareLink)).first())
    consents.revoke_link(session, siti_whole, newest.public_id)
    session.commit()
    set_clock(2026, 4, 20, 4)
    answers = [browser.get(path) for path in (revoked, ended, "/bagikan/" + "A" * 43)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert session.exec(select(CardView)).all() == []


def test_thirty_one_views_of_a_link_a_minute_are_too_many(session, siti_whole, browser):
    address = share(session, siti_whole)
    assert [browser.get(address).status_code for _ in range(31)] == [200] * 30 + [429]


def test_an_officer_who_follows_a_link_is_in_the_trail(session, siti_whole, rina, sign_in):
    sign_in(rina).get(share(session, siti_whole))
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "view_shared")).one()
    assert (entry.actor_id, entry.subject) == (rina.id, siti_whole.public_id)


def test_no_token_reaches_the_log(session, siti_whole, browser, caplog):
    caplog.set_level(logging.DEBUG)
    address = share(session, siti_whole)
    browser.get(address)
    browser.get(f"{address}x")
    ours = [line for line in caplog.records if line.name.startswith("barut")]
    assert address.rpartition("/")[2] not in str([line.getMessage() for line in ours])


def test_the_preview_is_my_own_and_leaves_no_trace(session, siti_whole, ahmad, sign_in, browser):
    assert browser.get("/profil/pratinjau").status_code == 303
    open_(session, "experience", siti_whole)
    page = sign_in(siti_whole).get("/profil/pratinjau").text
    assert "seperti dilihat orang lain" in page and JOB in page and NIK not in page
    assert session.exec(select(CardView)).all() == []
    share(session, siti_whole, sections=["contact"])
    link = session.exec(select(ShareLink)).one().public_id
    theirs = browser.get(f"/profil/pratinjau?tautan={link}").text
    assert CONTACT[0] in theirs and JOB not in theirs
    assert sign_in(ahmad).get(f"/profil/pratinjau?tautan={link}").status_code == 404
