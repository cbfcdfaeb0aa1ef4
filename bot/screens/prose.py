"""What editors wrote, as it is read on a phone: what a line is about stands out before it.

Editors write plain words. “First step: …” at the beginning of a line, or a name and a colon, is
the line's heading; the first step, which is what she can do today, stands apart from the rest.
"""

import re
from html import escape

from bot.screens.screen import Html
from bot.screens.voice import Voice

# A few words and a colon at the beginning of a line, behind a bullet or not; on a long page a
# question as well. What has a quotation or a full stop in it is a sentence.
_QUIET = '[^\\n:៖?!.។«»“”"•]'
_LEAD = re.compile(rf"^(• )?({_QUIET}{{1,32}}[:៖])(?=\s)", re.M)
_HEAD = re.compile(rf"^(• )?({_QUIET}{{1,60}}[:៖?])(?=\s)", re.M)


def prose(voice: Voice, text: str, *, page: bool = False) -> Html:
    """Return words of the content with what begins their lines in bold; a `page` has headings."""
    lead = _HEAD if page else _LEAD
    words = lead.sub(r"\1<b>\2</b>", escape(text, quote=False))
    step = f"<b>{voice.label('answer.first_step')}</b>"
    words = words.replace(f"\n{step}", f"\n\n{step}").replace(f"\n\n\n{step}", f"\n\n{step}")
    return Html(words.replace("\n", "\n\n") if page else words)
