"""A PIN of four digits before somebody's own pages on a phone that others use.

It keeps a sister out, not a thief of the database: four digits are soon tried. So it is hashed
slowly, with a salt of its own, and on the phone every try beyond the fifth costs a quarter of an
hour.
"""

import hashlib
import secrets
import unicodedata
from datetime import datetime, timedelta
from enum import Enum, auto
from hmac import compare_digest

from bot.people.tables import Profile

LENGTH = 4
FREE_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
# So long after somebody said that she forgot her PIN her profile may be begun anew, empty.
FORGOTTEN_AFTER = timedelta(hours=24)
_SALT_BYTES = 16


class Try(Enum):
    """What came of a PIN that was typed."""

    RIGHT = auto()
    WRONG = auto()
    LOCKED = auto()


def read(text: str) -> str | None:
    """Return the digits of what may be meant for a PIN, in any script; None for other words."""
    digits = [unicodedata.decimal(letter, None) for letter in text.strip()]
    if not 1 <= len(digits) <= 2 * LENGTH:
        return None
    return None if None in digits else "".join(map(str, digits))


def hashed(pin: str) -> str:
    """Return what is kept of a PIN."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"{salt.hex()}${_hash(pin, salt)}"


def fits(pin: str, kept: str) -> bool:
    """Return whether a PIN is the one of which this is kept."""
    salt, _, digest = kept.partition("$")
    return compare_digest(_hash(pin, bytes.fromhex(salt)), digest)


def attempt(profile: Profile, pin: str, now: datetime) -> Try:
    """Try a PIN; raises ValueError where there is none to try.

    Five are free. After the fifth, and after each further one, nothing is tried for a while. The
    right one ends the count, and the wait of whoever said that it was forgotten.
    """
    if profile.pin is None:
        raise ValueError("there is no PIN")
    if locked_until(profile, now) is not None:
        return Try.LOCKED
    if not fits(pin, profile.pin):
        profile.tries += 1
        if profile.tries < FREE_TRIES:
            return Try.WRONG
        profile.locked_until_utc = now + LOCKED_FOR
        return Try.LOCKED
    profile.tries, profile.locked_until_utc, profile.forgot_at_utc = 0, None, None
    return Try.RIGHT


def locked_until(profile: Profile, now: datetime) -> datetime | None:
    """Return until when nothing is tried; None where a PIN can be tried."""
    until = profile.locked_until_utc
    return until if until is not None and now < until else None


def set_pin(profile: Profile, kept: str | None) -> None:
    """Keep the hash of a new PIN, or none: then nothing is asked any more."""
    profile.pin, profile.tries = kept, 0
    profile.locked_until_utc = profile.forgot_at_utc = None


def forgot(profile: Profile, now: datetime) -> None:
    """Note that somebody says the PIN is forgotten; who said so first began the wait."""
    if profile.pin is not None and profile.forgot_at_utc is None:
        profile.forgot_at_utc = now


def may_begin_anew(profile: Profile, now: datetime) -> bool:
    """Return whether the wait is over after which a forgotten PIN costs what it guards."""
    asked = profile.forgot_at_utc
    return asked is not None and now >= asked + FORGOTTEN_AFTER


def _hash(pin: str, salt: bytes) -> str:
    return hashlib.scrypt(pin.encode(), salt=salt, n=1 << 13, r=8, p=1).hex()
