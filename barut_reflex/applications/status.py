"""The life of an application, as one table. Nothing else may change `Application.status`."""

from enum import StrEnum
from typing import NamedTuple

from ..core.errors import Refusal
from ..people.rules import STAFF, Role


class Status(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Action(StrEnum):
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE = "approve"


class Rule(NamedTuple):
    by: frozenset[Role]
    start: frozenset[Status]
    end: Status


SEEKER = frozenset({Role.JOB_SEEKER})


def _on(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


# fmt: off
RULES: dict[Action, Rule] = {  #  who     from                                   to
    Action.SUBMIT:   Rule(SEEKER, _on(Status.DRAFT, Status.RETURNED), Status.SUBMITTED),
    Action.WITHDRAW: Rule(SEEKER, _on(Status.SUBMITTED),              Status.DRAFT),
    Action.RETURN:   Rule(STAFF,  _on(Status.SUBMITTED),              Status.RETURNED),
    Action.APPROVE:  Rule(STAFF,  _on(Status.SUBMITTED),              Status.APPROVED),
}

LABELS: dict[Status, str] = {
    Status.DRAFT:     "Draft Belum Terkirim",
    Status.SUBMITTED: "Dikirim, Menunggu Verifikasi",
    Status.RETURNED:  "Ditolak",
    Status.APPROVED:  "Disetujui",
}

TONES: dict[Status, str] = {
    Status.DRAFT:     "neutral",
    Status.SUBMITTED: "info",
    Status.RETURNED:  "danger",
    Status.APPROVED:  "success",
}

ACTION_LABELS: dict[Action, str] = {
    Action.SUBMIT:   "Dikirim",
    Action.WITHDRAW: "Dibatalkan",
    Action.RETURN:   "Ditolak",
    Action.APPROVE:  "Disetujui",
}
# fmt: on

EDITABLE = _on(Status.DRAFT, Status.RETURNED)


class WrongStatus(Refusal):
    message = "Status pengajuan sudah berubah. Muat ulang halaman ini untuk melihat keadaan baru."


def available_actions(role: Role, status: Status) -> list[Action]:
    """Both the buttons on a screen and the check in the service read this."""
    return [action for action, rule in RULES.items() if role in rule.by and status in rule.start]


def status_after(action: Action, *, by: Role, on: Status) -> Status:
    """Where `action` leads; refused with `WrongStatus` if that role may not do it here."""
    if action not in available_actions(by, on):
        raise WrongStatus
    return RULES[action].end


def diagram() -> str:
    """The table as a Mermaid state diagram; `docs/applications.md` shows it and is tested by it."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.DRAFT.name}"]
    lines += [
        f"    {start.name} --> {rule.end.name}: {action} ({_who(rule)})"
        for action, rule in RULES.items()
        for start in Status
        if start in rule.start
    ]
    return "\n".join([*lines, f"    {Status.APPROVED.name} --> [*]"])


def _who(rule: Rule) -> str:
    return ", ".join(role.lower().replace("_", " ") for role in sorted(rule.by))
