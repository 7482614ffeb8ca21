"""stamps of check pages"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The versions up to 0013 made triggers on it after their migrations; 0014 drops them.
    op.create_table('pagestamp',
    sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('stamp', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('person_id')
    )
    with op.batch_alter_table('limithit', schema=None) as batch_op:
        batch_op.drop_index('ix_limithit_key')
        batch_op.create_index('ix_limithit_key_at', ['key', 'at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('limithit', schema=None) as batch_op:
        batch_op.drop_index('ix_limithit_key_at')
        batch_op.create_index('ix_limithit_key', ['key'], unique=False)

    op.drop_table('pagestamp')
