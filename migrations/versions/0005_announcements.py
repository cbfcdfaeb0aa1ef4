"""announcements, their recipients, what people mute and what interests them

Revision: 0005
Before it: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = sa.DateTime
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("text_km", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("opens", sa.String(), nullable=True),
        sa.Column("audience", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("start_at_utc", time(), nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("proposal", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cursor", sa.BigInteger(), nullable=True),
        sa.Column("busy", sa.Boolean(), nullable=False),
        sa.Column("measured_from_utc", time(), nullable=True),
        sa.Column("measured_from", sa.Integer(), nullable=False),
        sa.Column("board_edits", sa.Integer(), nullable=False),
        sa.Column("kept", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at_utc", time(), nullable=False),
        sa.Column("started_at_utc", time(), nullable=True),
        sa.Column("finished_at_utc", time(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )
    op.create_table(
        "recipients",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("at_utc", time(), nullable=True),
        sa.Column("mend", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name=op.f("fk_recipients_broadcast_id_broadcasts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "person_id", name=op.f("pk_recipients")),
    )
    with op.batch_alter_table("recipients", schema=None) as batch_op:
        batch_op.create_index("ix_recipients_state", ["broadcast_id", "state", "person_id"])
    for name, columns in (
        ("mutes", (("kind", sa.String()),)),
        ("interests", (("kind", sa.String()), ("value", sa.String()))),
    ):
        since = [sa.Column("since_utc", time(), nullable=False)] if name == "mutes" else []
        op.create_table(
            name,
            sa.Column("person_id", sa.BigInteger(), nullable=False),
            *(sa.Column(column, type_, nullable=False) for column, type_ in columns),
            *since,
            sa.ForeignKeyConstraint(
                ["person_id"],
                ["people.id"],
                name=op.f(f"fk_{name}_person_id_people"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint(
                "person_id", *(column for column, _ in columns), name=op.f(f"pk_{name}")
            ),
        )


def downgrade() -> None:
    op.drop_table("interests")
    op.drop_table("mutes")
    with op.batch_alter_table("recipients", schema=None) as batch_op:
        batch_op.drop_index("ix_recipients_state")
    op.drop_table("recipients")
    op.drop_table("broadcasts")
