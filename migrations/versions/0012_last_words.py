"""last words

Revision: 0012
Before it: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "last_words",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at_utc", sa.DateTime(), nullable=False),
        sa.Column("seen", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_last_words_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_words")),
    )
    with op.batch_alter_table("last_words", schema=None) as batch_op:
        batch_op.create_index("ix_last_words_person_id", ["person_id"], unique=False)
    # Words of danger stayed in the column for good: they are not carried over.
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gentle_at_utc", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("unclear_id", sa.Integer(), nullable=True))
        batch_op.drop_column("pending_text")


def downgrade() -> None:
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pending_text", sa.Text(), nullable=True))
        batch_op.drop_column("unclear_id")
        batch_op.drop_column("gentle_at_utc")
    op.drop_table("last_words")
