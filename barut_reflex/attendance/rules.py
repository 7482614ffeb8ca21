"""The purposes for which an access code may be scanned, with their labels."""

from enum import StrEnum


class AttendancePurpose(StrEnum):
    """What an access code was scanned for."""

    ATTENDANCE = "attendance"
    ENTRY = "entry"


PURPOSE_LABELS = {
    AttendancePurpose.ATTENDANCE: "Kehadiran",
    AttendancePurpose.ENTRY: "Masuk ruangan",
}
