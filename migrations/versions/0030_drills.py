"""drills: made-up calls for help, by which is seen whether a real one would be heard in time

Revision: 0030
Before it: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drills",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("began_at_utc", sa.DateTime(), nullable=False),
        sa.Column("started_by", sa.BigInteger(), nullable=True),
        sa.Column("alerted", sa.JSON(), nullable=False),
        sa.Column("arrived", sa.JSON(), nullable=False),
        sa.Column("passed", sa.JSON(), nullable=False),
        sa.Column("next_alert_at_utc", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_by", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at_utc", sa.DateTime(), nullable=True),
        sa.Column("ended_at_utc", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drills")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("drills")
