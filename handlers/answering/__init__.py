"""Questions and their answers, and the FAQ by topic."""
