"""The only room that knows Telegram: reading updates, taking them in, sending."""
