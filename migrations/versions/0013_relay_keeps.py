"""what the relay keeps: opaque names of mentors, originals, waiting, marks of minors

Revision: 0013
Before it: 0012
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mentors") as batch_op:
        batch_op.add_column(sa.Column("public_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("quiet_since_utc", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("quiet_reminded_at_utc", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("tries_from_utc", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("erased_at_utc", sa.DateTime(), nullable=True))
    named = _name_mentors()
    with op.batch_alter_table("mentors") as batch_op:
        batch_op.alter_column("public_id", existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint("uq_mentors_public_id", ["public_id"])
    _name_wishes(named)
    with op.batch_alter_table("relay_messages") as batch_op:
        batch_op.add_column(sa.Column("original", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("reminded_at_utc", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("wait_told_at_utc", sa.DateTime(), nullable=True))
    op.create_table(
        "minor_marks",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("until_utc", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_minor_marks"),
    )
    op.create_table(
        "minor_secret",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_minor_secret"),
    )


def _name_mentors() -> dict[int, str]:
    mentors = sa.table("mentors", sa.column("person_id"), sa.column("public_id"))
    connection = op.get_bind()
    named = {}
    for person_id in connection.scalars(sa.select(mentors.c.person_id)).all():
        named[person_id] = f"m{secrets.token_hex(8)}"
        change = mentors.update().where(mentors.c.person_id == person_id)
        connection.execute(change.values(public_id=named[person_id]))
    return named


def _name_wishes(named: dict[int, str]) -> None:
    """A wish that is being written names a mentor as the buttons do now."""
    mentees = sa.table(
        "mentees", sa.column("person_id"), sa.column("draft", sa.JSON(none_as_null=True))
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(mentees)).mappings().all():
        draft = row["draft"]
        if draft and draft.get("mentor") is not None:
            draft = {**draft, "mentor": named.get(draft["mentor"])}
            change = mentees.update().where(mentees.c.person_id == row["person_id"])
            connection.execute(change.values(draft=draft))


def downgrade() -> None:
    raise RuntimeError("the release before this would show the ids of mentors")
