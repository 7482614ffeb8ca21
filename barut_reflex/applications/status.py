"""Status machine of an application: who may move it from which status to which, and the labels.

Nothing else may change `Application.status`; `service.move` reads this table.
"""

from enum import StrEnum

from ..core.errors import Refusal
from ..core.figures import CHECKED_WITHIN
from ..core.machine import Machine, Rule
from ..people.rules import STAFF, Role


class Status(StrEnum):
    """Where an application is between its first field and the decision."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Action(StrEnum):
    """What changes the status."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE = "approve"


SEEKER = frozenset({Role.JOB_SEEKER})


def _on(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


# fmt: off
RULES: dict[Action, Rule[Role, Status]] = {
    #                     who     from                                   to
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


MACHINE = Machine("application", RULES, first=Status.DRAFT, refusal=WrongStatus)


class Stage(StrEnum):
    """What the applicant's home page shows and which buttons; finer than `Status` for a draft."""

    NONE = "none"
    PERSONAL_ONLY = "personal_only"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


STAGE_OF_STATUS = {
    Status.DRAFT: Stage.PERSONAL_ONLY,  # of a new draft; `queries` tells the others apart
    Status.SUBMITTED: Stage.SUBMITTED,
    Status.RETURNED: Stage.RETURNED,
    Status.APPROVED: Stage.APPROVED,
}


NEXT_STEPS = {
    Status.DRAFT: "Kirim pengajuan",
    Status.SUBMITTED: f"Verifikasi petugas, paling lama {CHECKED_WITHIN} jam hari kerja",
    Status.RETURNED: "Perbaiki dan kirim ulang",
    Status.APPROVED: "",
}
