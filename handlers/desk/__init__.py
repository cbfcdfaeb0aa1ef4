"""The coordinators' desk."""

from bot.desk.places import Place
from bot.people.staff import Role
from bot.rights import May
from bot.safety import case_work
from handlers.desk import (
    chores,
    colleagues,
    figures,
    home,
    joining,
    log,
    redaction,
    roster,
    taps,
    team,
)
from handlers.desk.awaiting import HerName, HerQuietHours, NoteAbout
from handlers.doors import DESK, DESK_REST, REDACT, ROSTER, TEAM
from handlers.feature import Feature

FEATURE = Feature(
    "desk",
    staff_commands={"desk": (May.DESK, home.desk)},
    taps={
        DESK: home.show_desk,
        DESK_REST: home.show_rest,
        taps.CASES: home.cases,
        taps.WALKS: home.walks,
        taps.FIGURES: figures.menu,
        taps.FIGURE: figures.figure,
        taps.TABLE: figures.table,
        taps.WORKBOOK: figures.workbook,
        taps.POSTER: figures.week_poster,
        taps.DIGEST: figures.this_week,
        TEAM: team.show_team,
        taps.INVITE: team.invite,
        taps.INVITE_AS: team.invite_as,
        taps.JOIN_YES: joining.join_yes,
        taps.JOIN_NO: joining.join_no,
        taps.MEMBER: team.member,
        taps.GIVE: team.give,
        taps.NAME: team.ask_for_name,
        taps.REVOKE: team.revoke,
        taps.INVITATIONS: team.invitations,
        taps.MEMBERS: team.members,
        taps.REMOVE: team.remove,
        ROSTER: roster.show,
        taps.DUTY: roster.duty,
        taps.DUTY_OFF_SURE: roster.off_duty_sure,
        taps.QUIET: roster.quiet,
        taps.QUIET_SET: roster.set_quiet,
        taps.QUIET_NONE: roster.set_no_quiet,
        taps.QUIET_TYPE: roster.ask_for_hours,
        taps.DEPUTIES: roster.deputies,
        taps.DEPUTY: roster.set_deputy,
        REDACT: redaction.which,
        taps.REDACT_ONE: redaction.one,
        taps.AUDIT: log.log,
        taps.AUDIT_BY: log.by,
        taps.AUDIT_CHOOSE: log.choose,
        taps.AUDIT_KINDS: log.kinds,
        taps.AUDIT_TABLE: log.table,
    },
    awaited={
        NoteAbout: colleagues.noted,
        HerName: team.named,
        HerQuietHours: roster.hours_typed,
    },
    duties=chores.DUTIES,
    desk=(
        Place("desk.cases", taps.CASES(0), case_work.how_many),
        Place("desk.figures", taps.FIGURES(0)),
        Place("desk.team", TEAM()),
        Place("desk.roster", ROSTER(0)),
        Place("desk.walks", taps.WALKS()),
        Place("desk.log", taps.AUDIT(0), within=May.TEAM),
    ),
    homes={Role.COORDINATOR: home.her_home},
    makes=(taps,),
    back=("back.desk", DESK()),
)
