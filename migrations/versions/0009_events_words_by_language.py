"""events words by language

Revision: 0009
Before it: 0008
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SAID, _TONGUES = ("title", "text"), ("km", "en")


def upgrade() -> None:
    # The table is not rebuilt: its dates hang on it, and a number is never to be given again.
    for name in _SAID:
        column = sa.Column(
            name, sa.JSON(none_as_null=True), nullable=False, server_default=sa.text("'{}'")
        )
        op.add_column("events", column)
    old = sa.table("events", *map(sa.column, ("id", *_old_names())))
    new = sa.table("events", sa.column("id"), *(sa.column(name, sa.JSON()) for name in _SAID))
    for row in _rows(old):
        said = {name: _words(row, name) for name in _SAID}
        op.execute(new.update().where(new.c.id == row["id"]).values(said))
    drafts = sa.table("event_drafts", sa.column("id"), sa.column("details", sa.JSON()))
    for row in _rows(drafts):
        details = row["details"]
        said = {name: _words(details, name) or None for name in _SAID}
        kept = {key: value for key, value in details.items() if key not in _old_names()}
        op.execute(drafts.update().where(drafts.c.id == row["id"]).values(details=kept | said))
    for name in _old_names():
        op.drop_column("events", name)


def _old_names() -> list[str]:
    return [f"{name}_{tongue}" for name in _SAID for tongue in _TONGUES]


def _rows(table: sa.TableClause) -> list[dict[str, Any]]:
    return [dict(row) for row in op.get_bind().execute(sa.select(table)).mappings()]


def _words(row: dict[str, Any], name: str) -> dict[str, str]:
    """Return the words that there are, by language."""
    said = {tongue: row.get(f"{name}_{tongue}") for tongue in _TONGUES}
    return {tongue: words for tongue, words in said.items() if words}


def downgrade() -> None:
    raise RuntimeError("words in a third language would be lost")
