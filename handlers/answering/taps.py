"""The buttons of answers and topics that no other feature shows."""

from bot.screens.taps import Part, Tap, flag, maybe, page, word

# 👍 or 👎.
_helpful = Part(lambda text: {"y": True, "n": False}[text], lambda value: "y" if value else "n")

# an entry, the language it was read in, and whether she came from its topic
RATE = Tap("rate", (_helpful, word, maybe(word), flag("t")))
NONE_OF_THESE = Tap("none")
# what is not known of a thing that is known goes to a coordinator
ASK_A_PERSON = Tap("asked:person")

TOPIC = Tap("topic", (word, page))
