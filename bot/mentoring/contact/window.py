"""What the same person wrote just before: words cut in pieces come in a few short messages."""

from collections.abc import Sequence

SHORT, _NEAR = 30, 4


def near(before: Sequence[str]) -> tuple[str, ...]:
    """Return the few last messages that are short, oldest first."""
    return tuple(text for text in before[-_NEAR:] if len(text) <= SHORT)
