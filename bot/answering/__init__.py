"""From a girl's words to a decision: danger first, then an answer, a question back or help."""
