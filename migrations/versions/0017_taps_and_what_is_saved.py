"""the button that was tapped last, and what is saved, waited for and asked about

Revision: 0017
Before it: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversations") as batch_op:
        batch_op.add_column(sa.Column("tapped", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("tapped_on", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("tapped_at_utc", sa.DateTime(), nullable=True))
    op.create_table(
        "saved_items",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("saved_at_utc", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_saved_items_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "item_id", name=op.f("pk_saved_items")),
    )
    op.create_index(op.f("ix_saved_items_item_id"), "saved_items", ["item_id"])
    op.create_table(
        "weekly_steps",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("career_id", sa.String(), nullable=False),
        sa.Column("done_at_utc", sa.DateTime(), nullable=False),
        sa.Column("ask_at_utc", sa.DateTime(), nullable=True),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_weekly_steps_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_weekly_steps")),
    )
    with op.batch_alter_table("weekly_steps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_weekly_steps_ask_at_utc"), ["ask_at_utc"], unique=False
        )
    op.create_table(
        "mentor_waits",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("asked_at_utc", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "field", name=op.f("pk_mentor_waits")),
    )
    with op.batch_alter_table("reminder_choices") as batch_op:
        batch_op.add_column(
            sa.Column("deadlines", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("reminder_choices") as batch_op:
        batch_op.alter_column("deadlines", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("reminder_choices") as batch_op:
        batch_op.drop_column("deadlines")
    op.drop_table("mentor_waits")
    op.drop_table("weekly_steps")
    op.drop_table("saved_items")
    with op.batch_alter_table("conversations") as batch_op:
        batch_op.drop_column("tapped")
        batch_op.drop_column("tapped_on")
        batch_op.drop_column("tapped_at_utc")
