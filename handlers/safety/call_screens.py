"""Pictures of a call for whoever called, be it a girl or a grown-up.

What the coordinator who has the case sees is in `case_screens`.
"""

from bot.content import Content
from bot.database import Session
from bot.language.khmer import fold
from bot.safety.cases import OF_GROWN_UPS, Carried, CaseFile, Standing
from bot.safety.on_call import Step
from bot.safety.silence import Wait
from bot.safety.states import News
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.voice import Voice, in_every_language
from bot.turn import Services, voice_to
from handlers.doors import HELP, HOME, discreet, hide_row
from handlers.safety.hotlines import copy_rows, lines_for
from handlers.safety.taps import CALL_OFF, FOR_FORM, STOP_TALK, TALK_TO_A_PERSON, WRITE


async def her_voice(services: Services, session: Session, case: CaseFile | Step | Wait) -> Voice:
    """Return the words for who asked: in the language of the call, to a girl or a grown-up."""
    if is_grown_up(case.kind):
        return services.voice(case.tongue, adult=True)
    return await voice_to(session, services, case.person_id, case.tongue)


def is_grown_up(kind: str) -> bool:
    """Return whether a grown-up opens cases of a kind, who is in no danger herself."""
    return kind in OF_GROWN_UPS


def told(kind: str, key: str) -> str:
    """Return the key of the words for who opened a case of a kind: a girl, or a grown-up."""
    return f"{key}_grown_up" if kind in OF_GROWN_UPS else key


def hears(kind: str, news: News) -> bool:
    """Return whether whoever opened a case hears this; who is in no danger hears no steps."""
    return kind not in OF_GROWN_UPS or news in (News.NOBODY, News.BETWEEN)


def to_girl(voice: Voice, carried: Carried, name: str | None) -> Screen:
    """Return what the coordinator wrote, for her, under the name that the coordinator chose."""
    key = "case.corrected_to_girl" if carried.corrected else "case.note_to_girl"
    if carried.case.kind in OF_GROWN_UPS:
        who = name or voice.label("case.a_coordinator")
    else:
        who = voice.label("case.called", name=name) if name else voice.label("case.your_person")
    return Screen(
        voice.say(key, who=who, text=carried.text),
        ((voice.button("case.reply", WRITE(carried.case.id)),), hide_row(voice)),
        discreet(voice),
    )


def said_last_screen(voice: Voice, case_id: int, texts: list[str]) -> Screen:
    """Return what was written to her last, once more."""
    return Screen(
        paragraphs(
            voice.say("case.said_last"), *(voice.say("case.said_before", text=t) for t in texts)
        ),
        (
            (voice.button("case.reply", WRITE(case_id)),),
            hide_row(voice),
            (voice.button("back.home", HOME()),),
        ),
        discreet(voice),
    )


def taken_screen(voice: Voice, case_id: int, key: str) -> Screen:
    """Return that somebody is there for her, under the words of `key`; she may simply write."""
    reply = voice.button("case.reply", WRITE(case_id))
    return Screen(voice.say(key), ((reply, stop_button(voice)), hide_row(voice)), discreet(voice))


def carried_screen(voice: Voice, content: Content, carried: Carried, *, form: bool) -> Screen:
    """Return what became of what she sent: her words, what is no text, and a form that waits.

    While nobody can be reached it shows the numbers where people answer. That her words were
    passed on says nothing by itself and needs no opening.
    """
    case, nobody = carried.case, carried.case.standing is Standing.NOBODY
    media = "taken" if case.standing is Standing.TAKEN else "waits"
    what = voice.label(f"what.{carried.media or 'other'}")
    text = paragraphs(
        voice.say(told(case.kind, f"case.media_{media}"), what=what) if carried.media else "",
        voice.say("case.form_waits") if form else "",
        voice.say(told(case.kind, f"case.carried_{case.standing}"))
        if carried.text or nobody
        else "",
        lines_for(voice, content, case.kind) if nobody else "",
    )
    rows: list[tuple[Button, ...]] = [(voice.button("case.for_form", FOR_FORM()),)] if form else []
    if nobody:
        rows.append((voice.button("care.person", TALK_TO_A_PERSON()),))
        rows += copy_rows(voice, content, case.kind)
    taken = case.standing is Standing.TAKEN
    rows.append((stop_button(voice) if taken else off_button(voice),))
    if is_grown_up(case.kind):
        rows.append((voice.button("back.home", HOME()),))
    bare = case.standing is Standing.TAKEN and not carried.media and not form
    return Screen(text, tuple(rows), Html("") if bare else discreet(voice))


def off_button(voice: Voice) -> Button:
    """Return the button by which she calls off her call, as long as nobody has taken it."""
    return voice.button("case.call_off", CALL_OFF())


def stop_button(voice: Voice) -> Button:
    """Return the button by which she ends the talk with who has taken her case."""
    return voice.button("case.stop", STOP_TALK())


def is_label(content: Content, text: str, key: str) -> bool:
    """Return whether a text is what a button says, in whatever language, and nothing else."""
    return fold(text) in map(fold, in_every_language(content, key))


def help_screen(
    voice: Voice, content: Content, kind: str, key: str, *, calls: bool = False
) -> Screen:
    """Return where her call stands, the numbers where people answer, and what she can do.

    A call that has just reached somebody need not be made again. While it `calls`, she can call
    it off.
    """
    again = ((voice.button("care.person", TALK_TO_A_PERSON()),),)
    return Screen(
        paragraphs(voice.say(key), lines_for(voice, content, kind)),
        (
            *(() if key.startswith(f"case.news_{News.ARRIVED}") else again),
            *(((off_button(voice),),) if calls else ()),
            *copy_rows(voice, content, kind),
            hide_row(voice),
        ),
        discreet(voice),
    )


def over_screen(voice: Voice, key: str) -> Screen:
    """Return that the talk is over, and the way to help and home."""
    return Screen(
        voice.say(key),
        ((voice.button("home.help", HELP()), voice.button("back.home", HOME())),),
        discreet(voice),
    )
