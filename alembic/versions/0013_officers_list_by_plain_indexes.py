"""The officer's list is read from the applications; what triggers kept for it goes."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LIST = {
    "ix_application_list": ["submitted", "id", "status", "search_name"],
    "ix_application_list_of_status": ["status", "submitted", "id", "search_name"],
}
SINGLE = ("status", "submitted", "search_name")  # their indexes begin no question any more
FUNCTIONS = ("application", "card", "entry", "words", "emptied", "person")


def upgrade() -> None:
    _drop_triggers()
    op.execute("DROP TABLE IF EXISTS desksearch_terms")
    op.execute("DROP TABLE IF EXISTS desksearch_places")
    op.execute("DROP TABLE IF EXISTS desksearch_words")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS desk_grams(text)")
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION IF EXISTS desk_follow_{name}()")
    else:
        op.execute("DROP TABLE IF EXISTS desksearch")
    op.drop_table("desktally")
    op.drop_table("deskentry")
    # The list is in the order of sending; as before, what has no moment counts from its making.
    op.execute(
        "UPDATE application SET submitted = created WHERE submitted IS NULL AND status <> 'DRAFT'"
    )
    for column in SINGLE:
        op.drop_index(f"ix_application_{column}", "application")
    for name, columns in LIST.items():
        op.create_index(name, "application", columns)
    op.create_index("ix_person_role", "person", ["role"])


def downgrade() -> None:
    """The version before fills its tables itself, right after its migrations."""
    op.drop_index("ix_person_role", "person")
    for name in LIST:
        op.drop_index(name, "application")
    for column in SINGLE:
        op.create_index(f"ix_application_{column}", "application", [column])
    place = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "deskentry",
        sa.Column("place", place, autoincrement=False, nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("status", text(length=12), nullable=False),
        sa.Column("nik", text(length=16), nullable=False),
        sa.Column("number", text(length=18), nullable=False),
        sa.Column("words", text(length=102), nullable=False),
        sa.PrimaryKeyConstraint("place"),
        sa.UniqueConstraint("application_id"),
    )
    for column in ("nik", "number", "status"):
        op.create_index(f"ix_deskentry_{column}_place", "deskentry", [column, "place"])
    op.create_table(
        "desktally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", text(length=12), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _drop_triggers() -> None:
    """The six of PostgreSQL, the thirteen of SQLite: all begin with `desk_`."""
    known = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' "
        "AND name GLOB 'desk_*'",
        "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON "
        "pg_class.oid = tgrelid WHERE NOT tgisinternal AND starts_with(tgname, 'desk_') "
        "AND relnamespace = current_schema()::regnamespace",
    }
    dialect = op.get_bind().dialect.name
    for name, table in op.get_bind().exec_driver_sql(known[dialect]).all():
        op.execute(f"DROP TRIGGER {name}" + ("" if dialect == "sqlite" else f" ON {table}"))
