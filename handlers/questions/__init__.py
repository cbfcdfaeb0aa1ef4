"""The inbox of open questions, additions to the FAQ, low ratings."""
