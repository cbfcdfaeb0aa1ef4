"""The inbox of open questions: read, claim, answer once for all who asked, note, hand over."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.people import notes as desk_notes
from bot.people import staff
from bot.questions import asking_back
from bot.questions import groups as question_groups
from bot.questions.groups import Group, TakenError
from bot.refusals import GoneError
from bot.screens.screen import Screen, paragraphs
from bot.turn import Turn
from handlers.desk import colleagues
from handlers.doors import QUESTION
from handlers.questions import inbox_screens as screens
from handlers.questions.awaiting import AnswerToGroup
from handlers.questions.taps import GIVE, SET_ASIDE


@asynccontextmanager
async def alone(turn: Turn) -> AsyncIterator[None]:
    """Refuse what another coordinator is at work on, and say who she is."""
    try:
        yield
    except TakenError as taken:
        known = await staff.aliases(turn.session)
        who = colleagues.called_by_id(turn.voice, known, taken.holder)
        raise GoneError("inbox.taken", who=who) from None


async def show_list(turn: Turn, page: int) -> None:
    """Show a page of the groups that wait."""
    groups, total = await question_groups.waiting(turn.actor, page)
    known = await staff.aliases(turn.session)
    holders = {
        group.holder: colleagues.called_by_id(turn.voice, known, group.holder)
        for group in groups
        if group.holder is not None
    }
    await turn.show(screens.list_screen(turn.voice, groups, page, total, holders))


async def show_group(turn: Turn, group_id: int) -> None:
    """Show a group with what can be done about it."""
    group = await question_groups.look(turn.actor, group_id)
    known = await staff.aliases(turn.session)
    notes = await desk_notes.of(turn.actor, "group", group_id)
    holder = group.holder
    around = screens.Around(
        paragraphs(
            screens.talk_text(turn.voice, await asking_back.about(turn.actor, group.questions)),
            colleagues.notes_text(turn.voice, notes, known),
        ),
        colleagues.called_by_id(turn.voice, known, holder) if holder is not None else None,
        holder == turn.person.id,
        turn.services.settings.zone,
    )
    await turn.show(screens.group_screen(turn.voice, group, around))


async def answer(turn: Turn, group_id: int) -> None:
    """Ask for the answer; nobody else can answer meanwhile."""
    async with alone(turn):
        group = await question_groups.claim(turn.actor, group_id)
    turn.expect(AnswerToGroup(group_id))
    await turn.show(screens.write_screen(turn.voice, group), new_message=True)


async def wrote(turn: Turn, asked: AnswerToGroup, text: str) -> None:
    """Take the answer in one language; ask for the other, or to send it."""
    async with alone(turn):
        group = await question_groups.write(turn.actor, asked.group, text)
    await show_draft(turn, group)


async def draft(turn: Turn, group_id: int) -> None:
    """Show what she has written so far."""
    group = await question_groups.look(turn.actor, group_id)
    if group.holder != turn.person.id:
        raise GoneError("desk.gone")
    await show_draft(turn, group)


async def show_draft(turn: Turn, group: Group) -> None:
    """Show what is written so far, and take what is typed as more of it."""
    turn.expect(AnswerToGroup(group.id))
    await turn.show(screens.draft_screen(turn.voice, group))


async def send(turn: Turn, group_id: int) -> None:
    """Send the answer to all who asked, each in her language."""
    async with alone(turn):
        replies, later = await question_groups.send(turn.actor, group_id)
    for reply in replies:
        question = reply.question
        voice = turn.services.voice(question.tongue)
        screen = screens.reply_screen(voice, question, reply.text)
        await turn.tell(question.person_id, screen, f"question:{question.id}:answer")
    turn.count("desk", "answered")
    await turn.show(screens.sent_screen(turn.voice, group_id, len(replies), later))


async def stop(turn: Turn, group_id: int) -> None:
    """Give the group back to the others."""
    async with alone(turn):
        await question_groups.let_go(turn.actor, group_id)
    await show_group(turn, group_id)


async def wordings(turn: Turn, group_id: int, page: int) -> None:
    """Show the questions one by one, to take out what does not belong."""
    group = await question_groups.look(turn.actor, group_id)
    await turn.show(screens.words_screen(turn.voice, group, page))


async def take_out(turn: Turn, question_id: int) -> None:
    """Put a question into a group of its own."""
    async with alone(turn):
        group_id = await question_groups.take_out(turn.actor, question_id)
    turn.toast = turn.voice.label("inbox.taken_out")
    await show_group(turn, group_id)


async def add_note(turn: Turn, group_id: int) -> None:
    """Ask for a note."""
    await colleagues.ask_for_note(turn, "group", group_id)


async def give(turn: Turn, group_id: int, number: int | None) -> None:
    """Hand a group over: choose to whom, then tell her."""
    if number is None:
        screen = colleagues.choice_screen(
            turn.voice, await colleagues.others(turn), lambda to: GIVE(group_id, to),
            QUESTION(group_id),
        )  # fmt: skip
        await turn.show(screen)
        return
    to = await colleagues.chosen(turn, number)
    async with alone(turn):
        group = await question_groups.hand_over(turn.actor, group_id, to.person_id)
    voice = await turn.voice_of(to.person_id)
    screen = colleagues.given_screen(
        voice, "inbox.given_group", await colleagues.actor_called(turn, voice),
        group.questions[0].text, QUESTION(group_id),
    )  # fmt: skip
    await turn.tell(to.person_id, screen, f"group:{group_id}:given:{turn.update_id}")
    turn.toast = turn.voice.label("inbox.given")
    await show_list(turn, 0)


async def set_aside(turn: Turn, group_id: int, sure: bool) -> None:
    """Close a group that needs no answer, once she is sure."""
    if not sure:
        await turn.show(
            Screen(
                turn.voice.say("inbox.aside_sure"),
                (
                    (turn.voice.button("inbox.aside_yes", SET_ASIDE(group_id, True)),),
                    (turn.voice.button("back.desk", QUESTION(group_id)),),
                ),
            )
        )
        return
    async with alone(turn):
        await question_groups.set_aside(turn.actor, group_id)
    turn.count("desk", "aside")
    turn.toast = turn.voice.label("inbox.is_aside")
    await show_list(turn, 0)
