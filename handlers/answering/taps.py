"""The buttons of answers and topics that no other feature shows."""

from bot.answering.targets import NAMED
from bot.screens.taps import Part, Tap, maybe, page, word

# 👍 or 👎.
_helpful = Part(lambda text: {"y": True, "n": False}[text], lambda value: "y" if value else "n")
# The kind of a named thing by its first letter: its id may be long.
_KINDS = {kind[0]: kind for kind in NAMED}
_kind = Part(lambda text: _KINDS[text], lambda kind: str(kind)[0])

# an entry, and the language it was read in
RATE = Tap("rate", (_helpful, word, maybe(word)))
NONE_OF_THESE = Tap("none")
# a thing, what she asked about it, and the language it is read in
ASKED = Tap("asked", (_kind, word, word, maybe(word)))
# what is not known of a thing that is known goes to a coordinator
ASK_A_PERSON = Tap("asked:person")

TOPIC = Tap("topic", (word, page))
