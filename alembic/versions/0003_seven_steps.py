"""seven steps"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TYPE kind ADD VALUE IF NOT EXISTS 'PROOF'")
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("section", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("organisation", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("subfield", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("score", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("location", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("start", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("end", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "proves",
                sqlmodel.sql.sqltypes.AutoString(length=36),
                nullable=False,
                server_default="",
            )
        )
        batch_op.drop_index(
            batch_op.f("one_current_paper"), sqlite_where=sa.text("replaced IS NULL")
        )
        batch_op.create_index(
            "one_current_paper",
            ["owner_id", "kind", "proves"],
            unique=True,
            sqlite_where=sa.text("replaced IS NULL"),
            postgresql_where=sa.text("replaced IS NULL"),
        )

    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "school",
                sqlmodel.sql.sqltypes.AutoString(length=100),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "grade",
                sqlmodel.sql.sqltypes.AutoString(length=20),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "about",
                sqlmodel.sql.sqltypes.AutoString(length=1000),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "domicile",
                sqlmodel.sql.sqltypes.AutoString(length=24),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "domicile_address",
                sqlmodel.sql.sqltypes.AutoString(length=200),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "domicile_province",
                sqlmodel.sql.sqltypes.AutoString(length=13),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "domicile_regency",
                sqlmodel.sql.sqltypes.AutoString(length=13),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "domicile_district",
                sqlmodel.sql.sqltypes.AutoString(length=13),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "domicile_village",
                sqlmodel.sql.sqltypes.AutoString(length=13),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "domicile_country",
                sqlmodel.sql.sqltypes.AutoString(length=60),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "postcode",
                sqlmodel.sql.sqltypes.AutoString(length=10),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column("wants_training", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column(
                "occupation",
                sqlmodel.sql.sqltypes.AutoString(length=4),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column(
                "nothing_in",
                sqlmodel.sql.sqltypes.AutoString(length=120),
                nullable=False,
                server_default="",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.drop_column("nothing_in")
        batch_op.drop_column("occupation")
        batch_op.drop_column("wants_training")
        batch_op.drop_column("postcode")
        batch_op.drop_column("domicile_country")
        batch_op.drop_column("domicile_village")
        batch_op.drop_column("domicile_district")
        batch_op.drop_column("domicile_regency")
        batch_op.drop_column("domicile_province")
        batch_op.drop_column("domicile_address")
        batch_op.drop_column("domicile")
        batch_op.drop_column("about")
        batch_op.drop_column("grade")
        batch_op.drop_column("school")

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(
            "one_current_paper",
            sqlite_where=sa.text("replaced IS NULL"),
            postgresql_where=sa.text("replaced IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("one_current_paper"),
            ["owner_id", "kind"],
            unique=True,
            sqlite_where=sa.text("replaced IS NULL"),
            postgresql_where=sa.text("replaced IS NULL"),
        )
        batch_op.drop_column("proves")

    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_person_id"))

    op.drop_table("entry")
