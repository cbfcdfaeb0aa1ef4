"""who teaches the bot, ways of asking that are learned, and what others say of them

Revision: 0027
Before it: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "teachers",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("joined_at_utc", sa.DateTime(), nullable=False),
        sa.Column("open", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("learns", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_teachers_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_teachers"),
    )
    op.create_table(
        "asked_ways",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("at_utc", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at_utc", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_asked_ways_person_id_people",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_asked_ways"),
        sa.UniqueConstraint("target", "folded", name="uq_asked_ways_target"),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("ix_asked_ways_person_id", "asked_ways", ["person_id"])
    op.create_index("ix_asked_ways_state", "asked_ways", ["state"])
    op.create_table(
        "way_votes",
        sa.Column("way_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("at_utc", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["way_id"], ["asked_ways.id"], name="fk_way_votes_way_id_asked_ways",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_way_votes_person_id_people",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("way_id", "person_id", name="pk_way_votes"),
    )  # fmt: skip
    with op.batch_alter_table("conversations") as batch_op:
        batch_op.add_column(sa.Column("offered", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conversations") as batch_op:
        batch_op.drop_column("offered")
    for table in ("way_votes", "asked_ways", "teachers"):
        op.drop_table(table)
