"""How long a text may be, and how many ways of asking an entry needs.

The check refuses what is beyond these, and `bongsrey content new` asks again.
"""

LONGEST_QUESTION, LONGEST_ANSWER = 60, 700
FEWEST_ASKS, FEWEST_KHMER, FEWEST_ROMANISED = 8, 3, 1
# So many are enough to be found whatever the words: in Khmer, English, romanised and mixed.
PLENTY_OF_ASKS = {"km": 20, "en": 8, "rom": 8, "mix": 4}
LONGEST_NAME, LONGEST_PARAGRAPH = 30, 450
# What a source says of one thing that is asked of a career, a place or an opportunity.
LONGEST_FACT = 260
# What is said of a date of the school year.
LONGEST_DATE = 300
# The button that keeps a thing of the directory: its name, the id, and the list that it stands in.
KEEP_BUTTON = "dir:keep"
