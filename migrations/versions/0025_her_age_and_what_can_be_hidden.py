"""her age band with herself, cases that outlive her wish to be forgotten, what can be hidden

Revision: 0025
Before it: 0024
"""

import sqlalchemy as sa
from alembic import op

from bot.database.migrating import is_sqlite

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_PEOPLE = sa.table(
    "people",
    sa.column("id", sa.BigInteger),
    sa.column("age_band", sa.String),
    sa.column("age_told_on", sa.Date),
)
_MENTEES = sa.table(
    "mentees", sa.column("person_id", sa.BigInteger), sa.column("age_band", sa.String)
)
_FK = "fk_cases_person_id_people"


def upgrade() -> None:
    with op.batch_alter_table("people") as batch_op:
        batch_op.add_column(sa.Column("age_band", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("age_told_on", sa.Date(), nullable=True))
    told = (
        sa.select(_MENTEES.c.age_band)
        .where(_MENTEES.c.person_id == _PEOPLE.c.id)
        .scalar_subquery()
    )
    op.execute(_PEOPLE.update().values(age_band=told))
    op.execute(
        _PEOPLE.update()
        .where(_PEOPLE.c.age_band.is_not(None))
        .values(age_told_on=sa.func.current_date())
    )
    with op.batch_alter_table("mentees") as batch_op:
        batch_op.drop_column("age_band")
    last = _last_case()
    with op.batch_alter_table(
        "cases",
        recreate="always" if is_sqlite() else "never",
        table_kwargs={"sqlite_autoincrement": True},
    ) as batch_op:
        batch_op.drop_constraint(_FK, type_="foreignkey")
        batch_op.add_column(sa.Column("erased_at_utc", sa.DateTime(), nullable=True))
    _go_on_from(last)
    with op.batch_alter_table("inbox") as batch_op:
        batch_op.add_column(sa.Column("chat_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("message_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("inbox") as batch_op:
        batch_op.drop_column("message_id")
        batch_op.drop_column("chat_id")
    # The older release knows no case without its person.
    op.execute("DELETE FROM case_messages WHERE case_id IN "
               "(SELECT id FROM cases WHERE person_id NOT IN (SELECT id FROM people))")  # fmt: skip
    op.execute("DELETE FROM cases WHERE person_id NOT IN (SELECT id FROM people)")
    last = _last_case()
    with op.batch_alter_table(
        "cases",
        recreate="always" if is_sqlite() else "never",
        table_kwargs={"sqlite_autoincrement": True},
    ) as batch_op:
        batch_op.drop_column("erased_at_utc")
        batch_op.create_foreign_key(_FK, "people", ["person_id"], ["id"], ondelete="CASCADE")
    _go_on_from(last)
    with op.batch_alter_table("mentees") as batch_op:
        batch_op.add_column(sa.Column("age_band", sa.String(), nullable=True))
    told = (
        sa.select(_PEOPLE.c.age_band).where(_PEOPLE.c.id == _MENTEES.c.person_id).scalar_subquery()
    )
    op.execute(_MENTEES.update().values(age_band=told))
    with op.batch_alter_table("people") as batch_op:
        batch_op.drop_column("age_told_on")
        batch_op.drop_column("age_band")


def _last_case() -> int | None:
    """Return the highest number that a case ever had: it is never given again."""
    if not is_sqlite():
        # A sequence goes on by itself.
        return None
    query = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'cases'")
    return op.get_bind().execute(query).scalar()


def _go_on_from(last: int | None) -> None:
    """Let the numbers of cases go on where they were before the table was made anew."""
    if last is None:
        return
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'cases'")
    op.execute(
        sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('cases', :last)").bindparams(
            last=last
        )
    )
