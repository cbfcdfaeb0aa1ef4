"""Buttons that are tapped: what to do about one that no longer leads anywhere."""


class StaleError(Exception):
    """A button was tapped that is old or forged; she is shown a fresh home instead."""
