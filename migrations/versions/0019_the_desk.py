"""the desk: whom no invitation leads there, and what a girl was asked, and who came

Revision: 0019
Before it: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mentors") as batch_op:
        batch_op.add_column(sa.Column("barred_since_utc", sa.DateTime(), nullable=True))
    _bar_the_suspended()
    op.create_table(
        "asked_back",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at_utc", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at_utc", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_asked_back_question_id_questions",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_asked_back"),
    )  # fmt: skip
    with op.batch_alter_table("event_signups") as batch_op:
        batch_op.add_column(sa.Column("code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("came_at_utc", sa.DateTime(), nullable=True))
    op.create_index("ix_asked_back_question_id", "asked_back", ["question_id"])


def _bar_the_suspended() -> None:
    """Whoever was suspended and not signed for since is kept from the desk from that day on."""
    mentors = sa.table(
        "mentors", sa.column("person_id"), sa.column("barred_since_utc", sa.DateTime())
    )
    audit = sa.table(
        "audit", sa.column("id"), sa.column("at_utc", sa.DateTime()), sa.column("kind"),
        sa.column("action"), sa.column("number"),
    )  # fmt: skip
    connection = op.get_bind()
    decided = audit.c.kind == "mentor", audit.c.action.in_(("suspend", "approve"))
    lines = sa.select(audit).where(*decided).order_by(audit.c.id)
    last = {line["number"]: line for line in connection.execute(lines).mappings().all()}
    for person_id, line in last.items():
        if line["action"] == "suspend":
            change = mentors.update().where(mentors.c.person_id == person_id)
            connection.execute(change.values(barred_since_utc=line["at_utc"]))


def downgrade() -> None:
    op.drop_table("asked_back")
    with op.batch_alter_table("event_signups") as batch_op:
        batch_op.drop_column("came_at_utc")
        batch_op.drop_column("code")
    with op.batch_alter_table("mentors") as batch_op:
        batch_op.drop_column("barred_since_utc")
