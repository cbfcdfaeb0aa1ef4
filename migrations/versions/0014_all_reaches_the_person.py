"""in a case: what is no text, silence, the care that was shown; questions that may be private

Revision: 0014
Before it: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_messages") as batch_op:
        batch_op.add_column(sa.Column("media", sa.String(), nullable=True))
    with op.batch_alter_table("cases") as batch_op:
        batch_op.add_column(sa.Column("silence", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("cared", sa.String(), nullable=True))
    with op.batch_alter_table("questions") as batch_op:
        batch_op.add_column(
            sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("questions") as batch_op:
        batch_op.alter_column("private", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("case_messages") as batch_op:
        batch_op.drop_column("media")
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_column("silence")
        batch_op.drop_column("cared")
    with op.batch_alter_table("questions") as batch_op:
        batch_op.drop_column("private")
