"""What the data set of ways of asking is: one line of it, and the card that tells about it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.teaching import words

LANGUAGES = {
    "km": "Khmer in Khmer script",
    "rom": "Khmer in Latin letters, as it is typed in chats",
    "mix": "Khmer and English mixed",
}


@dataclass(frozen=True, order=True)
class Line:
    """One way of asking: its words, how they are written, and what they ask for."""

    text: str
    language: str
    target: str

    def as_json(self) -> str:
        """Return it as one line of the file."""
        return json.dumps(
            {"text": self.text, "language": self.language, "target": self.target},
            ensure_ascii=False,
        )


def card(lines: Sequence[Line], file: str) -> str:
    """Return what the data set in a file is, how it was made and what it is not, as Markdown."""
    by_language = Counter(line.language for line in lines)
    rows = "\n".join(
        f"| `{name}` | {what} | {by_language[name]} |" for name, what in LANGUAGES.items()
    )
    return _CARD.format(
        lines=len(lines), targets=len({line.target for line in lines}), rows=rows, file=file,
        longest=words.LONGEST,
    )  # fmt: skip


_CARD = """\
---
language: [km]
license: cc-by-4.0
task_categories: [text-classification]
pretty_name: Ways of asking, in Khmer as it is typed
---

# Ways of asking, in Khmer as it is typed

{lines} ways in which girls in Cambodia ask {targets} questions about school, work and life, one
JSON object a line in `{file}`:

- `text`: the words as they were typed, in one line; only the order of Khmer signs was put right
- `language`: how it is written
- `target`: what it asks for, by the kind and id of the library of Bong Srey (`faq:what-is-ai`)

| language | what | lines |
| --- | --- | ---: |
{rows}

## How it was made

In a Telegram bot for career guidance a girl who had chosen to teach it was shown a question of
its library and wrote another way of asking the same, in Khmer or Khmer in Latin letters. A line
is here once two other girls agreed and nobody disagreed, or a coordinator of the programme
accepted it. Of lines that are the same but for spaces and spelling variants one is kept for
each target.

## Consent and licence

Only words of girls who said yes, by itself and after it was explained in plain words, to this:
that what they give may be published for everybody to use, without their names, under
[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). The licence is for the text given
under that consent. Questions that girls asked for themselves are not here. Who takes a line back
is left out of every later export; use the newest.

## What it does not hold

No names, ids, times, ages or places of the givers, and nothing that links two lines of one
girl. Not kept were texts with telephone numbers, links, accounts, house numbers, names that are
told as such, signs of danger and rude words, texts over {longest} characters, and whatever
concerns violence, health of the mind and other private matters.

## Limits

- The givers chose to take part, have a telephone with Telegram and are of school age: they are
  not all who speak Khmer, and how other ages and regions ask is not shown.
- They saw the question before they wrote, so the words are nearer to it than those of somebody
  who never saw it.
- The filters are programs: an innocent text may be missing, and a name may have slipped
  through. Tell the maintainers where you find one.
- A judgement that two ways mean the same is that of two girls or one coordinator, not of a
  linguist.
"""
