"""Care for a girl in danger, the cases that coordinators take, and drills."""

from bot.desk.places import Place
from handlers import doors
from handlers.feature import Feature
from handlers.safety import calling_off, care, cases, chores, drills, guide, taps
from handlers.safety.awaiting import AfterCase, DoubtfulWords, JustTaken, TypedWords, WordsInCase

FEATURE = Feature(
    "safety",
    commands={
        "help": guide.help_or_guide,
    },
    taps={
        doors.HELP: care.help_now,
        doors.GUIDE: guide.guide,
        taps.TALK_TO_A_PERSON: care.talk_to_a_person,
        taps.NOT_MEANT: care.not_meant,
        taps.ALL_IS_WELL: care.all_is_well,
        taps.WELL_BESIDE: care.well_beside,
        doors.CASE: cases.acknowledge,
        taps.WRITE: cases.write,
        taps.FOR_FORM: cases.for_form,
        taps.SAID_LAST: cases.said_last,
        taps.CALL: calling_off.stands,
        taps.CALL_OFF: calling_off.ask,
        taps.CALL_OFF_SURE: calling_off.call_off,
        taps.CALL_ON: calling_off.call_on,
        taps.STOP_TALK: calling_off.ask_to_stop,
        taps.STOP_TALK_SURE: calling_off.stop_talking,
        taps.ASK_AFTER: calling_off.ask_after,
        taps.SEND: cases.send_all_the_same,
        taps.SEND_TYPED: cases.send_typed,
        taps.CLOSE: cases.close,
        taps.CLOSE_AS: cases.close_as,
        taps.REOPEN: cases.reopen,
        taps.READ: cases.read,
        taps.NOTE: cases.note,
        taps.GIVE: cases.give,
        taps.DRILLS: drills.show,
        taps.BEGIN_DRILL: drills.begin,
        taps.HERE: drills.here,
    },
    awaited={
        WordsInCase: cases.wrote,
        DoubtfulWords: cases.changed,
        AfterCase: cases.wrote_after,
        JustTaken: cases.typed,
        TypedWords: cases.typed_on,
    },
    duties=chores.DUTIES,
    desk=(Place("desk.drills", taps.DRILLS(0)),),
    makes=(taps,),
    back=("home.help", doors.HELP()),
)
