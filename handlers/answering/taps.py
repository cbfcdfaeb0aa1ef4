"""The buttons of answers and topics that no other feature shows."""

from bot.screens.taps import Part, Tap, maybe, page, word

# 👍 or 👎.
_helpful = Part(lambda text: {"y": True, "n": False}[text], lambda value: "y" if value else "n")

# an entry, and the language it was read in
RATE = Tap("rate", (_helpful, word, maybe(word)))
NONE_OF_THESE = Tap("none")
# what is not known of a thing that is known goes to a coordinator
ASK_A_PERSON = Tap("asked:person")

TOPIC = Tap("topic", (word, page))
