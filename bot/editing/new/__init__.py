"""`bongsrey content new`: asks an editor in plain words, and writes what she said.

`kinds` is the table of what is asked for each kind; to add a kind, add a row there.
"""
