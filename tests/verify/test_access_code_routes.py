"""The routes of access codes: the holder's picture, an ordinary camera, and late codes by staff."""

import json

import pytest
from sqlmodel import select

from barut_reflex.attendance import service as attendance
from barut_reflex.attendance.models import Attendance
from barut_reflex.core import clock
from barut_reflex.core.settings import settings

from ..attendance.test_access_code import code_of as access_code_of


def test_the_picture_of_an_access_code_is_its_holders(session, siti_whole, ahmad, sign_in):
    made = attendance.make_access_code(session, siti_whole)
    session.commit()
    path = f"/kartu-saya/akses/{made.code_id}.svg"
    assert sign_in(siti_whole).get(path).text.startswith("<svg")
    assert sign_in(ahmad).get(path).status_code == 404


def test_an_ordinary_camera_uses_nothing_up(session, siti_whole, browser):
    attendance.make_access_code(session, siti_whole)
    session.commit()
    answers = [browser.get(f"/A/{code}") for code in (access_code_of(session, siti_whole), "X")]
    assert len({answer.content for answer in answers}) == 1
    assert session.exec(select(Attendance)).all() == []


def test_late_codes_are_posted_by_staff_from_our_own_page(session, siti_whole, rina, sign_in):
    attendance.make_access_code(session, siti_whole)
    session.commit()
    seen = [{"code": access_code_of(session, siti_whole), "at": clock.now().isoformat()}]
    body = json.dumps({"purpose": "entry", "seen": [*seen, *seen]})
    own = {"origin": settings.address}
    post = sign_in(siti_whole).post
    assert post("/pindai/kirim", content=body, headers=own).status_code == 403
    post = sign_in(rina).post
    assert post("/pindai/kirim", content=body).status_code == 403
    foreign = {"origin": "https://jahat.example"}
    assert post("/pindai/kirim", content=body, headers=foreign).status_code == 403
    assert session.exec(select(Attendance)).all() == []
    answer = post("/pindai/kirim", content=body, headers=own)
    assert answer.json() == {"results": ["noted", "used"]}


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"purpose":"x","seen":[]}', '{"purpose":"entry","seen":[1]}']
)
def test_unreadable_lists_are_refused(session, rina, sign_in, body):
    own = {"origin": settings.address}
    answer = sign_in(rina).post("/pindai/kirim", content=body, headers=own)
    assert answer.status_code == 400
