"""audit: a line may go when it is very old; the database refuses it for those of the last year

Revision: 0032
Before it: 0031
"""

from bot.database.migrating import goes_when_old, may_be_changed, only_added_to

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

# As made in 0007. The clock deletes what is older than AUDIT_YEARS, two at least.
# (A later migration that rebuilds the table must make both guards again.)
BEFORE = {"audit_is_not_deleted": "BEFORE DELETE"}
LEAST_DAYS = 365


def upgrade() -> None:
    may_be_changed("audit", BEFORE)
    goes_when_old("audit", "audit_is_not_deleted", "at_utc", LEAST_DAYS)


def downgrade() -> None:
    may_be_changed("audit", BEFORE)
    only_added_to("audit", BEFORE)
