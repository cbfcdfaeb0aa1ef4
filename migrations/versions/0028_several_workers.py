"""several workers: which of them takes an update, and until when nobody else does

Revision: 0028
Before it: 0027
"""

import sqlalchemy as sa
from alembic import op

from bot.database.migrating import is_sqlite

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_INDEX = "ix_inbox_chat_waiting"


def upgrade() -> None:
    with op.batch_alter_table("inbox") as batch_op:
        batch_op.add_column(sa.Column("claimed_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("claimed_until_utc", sa.DateTime(), nullable=True))
    if not is_sqlite():
        waits = sa.text("state = 'waiting'")
        op.create_index(_INDEX, "inbox", ["chat_id", "update_id"], postgresql_where=waits)


def downgrade() -> None:
    if not is_sqlite():
        op.drop_index(_INDEX, "inbox")
    with op.batch_alter_table("inbox") as batch_op:
        batch_op.drop_column("claimed_until_utc")
        batch_op.drop_column("claimed_by")
