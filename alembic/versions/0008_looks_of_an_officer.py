"""Find the looks of one officer in the last hour without reading all rows the officer ever left."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_auditentry_actor_id_at", "auditentry", ["actor_id", "at"])
    op.drop_index("ix_auditentry_actor_id", "auditentry")


def downgrade() -> None:
    op.create_index("ix_auditentry_actor_id", "auditentry", ["actor_id"])
    op.drop_index("ix_auditentry_actor_id_at", "auditentry")
