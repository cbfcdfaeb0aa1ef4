"""People and roles, for a coordinator: who sits at the desk as what, inviting and removing."""

from collections.abc import Sequence

from bot.desk import team
from bot.desk.team import Member, OpenInvitation
from bot.people import staff
from bot.rights import May, Seat
from bot.screens.deep_links import link_to
from bot.screens.paging import Page
from bot.screens.screen import Address, Button, Copied, Html, Screen, paragraphs
from bot.screens.sure import sure_screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk import notices, roster
from handlers.desk.awaiting import HerName
from handlers.desk.colleagues import called
from handlers.desk.home import show_desk
from handlers.desk.roster_screens import now_text
from handlers.desk.taps import (
    AUDIT,
    GIVE,
    INVITATIONS,
    INVITE,
    INVITE_AS,
    MEMBER,
    MEMBERS,
    NAME,
    REMOVE,
    REVOKE,
)
from handlers.doors import DESK, DESK_REST, ROSTER, TEAM, homewards

JOIN = "join"
MEMBERS_A_PAGE, INVITATIONS_SHOWN = 5, 2


def team_screen(
    voice: Voice,
    members: list[Member],
    invitations: list[tuple[OpenInvitation, str]],
    on_call: Html,
) -> Screen:
    """Return who sits at the desk, who is on call now, and which invitations still work."""
    lines = [
        voice.say(
            "team.first_line" if m.first else "team.line",
            who=called(voice, m.number, m.name),
            joined=voice.day(m.joined_at.date()),
            seat=voice.label(f"seat.{m.seat}"),
        )
        for m in members
    ]
    open_ones = _open_lines(voice, invitations)
    total = voice.number(len(invitations))
    may_go = any(not m.first for m in members)
    return Screen(
        paragraphs(
            voice.say("team.text"),
            Html("\n".join(lines)),
            on_call,
            Html("\n".join(open_ones)),
        ),
        (
            (voice.button("team.invite", INVITE()), voice.button("team.name", NAME())),
            (
                *((voice.button("team.roles", MEMBERS(0)),) if may_go else ()),
                voice.button("desk.roster", ROSTER(0)),
            ),
            *_revoke_rows(voice, invitations[:INVITATIONS_SHOWN]),
            *(
                ((voice.button("team.all_invitations", INVITATIONS(0), n=total),),)
                if len(invitations) > INVITATIONS_SHOWN
                else ()
            ),
            (voice.button("team.audit", AUDIT(0)), voice.button("back.desk", DESK_REST())),
        ),
    )


def _open_lines(voice: Voice, invitations: Sequence[tuple[OpenInvitation, str]]) -> list[Html]:
    return [
        voice.say(
            "team.invitation",
            id=voice.number(i.id),
            until=until,
            seat=voice.label(f"seat.{i.seat}"),
        )
        for i, until in invitations
    ]


def _revoke_rows(
    voice: Voice, invitations: Sequence[tuple[OpenInvitation, str]]
) -> list[tuple[Button, ...]]:
    return [
        (voice.button("team.revoke", REVOKE(i.id, False), id=voice.number(i.id)),)
        for i, _ in invitations
    ]


def invitations_screen(
    voice: Voice, invitations: list[tuple[OpenInvitation, str]], number: int
) -> Screen:
    """Return a page of the invitations that still work."""
    page = Page.of(invitations, number, MEMBERS_A_PAGE)
    lines = _open_lines(voice, page.items)
    return Screen(
        Html("\n".join(lines)) or voice.say("team.no_invitation"),
        (
            *_revoke_rows(voice, page.items),
            (*page.ways(voice, INVITATIONS), voice.button("back.desk", TEAM())),
        ),
    )


def members_screen(voice: Voice, members: list[Member], number: int) -> Screen:
    """Return a page of those whose seat can be taken or changed; it may be her own."""
    page = Page.of(members, number, MEMBERS_A_PAGE)
    return Screen(
        voice.say("team.who_goes"),
        (
            *((Button(called(voice, m.number, m.name), MEMBER(m.number)),) for m in page.items),
            (*page.ways(voice, MEMBERS), voice.button("back.desk", TEAM())),
        ),
    )


def member_screen(voice: Voice, member: Member, *, herself: bool) -> Screen:
    """Return what can be done about one seat: another one, or none; not another for oneself."""
    others = () if herself else tuple(seat for seat in Seat if seat is not member.seat)
    return Screen(
        paragraphs(
            voice.say(
                "team.one",
                who=called(voice, member.number, member.name),
                seat=voice.label(f"seat.{member.seat}"),
            ),
            *(voice.say(f"seat.says.{seat}") for seat in others),
        ),
        (
            *((voice.button(f"seat.{seat}", GIVE(member.number, seat)),) for seat in others),
            (voice.button("team.remove_one", REMOVE(member.number, False)),),
            (voice.button("back.desk", MEMBERS.again()),),
        ),
    )


def seats_screen(voice: Voice) -> Screen:
    """Return the choice as what somebody is invited."""
    return Screen(
        paragraphs(voice.say("team.ask_seat"), *(voice.say(f"seat.says.{seat}") for seat in Seat)),
        (
            *((voice.button(f"seat.{seat}", INVITE_AS(seat)),) for seat in Seat),
            (voice.button("back.desk", TEAM()),),
        ),
    )


def invitation_screen(voice: Voice, link: Address, seat: Seat) -> Screen:
    """Return the link, which is shown this once, and as what it invites."""
    hours = int(team.INVITATION_LASTS.total_seconds() // 3600)
    return Screen(
        voice.say(
            "team.invited", link=link, hours=voice.number(hours), seat=voice.label(f"seat.{seat}")
        ),
        ((voice.button("link.copy", Copied(link)),), (voice.button("back.desk", TEAM()),)),
    )


async def show_team(turn: Turn) -> None:
    """Show who sits at the desk."""
    first = turn.services.settings.coordinator_ids
    members = await team.team(turn.actor, first)
    known = await staff.aliases(turn.session)
    on_call = now_text(turn.voice, await roster.read(turn), known)
    await turn.show(team_screen(turn.voice, members, await _open_invitations(turn), on_call))


async def _open_invitations(turn: Turn) -> list[tuple[OpenInvitation, str]]:
    """Return the invitations that still work, each with how long."""
    zone = turn.services.settings.zone
    found = await team.open_invitations(turn.actor)
    return [(i, turn.voice.moment(i.until, zone)) for i in found]


async def invitations(turn: Turn, page: int) -> None:
    """Show a page of the invitations that still work."""
    await turn.show(invitations_screen(turn.voice, await _open_invitations(turn), page))


async def invite(turn: Turn) -> None:
    """Ask as what somebody is invited."""
    turn.actor.require(May.TEAM)
    await turn.show(seats_screen(turn.voice))


async def invite_as(turn: Turn, seat: Seat) -> None:
    """Show a new invitation link, this once."""
    secret = await team.invite(turn.actor, seat)
    link = link_to(turn.services.bot_username, JOIN, secret)
    await turn.show(invitation_screen(turn.voice, link, seat), new_message=True)


async def revoke(turn: Turn, invitation_id: int, sure: bool) -> None:
    """End an invitation, once she is sure."""
    still_works = {one.id for one in await team.open_invitations(turn.actor)}
    if not sure and invitation_id in still_works:
        keep, yes = TEAM(), REVOKE(invitation_id, True)
        number = turn.voice.number(invitation_id)
        await turn.show(sure_screen(turn.voice, "team.revoke", keep, yes, id=number))
        return
    await team.revoke(turn.actor, invitation_id)
    await show_team(turn)


async def ask_for_name(turn: Turn) -> None:
    """Ask what the others shall call her."""
    turn.actor.require(May.DESK)
    turn.expect(HerName())
    await turn.show(
        Screen(
            turn.voice.say("team.ask_name"),
            ((turn.voice.button("back.desk", TEAM() if turn.actor.may(May.TEAM) else DESK()),),),
        ),
        new_message=True,
    )


async def named(turn: Turn, _asked: HerName, text: str) -> None:
    """Set what the others call her."""
    await team.rename(turn.actor, text)
    turn.expect(None)
    await (show_team(turn) if turn.actor.may(May.TEAM) else show_desk(turn))


async def member(turn: Turn, number: int) -> None:
    """Show one seat that can be taken or changed; the team when it is gone already."""
    found = next((m for m in await _removable(turn) if m.number == number), None)
    if found is None:
        await show_team(turn)
        return
    herself = found.person_id == turn.person.id
    await turn.show(member_screen(turn.voice, found, herself=herself))


async def give(turn: Turn, number: int, seat: Seat) -> None:
    """Let somebody sit at the desk as something else, and tell her."""
    first = turn.services.settings.coordinator_ids
    before = turn.coordinators
    person_id = await team.give(turn.actor, first, number, seat)
    await read_anew(turn)
    if seat is Seat.FULL and person_id not in before:
        await notices.tell_of(turn, before, "team.news_full", person_id, seat, turn.person.id)
    hers = await turn.voice_of(person_id)
    await turn.set_commands(person_id, seat, hers)
    told = Screen(
        paragraphs(
            hers.say("team.given", seat=hers.label(f"seat.{seat}")), hers.say(f"seat.says.{seat}")
        ),
        ((hers.button("more.desk", DESK()),),),
    )
    await turn.tell(person_id, told, f"team:{number}:seat:{turn.update_id}")
    await show_team(turn)


async def read_anew(turn: Turn) -> None:
    """Let the rest of the turn know who sits at the desk by now."""
    first = turn.services.settings.coordinator_ids
    turn.coordinators = await staff.coordinators_of(turn.session, first)
    turn.helpers = await staff.helpers_of(turn.session, first)


async def _removable(turn: Turn) -> list[Member]:
    members = await team.team(turn.actor, turn.services.settings.coordinator_ids)
    return [member for member in members if not member.first]


async def members(turn: Turn, page: int) -> None:
    """Show whose role can be taken."""
    await turn.show(members_screen(turn.voice, await _removable(turn), page))


async def remove(turn: Turn, number: int, sure: bool) -> None:
    """Take the role from a colleague, once she is sure; the team when she is gone already."""
    member = next((m for m in await _removable(turn) if m.number == number), None)
    if member is None:
        await show_team(turn)
        return
    voice = turn.voice
    if not sure:
        who = called(voice, member.number, member.name)
        await turn.show(
            Screen(
                voice.say("team.remove_sure", who=who),
                (
                    (voice.button("team.remove_yes", REMOVE(number, True)),),
                    (voice.button("back.desk", TEAM()),),
                ),
            )
        )
        return
    first = turn.services.settings.coordinator_ids
    gone = await team.remove(turn.actor, first, number)
    # What follows in this turn is told to those who are left.
    await read_anew(turn)
    hers = await turn.voice_of(gone)
    await turn.set_commands(gone, None, hers)
    if gone == turn.person.id:
        await turn.show(Screen(voice.say("team.removed"), (homewards(voice),)))
        return
    await turn.tell(gone, Screen(hers.say("team.removed"), (homewards(hers),)),
                    f"team:{number}:removed:{turn.update_id}")  # fmt: skip
    await show_team(turn)
