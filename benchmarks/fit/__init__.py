"""Fits the models that the bot reads; run by `make fit`."""
