"""“Add to the FAQ”: a short guided form, the entry live at once, and what was added before."""

from collections.abc import Awaitable, Callable

from bot.content.faq import Topic
from bot.language.words import shorten
from bot.people.staff import require_coordinator
from bot.questions import additions
from bot.questions.additions import SKIPPED, TooLongError
from bot.questions.tables import LearnedEntry, OpenQuestion
from bot.screens.paging import number_of, page_row
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn

TOPICS_A_PAGE = 6
WORDINGS_A_PAGE = 5
EXAMPLES = 3

Step = Callable[[Turn, int, str], Awaitable[None]]


def part_screen(
    voice: Voice, entry: LearnedEntry, step: str, wordings: list[OpenQuestion]
) -> Screen:
    """Ask for one part of a draft."""
    most = additions.LONGEST_QUESTION if step.startswith("question") else additions.LONGEST_ANSWER
    rows: list[tuple[Button, ...]] = []
    if step in additions.OPTIONAL:
        rows.append((voice.button("learn.skip", f"learn:skip:{entry.id}:{step}"),))
    rows.append((voice.button("learn.cancel", f"learn:withdraw:{entry.id}"),))
    asked = [voice.say("inbox.wording", text=shorten(q.text, 200)) for q in wordings[:EXAMPLES]]
    return Screen(
        paragraphs(
            Html("\n".join(asked)) if step.startswith("question") else "",
            voice.say(f"learn.ask.{step}", most=voice.number(most)),
        ),
        tuple(rows),
    )


def topics_screen(voice: Voice, entry_id: int, topics: tuple[Topic, ...], page: int) -> Screen:
    """Ask on which shelf the entry goes."""
    pages = max(1, -(-len(topics) // TOPICS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = topics[page * TOPICS_A_PAGE : (page + 1) * TOPICS_A_PAGE]
    return Screen(
        voice.say("learn.ask.topic"),
        (
            *(
                (
                    Button(
                        f"{t.emoji} {t.label.get(voice.tongue)}", f"learn:topic:{entry_id}:{t.id}"
                    ),
                )
                for t in shown
            ),
            page_row(voice, f"learn:topics:{entry_id}", page, pages),
        ),
    )


def ways_screen(
    voice: Voice, entry: LearnedEntry, wordings: list[OpenQuestion], page: int
) -> Screen:
    """Return the finished draft with the askers' wordings to choose from."""
    pages = max(1, -(-len(wordings) // WORDINGS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    chosen = {ask["text"] for ask in entry.asks}
    shown = wordings[page * WORDINGS_A_PAGE : (page + 1) * WORDINGS_A_PAGE]
    return Screen(
        paragraphs(_words(voice, entry), voice.say("learn.choose_ways")),
        (
            *(
                (
                    Button(
                        shorten(f"{'☑' if q.text in chosen else '☐'} {q.text}", LONGEST_LABEL),
                        f"learn:toggle:{entry.id}:{q.id}.{page}",
                    ),
                )
                for q in shown
            ),
            page_row(voice, f"learn:ways:{entry.id}", page, pages),
            (
                voice.button("learn.publish", f"learn:publish:{entry.id}"),
                voice.button("learn.cancel", f"learn:withdraw:{entry.id}"),
            ),
        ),
    )


def _words(voice: Voice, entry: LearnedEntry) -> Html:
    pairs = ((entry.question_km, entry.answer_km), (entry.question_en, entry.answer_en))
    return paragraphs(
        *(voice.say("learn.pair", question=q or "–", answer=a or "–") for q, a in pairs if q or a)
    )


def list_screen(voice: Voice, found: list[LearnedEntry], page: int, total: int) -> Screen:
    """Return a page of what coordinators added."""
    pages = max(1, -(-total // additions.PAGE))
    marks = {"draft": "✏️", "live": "🟡"}
    return Screen(
        voice.say("learn.list" if total else "learn.none", total=voice.number(total)),
        (
            *(
                (
                    Button(
                        shorten(
                            f"{'✅' if e.reviewed_at_utc else marks[e.state]} "
                            f"{e.question_km or e.answer_km or e.answer_en}",
                            LONGEST_LABEL,
                        ),
                        f"learn:show:{e.id}",
                    ),
                )
                for e in found
            ),
            (*page_row(voice, "learn:list", page, pages), voice.button("back.desk", "desk:home")),
        ),
    )


def entry_screen(voice: Voice, entry: LearnedEntry, added: str, *, may_review: bool) -> Screen:
    """Return one entry that is live."""
    state = "learn.is_reviewed" if entry.reviewed_at_utc else "learn.is_unreviewed"
    rows: list[tuple[Button, ...]] = []
    if may_review:
        rows.append((voice.button("learn.review", f"learn:review:{entry.id}"),))
    rows.append((voice.button("learn.withdraw", f"learn:withdraw:{entry.id}"),))
    rows.append((voice.button("back.desk", "learn:list:0"),))
    return Screen(paragraphs(_words(voice, entry), voice.say(state, added=added)), tuple(rows))


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the form or the list."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, rest = argument.partition(":")
    number, _, more = rest.partition(":")
    step = STEPS.get(what)
    if step is None:
        raise StaleError
    await step(turn, number_of(number), more)


async def wrote(turn: Turn, text: str) -> None:
    """Take one part of the form."""
    asked = turn.conversation.awaiting or {}
    turn.conversation.awaiting = None
    entry_id, step = int(asked["entry"]), str(asked["step"])
    try:
        entry = await additions.fill(*turn.at_desk, entry_id, step, text)
    except TooLongError as error:
        turn.conversation.awaiting = asked
        words = turn.voice.say("learn.too_long", most=turn.voice.number(error.most))
        await turn.show(
            Screen(words, ((turn.voice.button("learn.cancel", f"learn:withdraw:{entry_id}"),),))
        )
        return
    await _next(turn, entry)


async def _gone(turn: Turn) -> None:
    await turn.show(
        Screen(turn.voice.say("learn.gone"), ((turn.voice.button("back.desk", "learn:list:0"),),))
    )


async def _next(turn: Turn, entry: LearnedEntry | None) -> None:
    """Ask for what a draft still needs; show it when it is complete."""
    if entry is None:
        await _gone(turn)
        return
    step = additions.missing(entry)
    wordings = await additions.wordings(*turn.at_desk, entry)
    if step is None:
        await turn.show(ways_screen(turn.voice, entry, wordings, 0))
    elif step == "topic":
        topics = turn.services.content.topics
        await turn.show(topics_screen(turn.voice, entry.id, topics, 0))
    else:
        turn.conversation.awaiting = {"for": "learn", "entry": entry.id, "step": step}
        await turn.show(part_screen(turn.voice, entry, step, wordings))


async def _list(turn: Turn, page: int, _more: str) -> None:
    found, total = await additions.page(*turn.at_desk, page)
    await turn.show(list_screen(turn.voice, found, page, total))


async def _begin(turn: Turn, group_id: int, _more: str) -> None:
    await _next(turn, await additions.begin(*turn.at_desk, group_id, turn.now))


async def _show(turn: Turn, entry_id: int, _more: str) -> None:
    entry = await additions.find(*turn.at_desk, entry_id)
    if entry is not None and entry.state == "live":
        voice, zone = turn.voice, turn.services.settings.zone
        may_review = entry.author_id != turn.person.id and entry.reviewed_at_utc is None
        added = voice.moment(entry.added_at_utc, zone)
        await turn.show(entry_screen(voice, entry, added, may_review=may_review))
        return
    await _next(turn, entry)


async def _skip(turn: Turn, entry_id: int, step: str) -> None:
    await _next(turn, await additions.fill(*turn.at_desk, entry_id, step, SKIPPED))


async def _topics(turn: Turn, entry_id: int, page: str) -> None:
    topics = turn.services.content.topics
    await turn.show(topics_screen(turn.voice, entry_id, topics, number_of(page)))


async def _topic(turn: Turn, entry_id: int, topic: str) -> None:
    if topic not in {t.id for t in turn.services.content.topics}:
        raise StaleError
    await _next(turn, await additions.choose_topic(*turn.at_desk, entry_id, topic))


async def _ways(turn: Turn, entry_id: int, page: str) -> None:
    entry = await additions.draft(*turn.at_desk, entry_id)
    await _show_ways(turn, entry, number_of(page))


async def _show_ways(turn: Turn, entry: LearnedEntry | None, page: int) -> None:
    if entry is None:
        await _gone(turn)
        return
    wordings = await additions.wordings(*turn.at_desk, entry)
    await turn.show(ways_screen(turn.voice, entry, wordings, page))


async def _toggle(turn: Turn, entry_id: int, more: str) -> None:
    question, _, page = more.partition(".")
    entry = await additions.toggle(*turn.at_desk, entry_id, number_of(question))
    await _show_ways(turn, entry, number_of(page))


async def _publish(turn: Turn, entry_id: int, _more: str) -> None:
    entry = await additions.publish(*turn.at_desk, entry_id, turn.now)
    if entry is None:
        await _gone(turn)
        return
    await turn.count("desk", "learned")
    await turn.show(
        Screen(
            turn.voice.say("learn.published"),
            (
                (turn.voice.button("learn.see", f"learn:show:{entry_id}"),),
                (turn.voice.button("back.desk", "group:list:0"),),
            ),
        )
    )


async def _withdraw(turn: Turn, entry_id: int, _more: str) -> None:
    entry = await additions.withdraw(*turn.at_desk, entry_id, turn.now)
    if entry is not None:
        turn.toast = turn.voice.label("learn.withdrawn")
    await _list(turn, 0, "")


async def _review(turn: Turn, entry_id: int, _more: str) -> None:
    if await additions.review(*turn.at_desk, entry_id, turn.now) is None:
        await _gone(turn)
        return
    await _show(turn, entry_id, "")


STEPS: dict[str, Step] = {
    "list": _list,
    "begin": _begin,
    "show": _show,
    "skip": _skip,
    "topics": _topics,
    "topic": _topic,
    "ways": _ways,
    "toggle": _toggle,
    "publish": _publish,
    "withdraw": _withdraw,
    "review": _review,
}
