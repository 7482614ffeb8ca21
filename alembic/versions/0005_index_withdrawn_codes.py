"""Find revoked cards and replaced codes without reading every row: for the signed list of them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_card_revoked", "card", ["revoked"])
    op.create_index("ix_cardcode_replaced", "cardcode", ["replaced"])


def downgrade() -> None:
    op.drop_index("ix_cardcode_replaced", "cardcode")
    op.drop_index("ix_card_revoked", "card")
