"""Open questions, their groups, what was added to the FAQ, and how answers were rated."""
