"""What the inbox of open questions looks like."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.desk.redaction import Place
from bot.language.words import shorten
from bot.questions import groups as question_groups
from bot.questions.asking_back import Asked
from bot.questions.groups import TONGUES, Group, Question
from bot.screens.paging import Page, pages_of
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.voice import Voice
from handlers.doors import DESK, HOME, QUESTION, QUESTIONS, REDACT, discreet, hide_row
from handlers.questions.taps import (
    ADD_NOTE,
    ANSWER,
    ASK_WHOM,
    BEGIN,
    DRAFT,
    GIVE,
    KNOWN,
    READY_ANSWER,
    SEND,
    SET_ASIDE,
    STOP,
    TAKE_OUT,
    WORDINGS,
)

WORDINGS_SHOWN = 6
WORDINGS_A_PAGE = 5


@dataclass(frozen=True)
class Around:
    """What is shown beside a group: the notes, who holds it, whether that is the reader."""

    notes: Html
    holder: str | None
    mine: bool
    zone: ZoneInfo


def list_screen(
    voice: Voice, groups: list[Group], page: int, total: int, holders: Mapping[int, str]
) -> Screen:
    """Return a page of the inbox; `holders` are the names of those who have a group."""
    shown = Page(tuple(groups), page, pages_of(total, question_groups.PAGE))
    return Screen(
        voice.say("inbox.list" if total else "desk.empty", total=voice.number(total)),
        (
            *(
                (Button(_title(voice, group, holders), QUESTION(group.id)),)
                for group in shown.items
            ),
            (*shown.ways(voice, QUESTIONS), voice.button("back.desk", DESK())),
        ),
    )


def _title(voice: Voice, group: Group, holders: Mapping[int, str]) -> str:
    crowd = f"×{voice.number(group.askers)} · " if group.askers > 1 else ""
    held = f"✍️ {holders[group.holder]} · " if group.holder is not None else ""
    lock = ("🔒 " if group.private else "") + held
    return shorten(f"{lock}{crowd}{group.questions[0].text}", LONGEST_LABEL)


def wordings_text(voice: Voice, questions: tuple[Question, ...]) -> Html:
    """Return how it was asked, each wording once, and how many more there are."""
    texts = [*dict.fromkeys(q.text for q in questions)]
    lines = [voice.say("inbox.wording", text=text) for text in texts[:WORDINGS_SHOWN]]
    if len(texts) > WORDINGS_SHOWN:
        lines.append(voice.say("inbox.more", n=voice.number(len(texts) - WORDINGS_SHOWN)))
    return Html("\n".join(lines))


def talk_text(voice: Voice, asked: list[Asked]) -> Html:
    """Return what girls were asked about their questions, and what they answered."""
    return Html(
        "\n".join(
            voice.say("back.line_waits", text=one.text)
            if one.answer is None
            else voice.say("back.line", text=one.text, answer=one.answer)
            for one in asked
        )
    )


def group_screen(voice: Voice, group: Group, around: Around) -> Screen:
    """Return a group with what can be done about it."""
    number = group.id
    until = voice.moment(group.until, around.zone) if group.until else ""
    held = ""
    if around.holder:
        key = "inbox.yours" if around.mine else "inbox.held"
        held = voice.say(key, who=around.holder, until=until)
    free = around.holder is None or around.mine
    rows: list[tuple[Button, ...]] = []
    if free:
        ready = voice.button("ready.open", READY_ANSWER(number, None))
        rows.append((voice.button("desk.answer", ANSWER(number)), ready))
        rows.append((voice.button("back.ask", ASK_WHOM(number, 0)),))
        if around.mine and group.answer:
            rows.append((voice.button("inbox.see_draft", DRAFT(number)),))
    rows.append(
        (
            voice.button("inbox.add_note", ADD_NOTE(number)),
            *((voice.button("inbox.give", GIVE(number, None)),) if free else ()),
        )
    )
    if free:
        more = [voice.button("inbox.aside", SET_ASIDE(number, False))]
        if len(group.questions) > 1:
            more.insert(0, voice.button("inbox.wordings", WORDINGS(number, 0)))
        else:
            more.append(voice.button("redact.open", REDACT(Place.QUESTION, number, 0)))
        rows.append(tuple(more))
    rows.append((voice.button("back.desk", QUESTIONS.again()),))
    return Screen(
        paragraphs(
            voice.say(
                "inbox.group",
                askers=voice.number(group.askers),
                since=voice.moment(group.since, around.zone),
            ),
            voice.say("inbox.private") if group.private else "",
            wordings_text(voice, group.questions),
            around.notes,
            held,
        ),
        tuple(rows),
    )


def write_screen(voice: Voice, group: Group) -> Screen:
    """Ask for the answer."""
    return Screen(
        paragraphs(
            wordings_text(voice, group.questions),
            voice.say("inbox.write_now", askers=voice.number(group.askers)),
        ),
        ((voice.button("inbox.drop", STOP(group.id)),),),
    )


def language_name(voice: Voice, tongue: str) -> str:
    """Return what a language is called; its own name for itself where it has no other."""
    return voice.label_or(f"language_name.{tongue}", voice.others.get(tongue, tongue))


def draft_screen(voice: Voice, group: Group) -> Screen:
    """Return what is written so far, and ask for the other language or to send it."""
    written = [tongue for tongue in TONGUES if tongue in group.answer]
    missing = [tongue for tongue in TONGUES if tongue not in group.answer]
    if missing:
        names = {
            "written": ", ".join(language_name(voice, tongue) for tongue in written),
            "missing": language_name(voice, missing[0]),
        }
        ask = voice.say("inbox.one", **names)
        send = voice.button("inbox.send_one", SEND(group.id), written=names["written"])
    else:
        ask, send = voice.say("inbox.both"), voice.button("inbox.send", SEND(group.id))
    parts = [
        voice.say("inbox.draft", language=language_name(voice, t), text=group.answer[t])
        for t in written
    ]
    return Screen(
        paragraphs(*parts, ask), ((send,), (voice.button("inbox.drop", STOP(group.id)),))
    )


def words_screen(voice: Voice, group: Group, number: int) -> Screen:
    """Return the questions of a group one by one, to take out what does not belong."""
    page = Page.of(group.questions, number, WORDINGS_A_PAGE)
    return Screen(
        paragraphs(voice.say("inbox.take_out"), wordings_text(voice, page.items)),
        (
            *(
                (Button(shorten(f"✂️ {q.text}", LONGEST_LABEL), TAKE_OUT(q.id)),)
                for q in page.items
            ),
            (voice.button("redact.open", REDACT(Place.QUESTION, group.id, 0)),),
            (
                *page.ways(voice, lambda other: WORDINGS(group.id, other)),
                voice.button("back.desk", QUESTION(group.id)),
            ),
        ),
    )


def reply_screen(voice: Voice, question: Question, answer: str) -> Screen:
    """Return what an asker gets; what may be private begins with a line that tells nothing."""
    private = question.private
    home = (voice.button("back.home", HOME()),)
    return Screen(
        voice.say("desk.reply", question=question.text, answer=answer),
        (hide_row(voice), home) if private else (home,),
        discreet(voice) if private else Html(""),
    )


def sent_screen(voice: Voice, group_id: int, askers: int, later: int) -> Screen:
    """Return that the answer went out, and offer to keep it in the FAQ."""
    return Screen(
        paragraphs(
            voice.say("inbox.sent", askers=voice.number(askers)),
            voice.say("inbox.joined_late", n=voice.number(later)) if later else "",
        ),
        (
            (voice.button("learn.add", BEGIN(group_id)),),
            (voice.button("learn.known", KNOWN(group_id)),),
            (voice.button("back.desk", QUESTIONS.again()),),
        ),
    )
