"""which invitation a guardian has opened and not answered, so that she can be led back to it

Revision: 0034
Before it: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invited_guardians") as batch_op:
        batch_op.add_column(sa.Column("token", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("invited_guardians") as batch_op:
        batch_op.drop_column("token")
