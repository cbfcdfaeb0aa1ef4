"""The ways to say no; `handlers.take` catches each once and undoes what the turn changed."""


class RefusedError(Exception):
    """It cannot be done as things stand; `key` names the words that say so, kindly.

    `values` fill the places in those words.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class GoneError(RefusedError):
    """It can never be done: what was to be changed is gone, or is for others to change now.

    What is awaited for it is awaited no more, for the next text would be refused as well.
    """


class StaleError(Exception):
    """What a button, a number or a link meant is no longer there, or never was."""


class NotAllowedError(Exception):
    """A person tried what her role does not permit; she is told nothing and nothing changes."""
