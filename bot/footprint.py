"""What the start costs and leaves behind, in time and in memory.

Nearly all that is made while the bot starts stays for as long as it runs. To look through it for
garbage, again and again while it grows, is a ninth of the processor time of a start; later it need
not be looked through at all.
"""

import contextlib
import gc

# Python looks for garbage whenever there are 700 objects more: what the bot loads are 200,000.
_OBJECTS = 50_000


def begin() -> None:
    """Look for garbage seldom."""
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])


def settle() -> None:
    """Take all that is there now for what stays, and give back the memory that it is not in.

    It is for a process that does nothing else: what is there now is never looked through again.
    """
    # What is garbage by now would stay for good.
    gc.collect()
    gc.freeze()
    # Only the C library of most Linux systems keeps what was freed, and can be asked for it.
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).malloc_trim(0)
