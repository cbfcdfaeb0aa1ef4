"""One decision for the bot and for `bongsrey ask`: what the one prints, the other says."""

import html
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

import handlers
from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.incoming import Incoming
from bot.people import people
from bot.queues.tables import OutboxMessage
from bot.settings import Settings
from bot.turn import Services, Turn
from handlers.command_line import answer_line

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GIRL = 1
OUTER = {"answer", "clarify", "handoff", "safety", "smalltalk"}
KEYS = {
    "text", "language", "decision", "care", "id", "target", "aspect", "score", "candidates",
    "reply",
}  # fmt: skip
# a message, and what it is decided to be: outer decision, FAQ id, target
CASES = {
    "i want to be a nurse": ("answer", None, "career:nurse"),
    "ចង់ធ្វើពេទ្យ": ("answer", None, "career:doctor"),
    "I want to talk with a programmer": ("answer", None, "feature:mentor"),
    "People say tech is for boys. Is it true?": (
        "answer",
        "tech-is-for-boys",
        "faq:tech-is-for-boys",
    ),
    "How can I find a mentor?": ("answer", "find-mentor", "faq:find-mentor"),
    "hello": ("smalltalk", None, None),
    "my father hits me": ("safety", None, None),
    "asdkjh qwe zxc": ("handoff", None, None),
    "stop sending me messages": ("answer", None, "feature:stop-messages"),
    "ឈប់ផ្ញើសារមកខ្ញុំ": ("answer", None, "feature:stop-messages"),
}


# A page that is asked for opens in the bot; the command line says which one it is.
OPENED = {"I want to talk with a programmer"}


@pytest.mark.parametrize("text", [text for text in CASES if text not in OPENED])
async def test_the_command_line_prints_what_the_bot_says(
    database: Database, content: Content, answerer: Answerer, text: str
) -> None:
    services = Services(Settings(_env_file=None), content, answerer, lambda: NOW)
    heard = Incoming("text", GIRL, "en", text, message_id=1)
    async with database.write() as session:
        person, conversation, new = await people.meet(session, GIRL, "en", NOW)
        await handlers.take(Turn(services, session, 1, heard, person, conversation, new))
        rows = (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all()
    said = [html.unescape(re.sub("<[^>]+>", "", (row.payload or {})["text"])) for row in rows]
    assert answer_line(answerer, content, text)["reply"] == "\n\n".join(said)


@pytest.mark.parametrize(("text", "decided"), CASES.items(), ids=CASES)
def test_a_line_names_what_was_decided(
    content: Content, answerer: Answerer, text: str, decided: tuple[str, str | None, str | None]
) -> None:
    line = answer_line(answerer, content, text)
    assert line.keys() == KEYS
    decision, faq, target = decided
    assert (line["decision"], line["target"]) == (decision, target)
    assert line["decision"] in OUTER
    assert line["care"] == ("care" if decision == "safety" else None)
    if decision == "answer":
        assert line["id"] == faq
    assert line["id"] is None or line["id"] in content.entries


def test_a_page_that_opens_is_named(content: Content, answerer: Answerer) -> None:
    (text,) = OPENED
    assert content.locales["en"]["page.mentor"] in answer_line(answerer, content, text)["reply"]
