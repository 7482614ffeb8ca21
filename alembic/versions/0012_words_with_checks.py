"""Words of enums as text with a CHECK, so that a new word needs no type of the database."""

from alembic import op

from barut_reflex.core import words

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATUS = ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED")
KIND = (
    "ID_CARD",
    "FAMILY_CARD",
    "PHOTO",
    "DIPLOMA",
    "SKILL_CERTIFICATE",
    "EXPERIENCE_LETTER",
    "PROOF",
)
WORDS = {
    ("person", "role"): ("JOB_SEEKER", "OFFICER", "ADMINISTRATOR"),
    ("person", "staff_kind"): ("PNS", "PPPK"),
    ("onetimecode", "purpose"): ("SIGN_UP", "RESET"),
    ("application", "status"): STATUS,
    ("document", "kind"): KIND,
    ("quarantinedupload", "kind"): KIND,
    ("profile", "sex"): ("MALE", "FEMALE"),
    ("profile", "marital_status"): ("SINGLE", "MARRIED", "DIVORCED", "WIDOWED"),
    ("profile", "religion"): (
        "ISLAM",
        "PROTESTANT",
        "CATHOLIC",
        "HINDU",
        "BUDDHIST",
        "CONFUCIAN",
        "BELIEF",
    ),
    ("profile", "education"): (
        "NONE",
        "SD",
        "SMP",
        "SMA",
        "SMK",
        "D1",
        "D2",
        "D3",
        "D4",
        "S1",
        "S2",
        "S3",
    ),
    ("cardview", "viewer"): ("PUBLIC", "OFFICER", "HOLDER", "LINK"),
    ("attendance", "purpose"): ("ATTENDANCE", "ENTRY"),
}
TYPES = (
    "attendancepurpose",
    "education",
    "kind",
    "maritalstatus",
    "purpose",
    "religion",
    "role",
    "sex",
    "staffkind",
    "status",
    "viewer",
)


def upgrade() -> None:
    words.allow(WORDS)
    if op.get_bind().dialect.name == "postgresql":
        for name in TYPES:
            op.execute(f"DROP TYPE {name}")


def downgrade() -> None:
    raise NotImplementedError("Restore the backup that was made before the upgrade.")
