"""What the inbox of open questions looks like."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.language.words import shorten
from bot.questions import groups as question_groups
from bot.questions.groups import Group
from bot.questions.tables import OpenQuestion
from bot.screens.paging import page_row
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.voice import Voice

WORDINGS_SHOWN = 6
WORDINGS_A_PAGE = 6
LONGEST_WORDING = 300


@dataclass(frozen=True)
class Around:
    """What is shown beside a group: the notes, who holds it, whether that is the reader."""

    notes: Html
    holder: str | None
    mine: bool
    zone: ZoneInfo


def list_screen(voice: Voice, groups: list[Group], page: int, total: int) -> Screen:
    """Return a page of the inbox."""
    pages = max(1, -(-total // question_groups.PAGE))
    return Screen(
        voice.say("inbox.list" if total else "desk.empty", total=voice.number(total)),
        (
            *((Button(_title(voice, group), f"group:open:{group.id}"),) for group in groups),
            (*page_row(voice, "group:list", page, pages), voice.button("back.desk", "desk:home")),
        ),
    )


def _title(voice: Voice, group: Group) -> str:
    crowd = f"×{voice.number(group.askers)} · " if group.askers > 1 else ""
    lock = "✍️ " if group.holder is not None else ""
    return shorten(f"{lock}{crowd}{group.questions[0].text}", LONGEST_LABEL)


def wordings_text(voice: Voice, questions: tuple[OpenQuestion, ...]) -> Html:
    """Return how it was asked, each wording once, and how many more there are."""
    texts = [*dict.fromkeys(shorten(q.text, LONGEST_WORDING) for q in questions)]
    lines = [voice.say("inbox.wording", text=text) for text in texts[:WORDINGS_SHOWN]]
    if len(texts) > WORDINGS_SHOWN:
        lines.append(voice.say("inbox.more", n=voice.number(len(texts) - WORDINGS_SHOWN)))
    return Html("\n".join(lines))


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
        rows.append((voice.button("desk.answer", f"group:answer:{number}"),))
        if around.mine and (group.answer_km or group.answer_en):
            rows.append((voice.button("inbox.see_draft", f"group:draft:{number}"),))
    rows.append(
        (
            voice.button("inbox.add_note", f"group:note:{number}"),
            *((voice.button("inbox.give", f"group:give:{number}"),) if free else ()),
        )
    )
    if free:
        more = [voice.button("inbox.aside", f"group:aside:{number}")]
        if len(group.questions) > 1:
            more.insert(0, voice.button("inbox.wordings", f"group:words:{number}:0"))
        rows.append(tuple(more))
    rows.append((voice.button("back.desk", "group:list:0"),))
    return Screen(
        paragraphs(
            voice.say(
                "inbox.group",
                askers=voice.number(group.askers),
                since=voice.moment(group.since, around.zone),
            ),
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
        ((voice.button("inbox.drop", f"group:drop:{group.id}"),),),
    )


def draft_screen(voice: Voice, group: Group) -> Screen:
    """Return what is written so far, and ask for the other language or to send it."""
    both = bool(group.answer_km and group.answer_en)
    if both:
        ask, send = "inbox.both", "inbox.send"
    elif group.answer_km:
        ask, send = "inbox.now_english", "inbox.send_khmer"
    else:
        ask, send = "inbox.now_khmer", "inbox.send_english"
    parts = [
        voice.say("inbox.draft", language=voice.label(f"language_name.{tongue}"), text=text)
        for tongue, text in (("km", group.answer_km), ("en", group.answer_en))
        if text
    ]
    return Screen(
        paragraphs(*parts, voice.say(ask)),
        (
            (voice.button(send, f"group:send:{group.id}"),),
            (voice.button("inbox.drop", f"group:drop:{group.id}"),),
        ),
    )


def words_screen(voice: Voice, group: Group, page: int) -> Screen:
    """Return the questions of a group one by one, to take out what does not belong."""
    pages = max(1, -(-len(group.questions) // WORDINGS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = group.questions[page * WORDINGS_A_PAGE : (page + 1) * WORDINGS_A_PAGE]
    return Screen(
        voice.say("inbox.take_out"),
        (
            *(
                (Button(shorten(f"✂️ {q.text}", LONGEST_LABEL), f"group:out:{q.id}"),)
                for q in shown
            ),
            (
                *page_row(voice, f"group:words:{group.id}", page, pages),
                voice.button("back.desk", f"group:open:{group.id}"),
            ),
        ),
    )


def reply_screen(voice: Voice, question: str, answer: str) -> Screen:
    """Return what an asker gets."""
    return Screen(
        voice.say("desk.reply", question=question, answer=answer),
        ((voice.button("back.home", "go:home"),),),
    )


def sent_screen(voice: Voice, group_id: int, askers: int, later: int) -> Screen:
    """Return that the answer went out, and offer to keep it in the FAQ."""
    return Screen(
        paragraphs(
            voice.say("inbox.sent", askers=voice.number(askers)),
            voice.say("inbox.joined_late", n=voice.number(later)) if later else "",
        ),
        (
            (voice.button("learn.add", f"learn:begin:{group_id}"),),
            (voice.button("back.desk", "group:list:0"),),
        ),
    )
