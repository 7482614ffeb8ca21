"""The account pages store no password or secret in their state, since states reach the browser."""

import inspect
import json

import pytest
import reflex as rx
from pyotp.totp import TOTP

from barut_reflex.accounts.service import login, mailbox_limits, second_factor, sign_up
from barut_reflex.accounts.web import (
    first_password,
    forgot,
    register,
    reset,
    staff,
    staff_new,
    verify,
)
from barut_reflex.accounts.web import second_factor as account_second_factor
from barut_reflex.accounts.web import sessions as account_sessions
from barut_reflex.core import lanes, tokens
from barut_reflex.people.service import sessions
from probes.factories import known, make_person

from ..screens import screen_of
from .conftest import OTHER, PASSWORD, sign_up_form

SCREENS = (register, verify, forgot, reset, first_password, staff, staff_new)
SCREENS += (account_second_factor, account_sessions)
STATES = [
    value
    for screen in SCREENS
    for value in vars(screen).values()
    if inspect.isclass(value)
    and issubclass(value, rx.State)
    and value.__module__ == screen.__name__
]


@pytest.fixture
def here(session, pak_budi):
    """The sign-in of pak_budi."""
    return tokens.fingerprint(sessions.sign_in(session, pak_budi.id))


@pytest.fixture
def open_screen(monkeypatch, session, pak_budi, here):
    """A state whose acts run in the test's session, as pak_budi."""

    async def run(screen, act, *args, **kwargs):
        return act(session, pak_budi, *args, **kwargs)

    async def run_slow(screen, lane, act, *args, **kwargs):
        return act(session, pak_budi, *args, **kwargs)

    async def run_as_guest(screen, act, *args, **kwargs):
        return act(session, *args, **kwargs)

    async def run_slow_as_guest(screen, lane, act, *args, **kwargs):
        return act(session, *args, **kwargs)

    async def say(screen, *told, **kwargs):
        assert told

    def make(module, state):
        for name, stand_in in {
            "act": run,
            "look": run,
            "slow": run_slow,
            "write": run,
            "act_as_guest": run_as_guest,
            "look_as_guest": run_as_guest,
            "slow_as_guest": run_slow_as_guest,
            "write_as_guest": run_as_guest,
            "say": say,
        }.items():
            monkeypatch.setattr(module, name, stand_in, raising=False)
        for name in ("flow_of", "reset_link_of"):
            monkeypatch.setattr(module, name, lambda screen: "f" * 64, raising=False)
        monkeypatch.setattr(module, "sign_in_of", lambda screen: here, raising=False)
        return screen_of(state)

    return make


def held(state):
    """Everything the state keeps, what never reaches the browser included."""
    return json.dumps([state.dict(), state._backend_vars], default=str)


def test_every_screen_is_tested():
    assert len(STATES) == len(SCREENS)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_var_is_for_a_password(state):
    assert [name for name in state.vars if "password" in name.lower()] == []


async def test_a_sign_up_leaves_no_password_in_the_state(session, hours, open_screen):
    state = open_screen(register, register.RegisterState)
    await type(state).register.fn(state, sign_up_form())
    assert sign_up.pending_sign_up(session, flow="f" * 64).email == "dewi@contoh.id"
    assert PASSWORD not in held(state)


async def test_a_staff_form_leaves_none_either(session, hours, open_screen):
    state = open_screen(staff_new, staff_new.StaffNewState)
    form = sign_up_form(staff_kind="PNS", staff_number="198501012010012001")
    form |= {"position": "Pengantar Kerja", "role": "officer"}
    await type(state).save.fn(state, form)
    assert known(login.find_by_email(session, "dewi@contoh.id")).must_change_password
    assert PASSWORD not in held(state)


async def test_a_temporary_password_goes_to_its_box_only(session, hours, open_screen):
    siti = make_person(session, name="Siti")
    state = open_screen(staff, staff.StaffState)
    fill, _focus = await type(state).give_temporary.fn(state, siti.public_id)
    password = json.loads(str(dict(fill.args)[next(k for k, _ in fill.args if str(k) == "value")]))
    assert login.check_password(session, siti.email, password) == siti.id
    assert state.given_to == "Siti"
    assert password not in held(state)


def filled(event, name):
    """What an event writes into a box of the page."""
    told = {str(key): str(value) for key, value in event.args}
    assert name in told["ref"]
    return json.loads(told["value"])


async def test_secret_and_recovery_codes_go_to_their_boxes_only(
    session, hours, here, pak_budi, open_screen
):
    state = open_screen(account_second_factor, account_second_factor.SecondStepState)
    [fill] = await type(state).begin.fn(state)
    secret = filled(fill, "secret").replace(" ", "")
    assert TOTP(secret).secret == secret and len(secret) == 32
    assert state.kind == "enrol"
    assert secret not in held(state) and secret[:4] not in held(state)
    code = TOTP(secret).at(hours.moment)
    second_factor.give_second_factor(session, code, sign_in=here, flow="f" * 64)
    state.kind = "on"
    [fill] = await type(state).renew_codes.fn(state)
    codes = filled(fill, "recovery").split()
    assert len(codes) == 10
    assert state.has_codes and state.codes_left == 10
    assert not any(code in held(state) for code in codes)


async def test_my_sessions_show_no_token(session, hours, here, open_screen):
    state = open_screen(account_sessions, account_sessions.SessionsState)
    await type(state).load.fn(state)
    assert [row.is_here for row in state.rows] == [True]
    assert here not in held(state)


async def test_a_kept_password_would_be_found(hours, open_screen):
    state = open_screen(staff, staff.StaffState)
    state.given_to = OTHER
    assert OTHER in held(state)


async def test_the_reset_page_says_whether_its_link_is_good(session, hours, open_screen):
    state = open_screen(reset, reset.ResetState)
    await type(state).load.fn(state)
    assert state.step == "over"


ASKING = {
    "register": (register, "RegisterState", "register", sign_up_form()),
    "resend": (verify, "VerifyState", "resend", None),
    "correct": (verify, "VerifyState", "correct", {"email": "lain@contoh.id"}),
    "send": (forgot, "ForgotState", "send", {"email": "dewi@contoh.id"}),
    "resend reset": (forgot, "ForgotState", "resend", None),
}


@pytest.mark.parametrize("way", ASKING)
async def test_who_asks_for_a_code_is_counted_by_network(open_screen, monkeypatch, way):
    module, state, handler, form = ASKING[way]
    told = {}

    async def act(screen, service_, *args, **kwargs):
        told.update(kwargs)
        raise mailbox_limits.TooManyMailboxes("Dari jaringan ini", 60)

    screen = open_screen(module, getattr(module, state))
    monkeypatch.setattr(module, "act_as_guest", act)
    monkeypatch.setattr(module, "address_of", lambda screen: "203.0.113.7")
    with pytest.raises(mailbox_limits.TooManyMailboxes, match="dalam 1 menit"):
        await getattr(type(screen), handler).fn(screen, *([form] if form else []))
    assert told == {"flow": "f" * 64, "address": "203.0.113.7"}


@pytest.mark.parametrize(("allowed", "hashed"), [(0, 0), (1, 1)])
async def test_a_form_too_many_is_refused_before_its_password_is_hashed(
    session, hours, open_screen, monkeypatch, allowed, hashed
):
    """With one form allowed it is hashed: the control."""
    asked = []
    screen = open_screen(register, register.RegisterState)
    monkeypatch.setattr(sign_up, "FORMS_PER_BROWSER", allowed)

    async def slow(screen, lane, work, *args, **kwargs):
        asked.append(lane)
        raise sign_up.TooManySignUps

    monkeypatch.setattr(register, "slow_as_guest", slow)
    with pytest.raises(sign_up.TooManySignUps):
        await type(screen).register.fn(screen, sign_up_form())
    assert asked == [lanes.SIGN_UPS] * hashed
