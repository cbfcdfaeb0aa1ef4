"""The inbox of open questions: read, claim, answer once for all who asked, note, hand over."""

from collections.abc import Awaitable, Callable

from bot.people import notes as desk_notes
from bot.people import staff
from bot.people.staff import require_coordinator
from bot.questions import groups as question_groups
from bot.questions.groups import Group, TakenError
from bot.refusals import StaleError
from bot.screens.paging import number_of
from bot.screens.screen import Screen
from bot.screens.taps import Data
from bot.turn import Turn
from handlers.desk import colleagues
from handlers.doors import QUESTION
from handlers.questions import inbox_screens as screens

Step = Callable[[Turn, int, str], Awaitable[None]]


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the inbox."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, rest = argument.partition(":")
    number, _, more = rest.partition(":")
    step = STEPS.get(what)
    if step is None:
        raise StaleError
    try:
        await step(turn, number_of(number), more)
    except TakenError as taken:
        await _taken(turn, taken.holder)


async def wrote(turn: Turn, text: str) -> None:
    """Take the answer in one language; ask for the other, or to send it."""
    group_id = int((turn.conversation.awaiting or {})["group"])
    turn.conversation.awaiting = None
    try:
        group = await question_groups.write(*turn.at_desk, group_id, text, turn.now)
    except TakenError as taken:
        await _taken(turn, taken.holder)
        return
    await _show_draft(turn, group)


async def _taken(turn: Turn, holder: int) -> None:
    known = await staff.aliases(turn.session)
    who = colleagues.called_by_id(turn.voice, known, holder)
    await turn.show(
        Screen(
            turn.voice.say("inbox.taken", who=who),
            ((turn.voice.button("back.desk", "group:list:0"),),),
        )
    )


async def _gone(turn: Turn) -> None:
    await turn.show(
        Screen(turn.voice.say("desk.gone"), ((turn.voice.button("back.desk", "group:list:0"),),))
    )


async def _list(turn: Turn, page: int, _more: str) -> None:
    groups, total = await question_groups.waiting(*turn.at_desk, page, turn.now)
    await turn.show(screens.list_screen(turn.voice, groups, page, total))


async def _open(turn: Turn, group_id: int, _more: str) -> None:
    group = await question_groups.look(*turn.at_desk, group_id, turn.now)
    if group is None:
        await _gone(turn)
        return
    known = await staff.aliases(turn.session)
    notes = await desk_notes.of(*turn.at_desk, "group", group_id)
    holder = group.holder
    around = screens.Around(
        colleagues.notes_text(turn.voice, notes, known),
        colleagues.called_by_id(turn.voice, known, holder) if holder is not None else None,
        holder == turn.person.id,
        turn.services.settings.zone,
    )
    await turn.show(screens.group_screen(turn.voice, group, around))


async def _answer(turn: Turn, group_id: int, _more: str) -> None:
    group = await question_groups.claim(*turn.at_desk, group_id, turn.now)
    if group is None:
        await _gone(turn)
        return
    turn.conversation.awaiting = {"for": "answer", "group": group_id}
    await turn.show(screens.write_screen(turn.voice, group), new_message=True)


async def _draft(turn: Turn, group_id: int, _more: str) -> None:
    await _show_draft(turn, await question_groups.look(*turn.at_desk, group_id, turn.now))


async def _show_draft(turn: Turn, group: Group | None) -> None:
    if group is None or group.holder != turn.person.id:
        await _gone(turn)
        return
    turn.conversation.awaiting = {"for": "answer", "group": group.id}
    await turn.show(screens.draft_screen(turn.voice, group))


async def _send(turn: Turn, group_id: int, _more: str) -> None:
    sent = await question_groups.send(*turn.at_desk, group_id, turn.now)
    if sent is None:
        await _gone(turn)
        return
    replies, later = sent
    for reply in replies:
        question = reply.question
        voice = turn.services.voice("en" if question.language == "en" else "km")
        screen = screens.reply_screen(voice, question.text, reply.text)
        await turn.tell(question.person_id, screen, f"question:{question.id}:answer")
    await turn.count("desk", "answered")
    await turn.show(screens.sent_screen(turn.voice, group_id, len(replies), later))


async def _drop(turn: Turn, group_id: int, _more: str) -> None:
    await question_groups.let_go(*turn.at_desk, group_id, turn.now)
    await _open(turn, group_id, "")


async def _words(turn: Turn, group_id: int, page: str) -> None:
    group = await question_groups.look(*turn.at_desk, group_id, turn.now)
    if group is None:
        await _gone(turn)
        return
    await turn.show(screens.words_screen(turn.voice, group, number_of(page)))


async def _out(turn: Turn, question_id: int, _more: str) -> None:
    group_id = await question_groups.take_out(*turn.at_desk, question_id, turn.now)
    if group_id is None:
        await _gone(turn)
        return
    turn.toast = turn.voice.label("inbox.taken_out")
    await _open(turn, group_id, "")


async def _note(turn: Turn, group_id: int, _more: str) -> None:
    await colleagues.ask_for_note(turn, "group", group_id)


async def _give(turn: Turn, group_id: int, number: str) -> None:
    if not number:
        members = await colleagues.others(turn)
        screen = colleagues.choice_screen(
            turn.voice, members, lambda to: Data(f"group:give:{group_id}:{to}"), QUESTION(group_id)
        )
        await turn.show(screen)
        return
    to = await colleagues.chosen(turn, number_of(number))
    group = await question_groups.hand_over(*turn.at_desk, group_id, to.person_id, turn.now)
    if group is None:
        await _gone(turn)
        return
    voice = await turn.voice_of(to.person_id)
    screen = colleagues.given_screen(
        voice, "inbox.given_group", await colleagues.actor_called(turn, voice),
        group.questions[0].text, QUESTION(group_id),
    )  # fmt: skip
    await turn.tell(to.person_id, screen, f"group:{group_id}:given:{turn.update_id}")
    turn.toast = turn.voice.label("inbox.given")
    await _list(turn, 0, "")


async def _aside(turn: Turn, group_id: int, sure: str) -> None:
    if not sure:
        await turn.show(
            Screen(
                turn.voice.say("inbox.aside_sure"),
                (
                    (turn.voice.button("inbox.aside_yes", f"group:aside:{group_id}:yes"),),
                    (turn.voice.button("back.desk", f"group:open:{group_id}"),),
                ),
            )
        )
        return
    if await question_groups.set_aside(*turn.at_desk, group_id, turn.now) is None:
        await _gone(turn)
        return
    await turn.count("desk", "aside")
    turn.toast = turn.voice.label("inbox.is_aside")
    await _list(turn, 0, "")


STEPS: dict[str, Step] = {
    "list": _list,
    "open": _open,
    "answer": _answer,
    "draft": _draft,
    "send": _send,
    "drop": _drop,
    "words": _words,
    "out": _out,
    "note": _note,
    "give": _give,
    "aside": _aside,
}
