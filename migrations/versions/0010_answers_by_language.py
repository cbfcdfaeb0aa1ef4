"""answers by language

Revision: 0010
Before it: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

WORDS = {"question_groups": ("answer",), "learned_entries": ("question", "answer")}
TONGUES = ("km", "en")


def upgrade() -> None:
    bound = op.get_bind()
    for name, columns in WORDS.items():
        with op.batch_alter_table(name, schema=None) as batch_op:
            for column in columns:
                words = sa.Column(
                    column, sa.JSON(none_as_null=True), nullable=False, server_default="{}"
                )
                batch_op.add_column(words)
        table = sa.Table(name, sa.MetaData(), autoload_with=bound)
        for row in bound.execute(sa.select(table)).mappings().all():
            # Empty words say that a coordinator chose to write none, so they are kept.
            words = {
                column: {
                    t: row[f"{column}_{t}"] for t in TONGUES if row[f"{column}_{t}"] is not None
                }
                for column in columns
            }
            bound.execute(sa.update(table).where(table.c.id == row["id"]).values(words))
        with op.batch_alter_table(name, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)
                for tongue in TONGUES:
                    batch_op.drop_column(f"{column}_{tongue}")


def downgrade() -> None:
    raise RuntimeError("the release before this cannot read it: restore the backup made before")
