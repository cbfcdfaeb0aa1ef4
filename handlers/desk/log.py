"""The audit log at the desk: a page at a time, by who did it or to what, and as a table."""

from collections.abc import Mapping, Sequence
from functools import partial

from bot.desk import audit
from bot.desk.audit import KINDS, LOG, Line, Wanted
from bot.desk.spreadsheets import Table, as_csv
from bot.mentoring import mentors
from bot.people import staff
from bot.queues.messages import Document
from bot.rights import May
from bot.screens.paging import Page, pages_of
from bot.screens.screen import Button, Html, Screen, in_rows, paragraphs
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk.colleagues import Aliases, called, called_by_id
from handlers.desk.taps import AUDIT, AUDIT_BY, AUDIT_CHOOSE, AUDIT_KINDS, AUDIT_TABLE
from handlers.doors import DESK, TEAM

# With the pages and the other ways on, at most eight buttons besides the way back.
PEOPLE_A_PAGE, KINDS_A_PAGE = 4, 5


def log_screen(
    voice: Voice,
    lines: Sequence[Html],
    wanted: Wanted,
    known: Aliases,
    number: int,
    total: int,
    back: Data,
) -> Screen:
    """Return a page of what is wanted of the log, newest first, and the way back."""
    page = Page(tuple(lines), number, pages_of(total, audit.PAGE))
    place = {"page": voice.number(number + 1), "pages": voice.number(page.pages)}
    choice = _choice(voice, wanted, known)
    return Screen(
        paragraphs(
            voice.say("audit.text", **place),
            voice.say("audit.only", choice=choice) if choice else "",
            Html("\n".join(page.items)) if page.items else voice.say("audit.none"),
        ),
        (
            page.ways(voice, lambda to: AUDIT_BY(wanted.who, wanted.word, to)),
            (
                voice.button("audit.choose", AUDIT_CHOOSE(wanted.who, wanted.word, 0)),
                voice.button("audit.table", AUDIT_TABLE(wanted.who, wanted.word)),
            ),
            (voice.button("back.desk", back),),
        ),
    )


def choose_screen(voice: Voice, wanted: Wanted, known: Aliases, number: int) -> Screen:
    """Return a page of the choice of whose deeds are shown, and the way to that of to what."""
    page = Page.of(tuple(known.values()), number, PEOPLE_A_PAGE)
    return Screen(
        voice.say("audit.which"),
        (
            (voice.button("audit.all", AUDIT(0)),),
            *(
                (Button(called(voice, who, name), AUDIT_BY(who, wanted.word, 0)),)
                for who, name in page.items
            ),
            page.ways(voice, partial(AUDIT_CHOOSE, wanted.who, wanted.word)),
            (voice.button("audit.kinds", AUDIT_KINDS(wanted.who, wanted.word, 0)),),
            (voice.button("back.desk", AUDIT_BY(wanted.who, wanted.word, 0)),),
        ),
    )


def kinds_screen(voice: Voice, wanted: Wanted, number: int) -> Screen:
    """Return a page of the choice of what it was done to."""
    page = Page.of(tuple(KINDS.items()), number, KINDS_A_PAGE)
    what = [
        Button(_of_kind(voice, kind), AUDIT_BY(wanted.who, word, 0)) for word, kind in page.items
    ]
    return Screen(
        voice.say("audit.which_kind"),
        (
            *in_rows(what),
            page.ways(voice, partial(AUDIT_KINDS, wanted.who, wanted.word)),
            (voice.button("back.desk", AUDIT_CHOOSE(wanted.who, wanted.word, 0)),),
        ),
    )


def _of_kind(voice: Voice, kind: str) -> str:
    """Return what all of a kind are called; some are named otherwise beside a number."""
    return voice.label_or(f"audit.kind.{kind}", voice.label_or(f"audit.subject.{kind}", kind))


def _choice(voice: Voice, wanted: Wanted, known: Aliases) -> str:
    names = [called(voice, *one) for one in known.values() if one[0] == wanted.who]
    kinds = [_of_kind(voice, wanted.kind)] if wanted.kind else []
    return " · ".join((*names, *kinds))


def _who(voice: Voice, line: Line, names: Mapping[int, str]) -> str:
    """Return who did it: a coordinator, a mentor by her name, the bot, or somebody unnamed."""
    if line.number is not None:
        return called(voice, line.number, line.name)
    if line.actor_id == audit.BOT_ID:
        return voice.label("vet.the_bot")
    return names.get(line.actor_id) or voice.label("audit.somebody", alias=line.alias)


def _what(voice: Voice, line: Line) -> str:
    return voice.label_or(f"audit.action.{line.action}", line.action)


def _to_what(voice: Voice, line: Line, names: Mapping[int, str], known: Aliases) -> str:
    """Return what it was done to: its kind in words, and its number, or the name of a person."""
    kind = voice.label_or(f"audit.subject.{line.kind}", line.kind)
    if line.about_id in known:
        return f"{kind} {called_by_id(voice, known, line.about_id)}"
    if line.about_id is not None and line.about_id in names:
        return f"{kind} {names[line.about_id]}"
    which = (voice.number(int(w)) if w.isdecimal() else w for w in line.which.split())
    if line.kind == LOG:
        which = (_part_of_log(voice, word, known) for word in line.which.split())
    if line.kind in ("coordinator", "invitation"):
        which = (voice.label_or(f"seat.{word}", word) for word in which)
    if line.kind == "drill":
        which = (voice.label_or(f"drill.end.{word}", word) for word in which)
    if line.kind == "figure":
        which = (voice.label_or(f"fig.{name}.title", name) for name in line.which.split())
    said = [kind, *which]
    # of a case, which message of it
    if line.kind == "case" and len(said) > 2 and said[2].isdecimal():
        said[2] = voice.label("audit.message", n=said[2])
    return " ".join(said)


def _part_of_log(voice: Voice, word: str, known: Aliases) -> str:
    """Return what of the log was taken along: what one coordinator did, or of which kind."""
    if word in KINDS:
        return _of_kind(voice, KINDS[word])
    names = (called(voice, *one) for one in known.values() if str(one[0]) == word)
    return next(names, word)


async def _names(turn: Turn, lines: Sequence[Line]) -> dict[int, str]:
    """Return the first names of the mentors who did something, or to whom it was done."""
    ids = {one for line in lines for one in (line.actor_id, line.about_id) if one is not None}
    return await mentors.names(turn.session, ids)


async def log(turn: Turn, page: int) -> None:
    """Show a page of the whole audit log."""
    await by(turn, None, None, page)


async def by(turn: Turn, who: int | None, what: str | None, page: int) -> None:
    """Show a page of what one coordinator did, or of what was done to one kind of thing."""
    wanted, voice = audit.wanted(who, what), turn.voice
    found, total = await audit.page(turn.actor, page, wanted)
    known, names = await staff.aliases(turn.session), await _names(turn, found)
    zone = turn.services.settings.zone
    lines = [
        voice.say(
            "audit.line",
            at=voice.moment(line.at, zone),
            who=_who(voice, line, names),
            action=_what(voice, line),
            subject=_to_what(voice, line, names, known),
        )
        for line in found
    ]
    back = TEAM() if turn.actor.may(May.TEAM) else DESK()
    await turn.show(log_screen(voice, lines, wanted, known, page, total, back))


async def choose(turn: Turn, who: int | None, what: str | None, page: int) -> None:
    """Offer whose deeds."""
    turn.actor.require(May.LOG)
    wanted = audit.wanted(who, what)
    known = await staff.aliases(turn.session)
    await turn.show(choose_screen(turn.voice, wanted, known, page))


async def kinds(turn: Turn, who: int | None, what: str | None, page: int) -> None:
    """Offer what it was done to."""
    turn.actor.require(May.LOG)
    await turn.show(kinds_screen(turn.voice, audit.wanted(who, what), page))


async def table(turn: Turn, who: int | None, what: str | None) -> None:
    """Send what is wanted of the log as a table, in the reader's words; that leaves a line."""
    voice, zone = turn.voice, turn.services.settings.zone
    found = await audit.take_along(turn.actor, audit.wanted(who, what))
    known, names = await staff.aliases(turn.session), await _names(turn, found)
    header = [voice.label(f"audit.column.{name}") for name in ("at", "who", "what", "to")]
    rows = [
        (
            f"{line.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            _who(voice, line, names),
            _what(voice, line),
            _to_what(voice, line, names, known),
        )
        for line in found
    ]
    data = as_csv(Table(voice.label("audit.table"), header, rows))
    caption = voice.say("audit.caption", lines=voice.number(len(found)))
    await turn.send(Document(f"bongsrey-log-{turn.today}.csv", data, caption))
