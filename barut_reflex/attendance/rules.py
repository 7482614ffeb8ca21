"""Why an access code may be read."""

from enum import StrEnum


class AttendancePurpose(StrEnum):
    """Why an access code was read."""

    ATTENDANCE = "attendance"
    ENTRY = "entry"


PURPOSE_LABELS = {
    AttendancePurpose.ATTENDANCE: "Kehadiran",
    AttendancePurpose.ENTRY: "Masuk ruangan",
}
