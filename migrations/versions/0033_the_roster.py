"""the coordinators' roster: in which hours each is called last, and who stands in for her

Revision: 0033
Before it: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("deputy_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name="pk_roster"),
    )


def downgrade() -> None:
    op.drop_table("roster")
