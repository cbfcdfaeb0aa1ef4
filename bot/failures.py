"""A failure as the log may name it: by kind and place, for its text may hold a girl's words."""

from pathlib import Path
from traceback import extract_tb


def named(error: BaseException) -> str:
    """Return the kind of a failure and the way to it, file by file."""
    frames = extract_tb(error.__traceback__)
    way = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {way or 'an unknown place'}"
