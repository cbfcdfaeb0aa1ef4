"""the words of announcements by language

Revision: 0008
Before it: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TONGUES = ("km", "en")


def upgrade() -> None:
    kept = sa.JSON(none_as_null=True)
    with op.batch_alter_table("broadcasts") as batch_op:
        batch_op.add_column(sa.Column("words", kept, nullable=False, server_default="{}"))
    _fill()
    with op.batch_alter_table("broadcasts") as batch_op:
        batch_op.alter_column("words", existing_type=kept, server_default=None)
        batch_op.drop_column("text_km")
        batch_op.drop_column("text_en")


def _fill() -> None:
    rows = sa.table(
        "broadcasts",
        sa.column("id", sa.Integer()),
        sa.column("text_km", sa.Text()),
        sa.column("text_en", sa.Text()),
        sa.column("words", sa.JSON(none_as_null=True)),
        sa.column("proposal", sa.JSON(none_as_null=True)),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(rows)).mappings().all():
        proposal = row["proposal"]
        if proposal is not None:
            more = {name: value for name, value in proposal.items() if name not in _TONGUES}
            proposal = {**more, "words": _written(proposal, "{}")}
        change = {"words": _written(row, "text_{}"), "proposal": proposal}
        connection.execute(rows.update().where(rows.c.id == row["id"]).values(change))


def _written(row: sa.RowMapping | dict[str, str | None], name: str) -> dict[str, str | None]:
    """Return the words by language, without those that were left out."""
    named = {tongue: row.get(name.format(tongue)) for tongue in _TONGUES}
    return {tongue: words for tongue, words in named.items() if words}


def downgrade() -> None:
    raise RuntimeError("the words of other languages have no place before this")
