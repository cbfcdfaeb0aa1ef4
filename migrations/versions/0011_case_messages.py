"""case messages: what the two of a case write is kept with it; a case ends with an outcome

Revision: 0011
Before it: 0010
"""

import sqlalchemy as sa
from alembic import op

from bot.database.migrating import is_sqlite

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_messages",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("at_utc", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_messages_case_id_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_messages")),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index(op.f("ix_case_messages_case_id"), "case_messages", ["case_id"])
    op.execute(
        "INSERT INTO case_messages (case_id, author_id, by_staff, text, corrected, at_utc)"
        " SELECT id, person_id, false, words, false, opened_at_utc FROM cases"
        " WHERE words IS NOT NULL AND words != '' AND closed_at_utc IS NULL"
    )
    # Made anew, so that the number of an erased case is never given again.
    with op.batch_alter_table(
        "cases",
        recreate="always" if is_sqlite() else "never",
        table_kwargs={"sqlite_autoincrement": True},
    ) as cases:
        for column in ("tongue", "told", "outcome"):
            length = None if column == "tongue" else 32
            cases.add_column(sa.Column(column, sa.String(length), nullable=True))
        cases.drop_column("words")


def downgrade() -> None:
    raise RuntimeError("the release before this cannot read it: restore the backup made before")
