"""What migrations say to each engine in its own words.

What an old migration says must not change: this module is theirs, and only grows.
"""

from collections.abc import Mapping

from alembic import op


def is_sqlite() -> bool:
    """Return whether it is SQLite that is migrated, which makes many a table anew to change it."""
    return bool(op.get_bind().dialect.name == "sqlite")


def only_added_to(table: str, triggers: Mapping[str, str]) -> None:
    """Let the database refuse what `triggers` name, such as BEFORE DELETE, for every row."""
    says = f"the {table} log is only added to"
    refuses = f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
    if not is_sqlite():
        op.execute(
            f"CREATE OR REPLACE FUNCTION {table}_is_only_added_to() RETURNS trigger "
            f"LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{says}'; END $$"
        )
        refuses = f"FOR EACH ROW EXECUTE FUNCTION {table}_is_only_added_to()"
    for name, when in triggers.items():
        op.execute(f"CREATE TRIGGER {name} {when} ON {table} {refuses}")


def may_be_changed(table: str, triggers: Mapping[str, str]) -> None:
    """Take the guards away again."""
    on = "" if is_sqlite() else f" ON {table}"
    for name in triggers:
        op.execute(f"DROP TRIGGER {name}{on}")


def goes_when_old(table: str, trigger: str, since: str, days: int) -> None:
    """Let the database refuse to delete a row that is not so many days old by its own clock.

    `since` is the column of when it was added; of `only_added_to` the function must be there.
    """
    if is_sqlite():
        says = f"the {table} log is only added to"
        op.execute(
            f"CREATE TRIGGER {trigger} BEFORE DELETE ON {table} "
            f"WHEN OLD.{since} > datetime('now', '-{days} days') "
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
        return
    op.execute(
        f"CREATE TRIGGER {trigger} BEFORE DELETE ON {table} FOR EACH ROW "
        f"WHEN (OLD.{since} > timezone('utc', now()) - interval '{days} days') "
        f"EXECUTE FUNCTION {table}_is_only_added_to()"
    )
