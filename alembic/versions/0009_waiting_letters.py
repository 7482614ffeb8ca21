"""Find the letter to send next without reading those that were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WAITING = sa.text("sent IS NULL AND given_up IS NULL")


def upgrade() -> None:
    op.drop_index("ix_outboxmail_next_try", "outboxmail")
    op.create_index(
        "ix_outboxmail_waiting",
        "outboxmail",
        ["expires", "next_try"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_index("ix_outboxmail_waiting", "outboxmail")
    op.create_index("ix_outboxmail_next_try", "outboxmail", ["next_try"])
