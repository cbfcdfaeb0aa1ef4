"""The shapes of the short lists: provinces, fields of work, school subjects."""

from bot.content.base import Model, Text


class Province(Model):
    """A province or the capital; `also` holds other spellings in Latin letters.

    `beside` names the provinces that share a border with it.
    """

    id: str
    label: Text
    also: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class WorkField(Model):
    """A field of work, shared by careers, mentors and events."""

    id: str
    emoji: str
    label: Text


class Subject(Model):
    """A school subject."""

    id: str
    label: Text
