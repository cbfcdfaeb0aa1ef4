"""which events of a feed could not be read; each is read anew, as more of it is understood

Revision: 0018
Before it: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event_feeds") as batch_op:
        batch_op.add_column(sa.Column("left_out", sa.JSON(), nullable=True))
    op.execute("UPDATE event_feeds SET etag = NULL, modified = NULL")


def downgrade() -> None:
    with op.batch_alter_table("event_feeds") as batch_op:
        batch_op.drop_column("left_out")
