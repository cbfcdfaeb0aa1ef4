"""The demo: an embedded Bot API and a chat page; the tests use the same server."""
