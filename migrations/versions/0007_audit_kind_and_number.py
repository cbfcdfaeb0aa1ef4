"""audit: the kind and the number of what something was done to, beside the words

Revision: 0007
Before it: 0006
"""

import re

import sqlalchemy as sa
from alembic import op

from bot.database.migrating import may_be_changed, only_added_to

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# As in 0006; here the table is rebuilt, and old lines are given what they always said in words.
KEPT = {
    "audit_is_not_changed": "BEFORE UPDATE",
    "audit_is_not_deleted": "BEFORE DELETE",
}
# “entry what-is-ai” and “figure grades” have a name, the others a number: “event 5 date 3”.
NAMED = re.compile(r"(entry|figure) \S+")
NUMBERED = re.compile(r"(\D+?) (\d+)(?: .*)?")


def _read(subject: str) -> tuple[str, int | None]:
    if named := NAMED.fullmatch(subject):
        return named[1], None
    if numbered := NUMBERED.fullmatch(subject):
        return numbered[1], int(numbered[2])
    return subject, None


def upgrade() -> None:
    may_be_changed("audit", KEPT)
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("number", sa.BigInteger(), nullable=True))
    bound = op.get_bind()
    for subject in bound.execute(sa.text("SELECT DISTINCT subject FROM audit")).scalars().all():
        kind, number = _read(subject)
        bound.execute(
            sa.text("UPDATE audit SET kind = :kind, number = :number WHERE subject = :subject"),
            {"kind": kind, "number": number, "subject": subject},
        )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)
    only_added_to("audit", KEPT)


def downgrade() -> None:
    raise RuntimeError("the release before this cannot read it: restore the backup made before")
