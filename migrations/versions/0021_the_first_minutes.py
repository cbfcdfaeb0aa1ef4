"""the first minutes: who was asked for grade and province, and which doors of home she opens

Revision: 0021
Before it: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as batch_op:
        batch_op.add_column(
            sa.Column("asked_of_her", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("grade_told_on", sa.Date(), nullable=True))
    # When she told it nobody knows; she did not before she came.
    op.execute("UPDATE people SET grade_told_on = date(joined_at_utc) WHERE grade IS NOT NULL")
    with op.batch_alter_table("conversations") as batch_op:
        batch_op.add_column(sa.Column("doors", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conversations") as batch_op:
        batch_op.drop_column("doors")
    with op.batch_alter_table("people") as batch_op:
        batch_op.drop_column("grade_told_on")
        batch_op.drop_column("asked_of_her")
