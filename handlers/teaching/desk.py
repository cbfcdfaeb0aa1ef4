"""A coordinator looks at the ways of asking that were learned: accepts or drops each."""

from collections import Counter

from bot.answering.ranking import Candidate
from bot.answering.targets import recalled
from bot.content import Content
from bot.language.words import shorten
from bot.screens.paging import Page, pages_of
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.sure import sure_screen
from bot.screens.voice import Voice
from bot.teaching import looking
from bot.teaching.looking import Origin, Way, WayState
from bot.teaching.targets import can_be_learned
from bot.turn import Turn
from handlers.answering.targets import button_of
from handlers.doors import DESK_REST, WAYS
from handlers.teaching.taps import ACCEPT, DROP, LEARNED, WAY, WITHDRAW

BACK = ("back.desk", WAYS.again())


def list_screen(
    voice: Voice, found: list[Way], number: int, total: int, week: Counter[Origin]
) -> Screen:
    """Return a page of what waits, and what was learned this week."""
    page = Page(tuple(found), number, pages_of(total, looking.PAGE))
    how = [
        voice.say("ways.how", how=voice.label(f"origin.{origin}"), n=voice.number(n))
        for origin, n in week.items()
    ]
    return Screen(
        paragraphs(
            voice.say("ways.list", week=voice.number(week.total())),
            Html("\n".join(how)),
            voice.say("ways.wait" if total else "ways.none", total=voice.number(total)),
        ),
        (
            *((Button(shorten(way.text, LONGEST_LABEL), WAY(way.id)),) for way in page.items),
            page.ways(voice, WAYS),
            (voice.button("ways.learned", LEARNED(0)), voice.button("back.desk", DESK_REST())),
        ),
    )


def learned_screen(voice: Voice, found: list[Way], number: int, total: int) -> Screen:
    """Return a page of what was accepted."""
    page = Page(tuple(found), number, pages_of(total, looking.PAGE))
    return Screen(
        voice.say("ways.learned_list", total=voice.number(total)),
        (
            *((Button(shorten(way.text, LONGEST_LABEL), WAY(way.id)),) for way in page.items),
            page.ways(voice, LEARNED),
            (voice.button("back.desk", WAYS.again()),),
        ),
    )


def way_screen(voice: Voice, content: Content, way: Way) -> Screen:
    """Return one way of asking with what it asks for, and what can be done with it."""
    votes = ""
    if way.agree or way.against:
        votes = voice.say(
            "ways.votes", agree=voice.number(way.agree), against=voice.number(way.against)
        )
    live = way.state is WayState.ACCEPTED
    does = (
        (voice.button("ways.withdraw", WITHDRAW(way.id, False)),)
        if live
        else (voice.button("ways.accept", ACCEPT(way.id)), voice.button("ways.drop", DROP(way.id)))
    )
    back = LEARNED.again() if live else WAYS.again()
    return Screen(
        paragraphs(
            voice.say(
                "ways.card",
                text=way.text,
                target=target_name(voice, content, way.target),
                language=voice.label(f"way_language.{way.language}"),
                origin=voice.label(f"origin.{way.origin}"),
            ),
            votes,
            voice.say("ways.held") if way.state is WayState.HELD else "",
            "" if live else voice.say("ways.look_for"),
        ),
        (does, (voice.button("back.desk", back),)),
    )


def target_name(voice: Voice, content: Content, key: str) -> str:
    """Return what a target is called; its key where it is gone."""
    kind, name, _ = recalled(key)
    if kind is None or not can_be_learned(content, key):
        return key
    return button_of(voice, content, Candidate(name, kind, 1.0)).label


async def show_list(turn: Turn, page: int) -> None:
    """Show a page of what waits, and what was learned this week."""
    found, total = await looking.waiting(turn.actor, page)
    week = await looking.week(turn.actor)
    await turn.show(list_screen(turn.voice, found, page, total, week))


async def show_way(turn: Turn, way_id: int) -> None:
    """Show one way of asking."""
    turn.way_back = BACK
    way = await looking.look(turn.actor, way_id)
    await turn.show(way_screen(turn.voice, turn.services.content, way))


async def accept(turn: Turn, way_id: int) -> None:
    """Take up a way of asking, and show what else waits."""
    turn.way_back = BACK
    await looking.accept(turn.actor, way_id)
    turn.toast = turn.voice.label("ways.accepted")
    await show_list(turn, 0)


async def drop(turn: Turn, way_id: int) -> None:
    """Drop a way of asking that waits, and show what else does."""
    turn.way_back = BACK
    await looking.drop(turn.actor, way_id)
    turn.toast = turn.voice.label("ways.dropped")
    await show_list(turn, 0)


async def learned(turn: Turn, page: int) -> None:
    """Show a page of what was accepted."""
    found, total = await looking.learned(turn.actor, page)
    await turn.show(learned_screen(turn.voice, found, page, total))


async def withdraw(turn: Turn, way_id: int, sure: bool) -> None:
    """Take back one that was taken up, once she is sure."""
    turn.way_back = BACK
    if not sure:
        way = await looking.look(turn.actor, way_id)
        keep, yes = WAY(way_id), WITHDRAW(way_id, True)
        await turn.show(sure_screen(turn.voice, "ways.withdraw", keep, yes, text=way.text))
        return
    await looking.drop(turn.actor, way_id)
    turn.toast = turn.voice.label("ways.dropped")
    await learned(turn, 0)
