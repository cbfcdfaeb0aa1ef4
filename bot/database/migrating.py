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
