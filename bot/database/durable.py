"""What is written outlasts a power cut: a file is on the disk before it is put in its place."""

import os
from pathlib import Path


def to_disk(place: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk. Raises OSError."""
    opened = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def put_in_place(ready: Path, place: Path) -> None:
    """Give a finished file the name of another, in its stead, for good. Raises OSError."""
    to_disk(ready)
    os.replace(ready, place)
    to_disk(place.parent)
