"""a step that she took back: she is asked of the next, and none is done

Revision: 0035
Before it: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("weekly_steps") as batch_op:
        batch_op.alter_column("done_at_utc", existing_type=sa.DateTime(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM weekly_steps WHERE done_at_utc IS NULL")
    with op.batch_alter_table("weekly_steps") as batch_op:
        batch_op.alter_column("done_at_utc", existing_type=sa.DateTime(), nullable=False)
