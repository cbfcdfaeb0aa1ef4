"""How the tests of the watch name what a message meets."""

from bot.safety.danger import Danger, Level


def level(danger: Danger | None) -> Level | None:
    """Return at which level a message is met; None where nothing alarms."""
    return danger.level if danger is not None else None
