"""Home, the language, what she told about herself, privacy."""
