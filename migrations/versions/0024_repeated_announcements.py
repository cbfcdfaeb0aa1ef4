"""announcements that come again

Revision: 0024
Before it: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("broadcasts") as batch_op:
        batch_op.add_column(sa.Column("repeats", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("times_left", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("repeats_from_utc", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("followed_by", sa.Integer(), nullable=True))
    op.create_index("ix_broadcasts_series_id", "broadcasts", ["series_id"])


def downgrade() -> None:
    op.drop_index("ix_broadcasts_series_id", "broadcasts")
    with op.batch_alter_table("broadcasts") as batch_op:
        for column in ("followed_by", "series_id", "repeats_from_utc", "times_left", "repeats"):
            batch_op.drop_column(column)
