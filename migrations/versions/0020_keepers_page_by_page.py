"""who keeps a thing is read page by page, in the order of an index

Revision: 0020
Before it: 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_saved_items_item_id", table_name="saved_items")
    op.create_index("ix_saved_items_keepers", "saved_items", ["item_id", "person_id"])


def downgrade() -> None:
    op.drop_index("ix_saved_items_keepers", table_name="saved_items")
    op.create_index("ix_saved_items_item_id", "saved_items", ["item_id"])
