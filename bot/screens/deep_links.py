"""Links that open the bot at one thing, and the button by which a girl passes one on.

What follows `?start=` lies in old chats, also of people whom the bot does not know: these words
never change. What of danger there is has no such link (`Content.stays_private`).
"""

from urllib.parse import quote, urlencode

from bot.language.words import shorten
from bot.screens.screen import Address, Button
from bot.screens.voice import Voice

ANSWER, CAREER, ITEM, EVENT, FAMILY = "faq", "career", "dir", "event", "family"
HELP, ASK = "help", "ask"
GUARDIAN = "guardian"
CLASS = "class"
# What is passed on is read in a list of chats, before it is opened.
LONGEST_TITLE = 60


def link_to(bot: str, what: str, which: object = "") -> Address:
    """Return the link that opens a bot, by its user name, at one thing."""
    payload = f"{what}_{which}" if which else what
    return Address(f"https://t.me/{bot}?start={payload}")


def pass_on(words: str, link: Address) -> Address:
    """Return the link by which Telegram asks to whom words and a link shall be sent."""
    # A space as %20: some telephones would show the other way to write it, a plus.
    asked = urlencode({"url": link, "text": words}, quote_via=quote)
    return Address(f"https://t.me/share/url?{asked}")


def share(
    voice: Voice, title: str, what: str, which: object = "", *, label: str = "share.send"
) -> tuple[Button, ...]:
    """Return the button with which she passes a thing on; none where the bot has no name yet."""
    if not voice.bot:
        return ()
    words = voice.label("share.message", title=shorten(title, LONGEST_TITLE))
    return (voice.button(label, pass_on(words, link_to(voice.bot, what, which))),)
