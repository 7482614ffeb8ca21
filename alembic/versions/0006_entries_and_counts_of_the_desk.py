"""entries and counts of the desk"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Versions up to 0012 filled them by triggers, right after their migrations.
    op.create_table('deskentry',
    sa.Column('place', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('status', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('nik', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=18), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(length=102), nullable=False),
    sa.PrimaryKeyConstraint('place'),
    sa.UniqueConstraint('application_id')
    )
    with op.batch_alter_table('deskentry', schema=None) as batch_op:
        batch_op.create_index('ix_deskentry_nik_place', ['nik', 'place'], unique=False)
        batch_op.create_index('ix_deskentry_number_place', ['number', 'place'], unique=False)
        batch_op.create_index('ix_deskentry_status_place', ['status', 'place'], unique=False)

    op.create_table('desktally',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('change', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )


def downgrade() -> None:
    op.drop_table('desktally')
    with op.batch_alter_table('deskentry', schema=None) as batch_op:
        batch_op.drop_index('ix_deskentry_status_place')
        batch_op.drop_index('ix_deskentry_number_place')
        batch_op.drop_index('ix_deskentry_nik_place')

    op.drop_table('deskentry')
