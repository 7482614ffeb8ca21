"""One table of codes: those of cards, of SIAPkerja-IDs, and access codes. Decision 0018."""

import re

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KINDS = ("AK1", "SIAPKERJA_ID", "ACCESS")
IN_USE = sa.text("replaced IS NULL")
DAY_IN_WIB = {
    "sqlite": "date(made, '+7 hours')",
    "postgresql": "CAST(made AT TIME ZONE 'Asia/Pontianak' AS date)",
}
# Access codes come first and keep their ids, which rows of attendance name. One ended at `expires`.
ACCESS_CODES = """
    INSERT INTO code
        (id, kind, subject_id, code_id, code, digits_hash, valid_until, created, replaced)
    SELECT id, 'ACCESS', holder_id, code_id, '', digits_hash, {day}, made, expires FROM accesscode
"""
CODES_OF_CARDS = """
    INSERT INTO code (kind, subject_id, code_id, code, valid_until, created, replaced, revoked)
    SELECT 'AK1', card.id, code_id, code, valid_until, created, replaced, revoked
    FROM cardcode JOIN card ON card.id = card_id ORDER BY cardcode.id
"""
CODES_OF_IDENTITIES = """
    INSERT INTO code (kind, subject_id, code_id, code, valid_until, created, replaced, revoked)
    SELECT 'SIAPKERJA_ID', identity.id, code_id, code, valid_until, identitycode.created, replaced,
        revoked
    FROM identitycode JOIN identity ON identity.id = identity_id ORDER BY identitycode.id
"""
GO_ON_COUNTING = """
    SELECT setval(pg_get_serial_sequence('code', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
    FROM code
"""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    _create()
    op.execute(ACCESS_CODES.format(day=DAY_IN_WIB[dialect]))
    if dialect == "postgresql":
        op.execute(GO_ON_COUNTING)
    op.execute(CODES_OF_CARDS)
    op.execute(CODES_OF_IDENTITIES)
    _point_attendance_at_codes(dialect)
    for table in ("accesscode", "cardcode", "identitycode"):  # their stamping triggers go with them
        op.drop_table(table)
    if dialect == "postgresql":
        for table in ("cardcode", "identitycode"):
            for event in ("update", "delete"):
                op.execute(f"DROP FUNCTION IF EXISTS stamp_{table}_{event}()")


def _create() -> None:
    op.create_table(
        "code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS, name="payloadkind", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("digits_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_id"),
    )
    op.create_index(
        "one_code_in_use",
        "code",
        ["kind", "subject_id"],
        unique=True,
        sqlite_where=IN_USE,
        postgresql_where=IN_USE,
    )
    for column in ("subject_id", "replaced", "revoked"):
        op.create_index(f"ix_code_kind_{column}", "code", ["kind", column])
    op.create_index("ix_code_digits_hash", "code", ["digits_hash"])


def _point_attendance_at_codes(dialect: str) -> None:
    """SQLite cannot change what a column refers to: there the table is made once more."""
    if dialect == "postgresql":
        op.drop_constraint("attendance_access_code_id_fkey", "attendance")
        op.create_foreign_key(
            "attendance_access_code_id_fkey", "attendance", "code", ["access_code_id"], ["id"]
        )
        return
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = 'attendance' AND type = :type"
    asked = sa.text(f"{made} AND sql IS NOT NULL")
    (table,) = op.get_bind().execute(asked, {"type": "table"}).scalars()
    indexes = op.get_bind().execute(asked, {"type": "index"}).scalars().all()
    op.execute("ALTER TABLE attendance RENAME TO attendance_before")
    op.execute(re.sub(r'REFERENCES "?accesscode"?', "REFERENCES code", table))
    op.execute("INSERT INTO attendance SELECT * FROM attendance_before")
    op.drop_table("attendance_before")
    for index in indexes:
        op.execute(index)


def downgrade() -> None:
    raise NotImplementedError("Restore the backup that was made before the upgrade.")
