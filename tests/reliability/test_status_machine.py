"""Random sequences of four people's acts keep applications and cards in valid states."""

import pytest

from barut_reflex.applications import queries as application_queries
from barut_reflex.applications import service as applications
from barut_reflex.applications.status import RULES, Action, Status
from barut_reflex.people.rules import STAFF
from barut_reflex.review import service as review
from probes.faults.expected_state import STREETS
from probes.faults.four_people import OfficeMachine
from probes.faults.random_steps import run_steps


def test_the_database_stays_what_the_model_says():
    OfficeMachine.done.clear()
    assert run_steps(300) >= 300
    assert OfficeMachine.done["approve"] > 0
    assert OfficeMachine.done["approve refused"] > 0


def withdraw_anything(patch):
    rule = RULES[Action.WITHDRAW]
    anything = rule._replace(start=rule.start | {Status.APPROVED})
    patch.setitem(RULES, Action.WITHDRAW, anything)


def approve_drafts(patch):
    rule = RULES[Action.APPROVE]
    patch.setitem(RULES, Action.APPROVE, rule._replace(start=rule.start | {Status.DRAFT}))


def seekers_return(patch):
    patch.setitem(
        RULES, Action.RETURN, RULES[Action.RETURN]._replace(by=STAFF | RULES[Action.SUBMIT].by)
    )


def edit_what_is_sent(patch):
    patch.setattr(applications, "EDITABLE", frozenset(Status))


def forget_what_was_read(patch):
    patch.setattr(review, "get_as_read", lambda session, public_id, seal: _get(session, public_id))


def _get(session, public_id):
    return application_queries.get_application(session, public_id)


SCRIPTS = {  # the shortest way to where the mistake shows
    withdraw_anything: ["come_to_a_card", "withdraw"],
    approve_drafts: ["hand_in", "withdraw", "read_and_approve"],
    seekers_return: ["hand_in", "forge_a_move"],
    edit_what_is_sent: ["hand_in", "save"],
    forget_what_was_read: ["hand_in", "open_case", "withdraw", "change", "approve"],
}
CALLS = {
    "hand_in": lambda office: office.hand_in("ahmad"),
    "save": lambda office: office.save("ahmad", STREETS[1]),
    "change": lambda office: (office.save("ahmad", STREETS[2]), office.submit("ahmad")),
    "withdraw": lambda office: office.withdraw("ahmad"),
    "open_case": lambda office: office.open_case("rina", "ahmad"),
    "approve": lambda office: office.approve("rina", "ahmad", False),
    "read_and_approve": lambda office: office.read_and_approve("rina", "ahmad", False),
    "come_to_a_card": lambda office: office.come_to_a_card("ahmad"),
    "forge_a_move": lambda office: office.forge_a_move("ahmad", "ahmad", Action.RETURN),
}


def play(script):
    office = OfficeMachine()
    try:
        for call in script:
            CALLS[call](office)
            office.the_database_is_the_model()
    finally:
        office.teardown()


@pytest.mark.parametrize("mistake", SCRIPTS, ids=lambda mistake: mistake.__name__)
def test_a_mistake_would_be_found(mistake):
    play(SCRIPTS[mistake])
    with pytest.MonkeyPatch.context() as patch, pytest.raises(AssertionError):
        mistake(patch)
        play(SCRIPTS[mistake])
