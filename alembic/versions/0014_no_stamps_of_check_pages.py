"""No stamps of check pages: each page is drawn when it is asked for. Decision 0010."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# The database itself kept the stamps, by triggers that no model knew.
MADE_BY_HAND = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'stamp_%'",
    "postgresql": "SELECT proname FROM pg_proc WHERE proname LIKE 'stamp_%' "
    "AND pronamespace = current_schema()::regnamespace",
}
DROP = {"sqlite": "DROP TRIGGER {}", "postgresql": "DROP FUNCTION {}() CASCADE"}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for name in op.get_bind().scalars(sa.text(MADE_BY_HAND[dialect])).all():
        op.execute(DROP[dialect].format(name))
    op.drop_table("pagestamp")


def downgrade() -> None:
    """The version before makes its triggers itself, after its own migrations."""
    op.create_table(
        "pagestamp",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
    )
