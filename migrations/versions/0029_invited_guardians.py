"""who opened the invitation of a girl to be her guardian, and so is spoken to as a grown-up

Revision: 0029
Before it: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invited_guardians",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since_utc", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_invited_guardians"),
    )


def downgrade() -> None:
    op.drop_table("invited_guardians")
