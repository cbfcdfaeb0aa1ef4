"""“Add to the FAQ”: a short guided form, the entry live at once, and what was added before."""

from bot.content.faq import Topic
from bot.language.words import shorten, utf16_length
from bot.people.staff import Actor
from bot.questions import additions
from bot.questions.additions import SKIPPED, Addition, Step, What
from bot.questions.groups import Question
from bot.refusals import StaleError
from bot.screens.paging import Page, pages_of
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.sure import sure_screen
from bot.screens.swapped import swapped_words
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import DESK_REST, QUESTIONS
from handlers.questions.awaiting import PartOfAddition, TopicOfAddition
from handlers.questions.inbox_screens import language_name, wordings_text
from handlers.questions.taps import (
    ADDITION,
    ADDITIONS,
    ASKED,
    PUBLISH,
    REVIEW,
    SKIP,
    TOGGLE,
    TOPIC,
    TOPICS,
    WAYS,
    WITHDRAW,
)

TOPICS_A_PAGE = 5
WORDINGS_A_PAGE = 5
# Where a refusal leads.
BACK = ("back.desk", ADDITIONS.again())


def part_screen(
    voice: Voice, entry: Addition, step: Step, wordings: list[Question], number: int
) -> Screen:
    """Ask for one part of a draft, below a page of how it was asked."""
    page = Page.of(wordings, number, WORDINGS_A_PAGE)
    rows = [page.ways(voice, lambda other: ASKED(entry.id, other))]
    if step.optional:
        rows.append((voice.button("learn.skip", SKIP(entry.id, step)),))
    rows.append((voice.button("learn.cancel", WITHDRAW(entry.id, False)),))
    return Screen(
        paragraphs(
            wordings_text(voice, page.items) if step.what is What.QUESTION else "",
            voice.say(
                f"learn.ask.same_{step.what}" if step.optional else f"learn.ask.{step.what}",
                language=language_name(voice, step.tongue),
                most=voice.number(step.most),
            ),
        ),
        tuple(rows),
    )


def topics_screen(voice: Voice, entry_id: int, topics: tuple[Topic, ...], number: int) -> Screen:
    """Ask on which shelf the entry goes."""
    page = Page.of(topics, number, TOPICS_A_PAGE)
    return Screen(
        voice.say("learn.ask.topic"),
        (
            *(
                (Button(f"{t.emoji} {t.label.get(voice.tongue)}", TOPIC(entry_id, t.id)),)
                for t in page.items
            ),
            page.ways(voice, lambda other: TOPICS(entry_id, other)),
            (voice.button("learn.cancel", WITHDRAW(entry_id, False)),),
        ),
    )


def ways_screen(voice: Voice, entry: Addition, wordings: list[Question], number: int) -> Screen:
    """Return the finished draft with the askers' wordings to choose from."""
    page = Page.of(wordings, number, WORDINGS_A_PAGE)
    return Screen(
        paragraphs(
            _words(voice, entry),
            voice.say("learn.choose_ways"),
            wordings_text(voice, page.items),
        ),
        (
            *(
                (
                    Button(
                        shorten(f"{'☑' if q.text in entry.asks else '☐'} {q.text}", LONGEST_LABEL),
                        TOGGLE(entry.id, (q.id, page.number)),
                    ),
                )
                for q in page.items
            ),
            page.ways(voice, lambda other: WAYS(entry.id, other)),
            (
                voice.button("learn.publish", PUBLISH(entry.id)),
                voice.button("learn.cancel", WITHDRAW(entry.id, False)),
            ),
        ),
    )


def _words(voice: Voice, entry: Addition) -> Html:
    tongues = dict.fromkeys((*entry.question, *entry.answer))
    pairs = [(entry.question.get(tongue), entry.answer.get(tongue)) for tongue in tongues]
    return paragraphs(
        *(voice.say("learn.pair", question=q or "–", answer=a or "–") for q, a in pairs if q or a)
    )


def list_screen(voice: Voice, found: list[Addition], number: int, total: int) -> Screen:
    """Return a page of what coordinators added."""
    page = Page(tuple(found), number, pages_of(total, additions.PAGE))
    return Screen(
        voice.say("learn.list" if total else "learn.none", total=voice.number(total)),
        (
            *(
                (Button(shorten(_title(entry), LONGEST_LABEL), ADDITION(entry.id)),)
                for entry in page.items
            ),
            (*page.ways(voice, ADDITIONS), voice.button("back.desk", DESK_REST())),
        ),
    )


def _title(entry: Addition) -> str:
    mark = "✅" if entry.reviewed_at else "✏️" if entry.is_draft else "🟡"
    words = (*entry.question.values(), *entry.answer.values())
    return f"{mark} {next(filter(None, words), '')}"


def entry_screen(voice: Voice, entry: Addition, added: str, *, may_review: bool) -> Screen:
    """Return one entry that is live."""
    state = "learn.is_reviewed" if entry.reviewed_at else "learn.is_unreviewed"
    rows: list[tuple[Button, ...]] = []
    if may_review:
        rows.append((voice.button("learn.review", REVIEW(entry.id)),))
    rows.append((voice.button("learn.withdraw", WITHDRAW(entry.id, False)),))
    rows.append((voice.button("back.desk", ADDITIONS.again()),))
    return Screen(paragraphs(_words(voice, entry), voice.say(state, added=added)), tuple(rows))


async def wrote(turn: Turn, asked: PartOfAddition, text: str) -> None:
    """Take one part of the form; one that is too long may be written again, or left."""
    turn.way_back = BACK
    entry, step = await additions.draft(turn.actor, asked.entry), Step.read(asked.step)
    turn.way_back = ("learn.cancel", WITHDRAW(asked.entry, False))
    warning = swapped_words(turn.voice, {step.tongue: [text]})
    if warning and utf16_length(text) <= step.most:
        # What one language says would stand where girls read another.
        turn.aside = Screen(warning)
        await _next(turn, entry)
        return
    await _next(turn, await additions.fill(turn.actor, asked.entry, step, text))


async def wrote_no_topic(turn: Turn, asked: TopicOfAddition, _text: str) -> None:
    """Ask again for what is chosen with a button."""
    turn.way_back = BACK
    entry = await additions.draft(turn.actor, asked.entry)
    turn.aside = Screen(turn.voice.say("form.tap_one"))
    await topics(turn, entry.id, 0)


async def asked(turn: Turn, entry_id: int, page: int) -> None:
    """Show another page of how it was asked, beside what is to be written."""
    await _next(turn, await additions.draft(_editor(turn), entry_id), page)


async def _next(turn: Turn, entry: Addition, page: int = 0) -> None:
    """Ask for what a draft still needs; show it when it is complete."""
    turn.expect(None)
    step = entry.missing(turn.services.content.tongues)
    if step is None and entry.topic is None:
        await topics(turn, entry.id, 0)
        return
    wordings = await additions.wordings(turn.actor, entry)
    if step is not None:
        turn.expect(PartOfAddition(entry.id, step.name))
        await turn.show(part_screen(turn.voice, entry, step, wordings, page))
    else:
        await turn.show(ways_screen(turn.voice, entry, wordings, 0))


def _editor(turn: Turn) -> Actor:
    """Return who acts; what is refused leads back to the list of additions."""
    turn.way_back = BACK
    return turn.actor


async def show_list(turn: Turn, page: int) -> None:
    """Show a page of what was added."""
    found, total = await additions.page(turn.actor, page)
    await turn.show(list_screen(turn.voice, found, page, total))


async def begin(turn: Turn, group_id: int) -> None:
    """Begin the form with the answer that went out."""
    await _next(turn, await additions.begin(_editor(turn), group_id))


async def show_addition(turn: Turn, entry_id: int) -> None:
    """Show what was added; go on with one that is not finished."""
    entry = await additions.find(_editor(turn), entry_id)
    if entry.is_draft:
        await _next(turn, entry)
        return
    voice, zone = turn.voice, turn.services.settings.zone
    may_review = entry.author_id != turn.person.id and entry.reviewed_at is None
    added = voice.moment(entry.added_at, zone)
    await turn.show(entry_screen(voice, entry, added, may_review=may_review))


async def skip(turn: Turn, entry_id: int, step: Step) -> None:
    """Leave out the words in a language."""
    if step.tongue not in turn.services.content.tongues:
        raise StaleError
    await _next(turn, await additions.fill(_editor(turn), entry_id, step, SKIPPED))


async def topics(turn: Turn, entry_id: int, page: int) -> None:
    """Show a page of the shelves."""
    shelves = turn.services.content.topics
    turn.expect(TopicOfAddition(entry_id))
    await turn.show(topics_screen(turn.voice, entry_id, shelves, page))


async def topic(turn: Turn, entry_id: int, topic_id: str) -> None:
    """Put a draft on a shelf."""
    if topic_id not in {t.id for t in turn.services.content.topics}:
        raise StaleError
    await _next(turn, await additions.choose_topic(_editor(turn), entry_id, topic_id))


async def ways(turn: Turn, entry_id: int, page: int) -> None:
    """Show a page of the askers' wordings."""
    await _show_ways(turn, await additions.draft(_editor(turn), entry_id), page)


async def toggle(turn: Turn, entry_id: int, choice: tuple[int, int]) -> None:
    """Choose a wording, or take it back."""
    question_id, page = choice
    await _show_ways(turn, await additions.toggle(_editor(turn), entry_id, question_id), page)


async def _show_ways(turn: Turn, entry: Addition, page: int) -> None:
    wordings = await additions.wordings(turn.actor, entry)
    await turn.show(ways_screen(turn.voice, entry, wordings, page))


async def publish(turn: Turn, entry_id: int) -> None:
    """Make a draft part of the FAQ."""
    await additions.publish(_editor(turn), entry_id, turn.services.content.tongues)
    turn.count("desk", "learned")
    await turn.show(
        Screen(
            turn.voice.say("learn.published"),
            (
                (turn.voice.button("learn.see", ADDITION(entry_id)),),
                (turn.voice.button("back.desk", QUESTIONS.again()),),
            ),
        )
    )


async def withdraw(turn: Turn, entry_id: int, sure: bool) -> None:
    """Take a draft or an entry back, once she is sure."""
    if not sure:
        entry = await additions.find(_editor(turn), entry_id)
        key = "learn.cancel" if entry.is_draft else "learn.withdraw"
        keep, yes = ADDITION(entry_id), WITHDRAW(entry_id, True)
        await turn.show(sure_screen(turn.voice, key, keep, yes))
        return
    if await additions.withdraw(_editor(turn), entry_id):
        turn.toast = turn.voice.label("learn.withdrawn")
    await show_list(turn, 0)


async def review(turn: Turn, entry_id: int) -> None:
    """Say that a second coordinator has read an entry."""
    await additions.review(_editor(turn), entry_id)
    await show_addition(turn, entry_id)
