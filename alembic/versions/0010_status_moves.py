"""One history table for every status machine; the moves of applications go over into it."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from barut_reflex.core.errors import Refusal

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ACTIONS = ("SUBMIT", "WITHDRAW", "RETURN", "APPROVE")
STATUSES = ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED")
WORDS = {"action": ACTIONS, "before": STATUSES, "after": STATUSES}


class UnknownWord(Refusal):
    """A word that no version of the office has written, so nobody knows what it should become."""

    def __init__(self, column: str, word: str):
        super().__init__(
            f'Kolom {column} di tabel statuschange berisi kata yang tidak dikenal: "{word}". '
            "Tidak ada yang diubah. Perbaiki baris itu, lalu jalankan lagi."
        )


def upgrade() -> None:
    _refuse_unknown_words()
    op.create_table(
        "statusmove",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("machine", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("before", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("after", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    # The old columns hold names of members (SUBMIT), the new ones their values (submit).
    op.execute(
        "INSERT INTO statusmove "
        "(id, machine, subject_id, actor_id, action, before, after, note, at) "
        "SELECT id, 'application', application_id, actor_id, lower(CAST(action AS VARCHAR(24))), "
        "lower(CAST(before AS VARCHAR(24))), lower(CAST(after AS VARCHAR(24))), note, at "
        "FROM statuschange"
    )
    op.create_index("ix_statusmove_machine_subject_id", "statusmove", ["machine", "subject_id"])
    op.drop_table("statuschange")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TYPE action")
        _go_on_counting("statusmove")


def downgrade() -> None:
    """Moves of other machines have no place in the old table and are left behind."""
    is_postgres = op.get_bind().dialect.name == "postgresql"
    action, status = sa.Enum(*ACTIONS, name="action"), sa.Enum(*STATUSES, name="status")
    if is_postgres:  # applications keep this type, so that it is still there
        status = postgresql.ENUM(*STATUSES, name="status", create_type=False)
    op.create_table(
        "statuschange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("action", action, nullable=False),
        sa.Column("before", status, nullable=False),
        sa.Column("after", status, nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    as_action, as_status = ("::action", "::status") if is_postgres else ("", "")
    op.execute(
        "INSERT INTO statuschange (id, application_id, actor_id, action, before, after, note, at) "
        f"SELECT id, subject_id, actor_id, upper(action){as_action}, upper(before){as_status}, "
        f"upper(after){as_status}, note, at FROM statusmove WHERE machine = 'application'"
    )
    op.create_index("ix_statuschange_application_id", "statuschange", ["application_id"])
    op.drop_table("statusmove")
    if is_postgres:
        _go_on_counting("statuschange")


def _refuse_unknown_words() -> None:
    """PostgreSQL keeps to the words by itself; a column of SQLite holds any text."""
    if op.get_bind().dialect.name == "postgresql":
        return
    for column, known in WORDS.items():
        words = op.get_bind().exec_driver_sql(f"SELECT DISTINCT {column} FROM statuschange")
        for (word,) in words:
            if word not in known:
                raise UnknownWord(column, word)


def _go_on_counting(table: str) -> None:
    """PostgreSQL gives ids from a sequence, which rows brought along do not move."""
    op.execute(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
    )
