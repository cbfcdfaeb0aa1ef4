"""People and roles: who sits at the desk, inviting, removing, and the audit log."""

from bot.desk import team
from bot.desk.team import Joining, Member
from bot.people import audit, staff
from bot.people.audit import Line
from bot.people.staff import require_coordinator
from bot.people.tables import Invitation
from bot.screens.command_menu import STAFF_COMMANDS, command_menu
from bot.screens.paging import number_of, page_row
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk.colleagues import called

JOIN = "join"
MEMBERS_A_PAGE = 6


def team_screen(
    voice: Voice, members: list[Member], invitations: list[tuple[Invitation, str]]
) -> Screen:
    """Return who sits at the desk, and which invitations still work."""
    lines = [
        voice.say(
            "team.first_line" if m.first else "team.line",
            who=called(voice, m.number, m.name),
            joined=voice.day(m.joined_at.date()),
        )
        for m in members
    ]
    open_ones = [voice.say("team.invitation", id=voice.number(i.id), until=until)
                 for i, until in invitations]  # fmt: skip
    may_go = any(not m.first for m in members)
    return Screen(
        paragraphs(voice.say("team.text"), Html("\n".join(lines)), Html("\n".join(open_ones))),
        (
            (voice.button("team.invite", "team:invite"), voice.button("team.name", "team:name")),
            *(((voice.button("team.remove_one", "team:members:0"),),) if may_go else ()),
            *(
                (voice.button("team.revoke", f"team:revoke:{i.id}", id=voice.number(i.id)),)
                for i, _ in invitations[:3]
            ),
            (voice.button("team.audit", "audit:0"), voice.button("back.desk", "desk:home")),
        ),
    )


def members_screen(voice: Voice, members: list[Member], page: int) -> Screen:
    """Return a page of those whose role can be taken; it may be her own."""
    pages = max(1, -(-len(members) // MEMBERS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = members[page * MEMBERS_A_PAGE : (page + 1) * MEMBERS_A_PAGE]
    return Screen(
        voice.say("team.who_goes"),
        (
            *(
                (Button(called(voice, m.number, m.name), f"team:remove:{m.number}"),)
                for m in shown
            ),
            (
                *page_row(voice, "team:members", page, pages),
                voice.button("back.desk", "team:list"),
            ),
        ),
    )


def invitation_screen(voice: Voice, link: str) -> Screen:
    """Return the link, which is shown this once."""
    hours = int(team.INVITATION_LASTS.total_seconds() // 3600)
    return Screen(
        voice.say("team.invited", link=link, hours=voice.number(hours)),
        ((voice.button("back.desk", "team:list"),),),
    )


def audit_screen(voice: Voice, lines: list[tuple[Line, str]], page: int, total: int) -> Screen:
    """Return a page of the audit log, newest first."""
    pages = max(1, -(-total // audit.PAGE))
    body = [
        voice.say(
            "audit.line",
            at=at,
            who=called(voice, line.number, line.name) if line.number else f"#{line.alias}",
            action=voice.label_or(f"audit.action.{line.action}", line.action),
            subject=_subject(voice, line.subject),
        )
        for line, at in lines
    ]
    return Screen(
        paragraphs(
            voice.say("audit.text", page=voice.number(page + 1), pages=voice.number(pages)),
            Html("\n".join(body)),
        ),
        ((*page_row(voice, "audit", page, pages), voice.button("back.desk", "team:list")),),
    )


def _subject(voice: Voice, subject: str) -> str:
    """Return what was acted on: its kind in words, and its number or id."""
    words = subject.split()
    for size in range(len(words), 0, -1):
        kind = " ".join(words[:size])
        if known := voice.label_or(f"audit.subject.{kind}", ""):
            rest = (voice.number(int(w)) if w.isdecimal() else w for w in words[size:])
            return " ".join([known, *rest])
    return subject


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of people and roles."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, value = argument.partition(":")
    if what == "list":
        await _list(turn)
    elif what == "invite":
        secret = await team.invite(*turn.at_desk, turn.now)
        link = f"https://t.me/{turn.services.bot_username}?start={JOIN}_{secret}"
        await turn.show(invitation_screen(turn.voice, link), new_message=True)
    elif what == "name":
        turn.conversation.awaiting = {"for": "desk_name"}
        await turn.show(Screen(turn.voice.say("team.ask_name")), new_message=True)
    elif what == "revoke":
        await team.revoke(*turn.at_desk, number_of(value), turn.now)
        await _list(turn)
    elif what == "members":
        first = turn.services.settings.coordinator_ids
        members = [m for m in await team.team(*turn.at_desk, first) if not m.first]
        await turn.show(members_screen(turn.voice, members, number_of(value)))
    elif what == "remove":
        number, _, sure = value.partition(":")
        await _remove(turn, number_of(number), sure=bool(sure))
    else:
        raise StaleError


async def named(turn: Turn, text: str) -> None:
    """Set what the others call her."""
    turn.conversation.awaiting = None
    await team.rename(*turn.at_desk, text, turn.now)
    await _list(turn)


async def _list(turn: Turn) -> None:
    first, zone = turn.services.settings.coordinator_ids, turn.services.settings.zone
    members = await team.team(*turn.at_desk, first)
    found = await team.open_invitations(*turn.at_desk, turn.now)
    invitations = [(i, turn.voice.moment(i.expires_at_utc, zone)) for i in found]
    await turn.show(team_screen(turn.voice, members, invitations))


async def _remove(turn: Turn, number: int, *, sure: bool) -> None:
    first = turn.services.settings.coordinator_ids
    members = {m.number: m for m in await team.team(*turn.at_desk, first)}
    member = members.get(number)
    if member is None or member.first:
        await _list(turn)
        return
    voice = turn.voice
    if not sure:
        who = called(voice, member.number, member.name)
        await turn.show(
            Screen(
                voice.say("team.remove_sure", who=who),
                (
                    (voice.button("team.remove_yes", f"team:remove:{number}:yes"),),
                    (voice.button("back.desk", "team:list"),),
                ),
            )
        )
        return
    gone = await team.remove(*turn.at_desk, first, number, turn.now)
    if gone is None:
        await _list(turn)
        return
    hers = await turn.voice_of(gone)
    await turn.set_commands(gone, None)
    if gone == turn.person.id:
        await turn.show(Screen(voice.say("team.removed"), (_home(voice),)))
        return
    await turn.tell(gone, Screen(hers.say("team.removed"), (_home(hers),)),
                    f"team:{number}:removed:{turn.update_id}")  # fmt: skip
    await _list(turn)


def _home(voice: Voice) -> tuple[Button, ...]:
    return (voice.button("back.home", "go:home"),)


async def join(turn: Turn, secret: str) -> bool:
    """Follow an invitation link; return whether it meant anything. A guess means nothing."""
    outcome = await team.accept(turn.session, turn.person.id, turn.coordinators, secret, turn.now)
    if outcome is Joining.UNKNOWN:
        return False
    voice = turn.voice
    if outcome is not Joining.JOINED:
        await turn.show(Screen(voice.say(f"team.{outcome}"), (_home(voice),)))
        return True
    known = await staff.aliases(turn.session)
    number, name = known[turn.person.id]
    await turn.set_commands(turn.person.id, command_menu(STAFF_COMMANDS, voice))
    await turn.show(Screen(voice.say("team.joined"), ((voice.button("more.desk", "desk:home"),),)))
    for other in turn.coordinators:
        theirs = await turn.voice_of(other)
        screen = Screen(
            theirs.say("team.news", who=called(theirs, number, name)),
            ((theirs.button("desk.team", "team:list"),),),
        )
        await turn.tell(other, screen, f"team:{number}:joined:{turn.update_id}:{other}")
    return True


async def log(turn: Turn, page: str) -> None:
    """Show a page of the audit log."""
    number, zone = number_of(page), turn.services.settings.zone
    lines, total = await audit.page(*turn.at_desk, number)
    shown = [(line, turn.voice.moment(line.at, zone)) for line in lines]
    await turn.show(audit_screen(turn.voice, shown, number, total))
