"""seats at the desk: who has a part of the work only

Revision: 0022
Before it: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Whoever sits there by now, or was invited, is a full coordinator. The tables are not made
    # anew: the number of a coordinator who left would be used again.
    for table in ("coordinators", "invitations"):
        seat = sa.Column("seat", sa.String(32), nullable=False, server_default="full")
        op.add_column(table, seat)
    # Every turn asks whether somebody is a guardian.
    op.create_index("ix_guardian_consents_guardian_id", "guardian_consents", ["guardian_id"])


def downgrade() -> None:
    op.drop_index("ix_guardian_consents_guardian_id", "guardian_consents")
    for table in ("coordinators", "invitations"):
        op.drop_column(table, "seat")
