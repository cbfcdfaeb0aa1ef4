"""A few days of conversation for the demo, so that the page is worth looking at."""

from datetime import datetime, timedelta

from bot.content import load_content
from bot.demo.html_entities import parse
from bot.demo.telegram_state import Telegram
from bot.screens.keyboard import keyboard
from bot.screens.voice import Voice
from bot.settings import CONTENT
from handlers.answering.entries import entry_screen
from handlers.home.front import home_screen

# person, minutes after the start, entry asked for, her words
ASKED = (
    (1001, 0, "science-or-social", "bong ey oun rean science ke social la?"),
    (1001, 1450, "poor-family-university", "ផ្ទះអូនក្រ អាចរៀនមហាវិទ្យាល័យបានទេបង"),
    (1002, 60, "what-is-ai", "what is AI?"),
    (1002, 1600, "weak-english-it", "my english is bad, can i study IT"),
)


def seed_history(telegram: Telegram, start: datetime) -> None:
    """Put past questions and answers into the chats; the bot's database knows nothing of them."""
    content = load_content(CONTENT)
    for person_id, minutes, entry_id, words in ASKED:
        entry = content.entries.get(entry_id)
        if entry is None:
            continue
        person = telegram.people[person_id]
        at = (start + timedelta(minutes=minutes)).timestamp()
        telegram.add(person, False, {"text": words}, at)
        tongue, bot = content.tongue_of_telephone(person.language_code), telegram.bot_user()
        voice = Voice(content, tongue, bot=bot["username"])
        screen = entry_screen(voice, content, entry)
        text, entities = parse(screen.text)
        body: dict[str, object] = {"text": text, "entities": entities}
        telegram.add(person, True, {**body, "reply_markup": keyboard(screen.rows)}, at + 1)
    for person_id in (1001, 1002):
        person = telegram.people[person_id]
        voice = Voice(content, content.tongue_of_telephone(person.language_code))
        screen = home_screen(voice)
        text, entities = parse(screen.text)
        last: dict[str, object] = {"text": text, "entities": entities}
        last |= {"reply_markup": keyboard(screen.rows)}
        telegram.add(person, True, last, (start + timedelta(minutes=1700)).timestamp())
