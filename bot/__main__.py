"""Where the process begins: `bongsrey` and `python -m bot` are the same.

It loads nothing before it is ready to be stopped: to load the rest takes seconds, and whoever
presses Ctrl+C in them wants an end, not a traceback.
"""

import os
import sys
from collections.abc import Sequence

from bot import footprint

# As a shell tells of programs that were ended so.
EXIT_STOPPED, EXIT_NOBODY_READS = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status."""
    footprint.begin()
    try:
        from bot.commands import perform

        try:
            return perform(arguments)
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return EXIT_STOPPED
    except BrokenPipeError:
        # Such as `bongsrey content list | head`: who reads has read enough. What is left to write
        # at the end goes where it cannot fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_NOBODY_READS


if __name__ == "__main__":
    sys.exit(main())
